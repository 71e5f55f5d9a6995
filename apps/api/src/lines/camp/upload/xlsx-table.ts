import { sentence } from '@yajin/core';
import { DamagedArchive, readZip } from '@yajin/server';
import { XMLParser } from 'fast-xml-parser';
import { MAX_COLUMNS, MAX_ROWS, UnreadableTable, type Cell, type Table } from './table.js';

type Node = Record<string, unknown>;

/** A sheet of twenty thousand rows has some 4 MB. */
const LIMITS = { entries: 1_000, unpacked: 8_000_000 };

const LISTS = new Set(['sheet', 'Relationship', 'si', 'r', 'row', 'c']);
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
  isArray: (name) => LISTS.has(name),
});

/** The first sheet of a workbook (ECMA-376). Formulas count by the value that was kept with them. @throws UnreadableTable */
export function readXlsx(bytes: Buffer): Table {
  const file = filesOf(bytes);
  const workbook = child(xml(file('xl/workbook.xml')), 'workbook');
  const sheet = xml(file(firstSheet(workbook, file('xl/_rels/workbook.xml.rels'))));
  const strings = sharedStrings(file('xl/sharedStrings.xml'));
  const rows = list(child(child(sheet, 'worksheet'), 'sheetData'), 'row');
  const lines = inPlace(rows);
  if (lines.length > MAX_ROWS + 1) throw new UnreadableTable(sentence('file_too_long', MAX_ROWS));
  const epoch = ['1', 'true'].includes(text(child(workbook, 'workbookPr')['@date1904'])) ? 1904 : 1900;
  return { rows: lines.map((row) => (row ? cells(row, strings) : [])), epoch };
}

/** What is in the archive, by name. @throws UnreadableTable */
function filesOf(bytes: Buffer): (name: string) => string | null {
  const entries = new Map(readable(() => readZip(bytes, LIMITS)).map((entry) => [entry.name, entry]));
  return (name) => {
    const entry = entries.get(name);
    return entry ? readable(() => entry.read().toString('utf8')) : null;
  };
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof DamagedArchive ? new UnreadableTable(sentence('file_damaged')) : error;
  }
}

/** Blank rows may be left out of a workbook: each stands where its number says, so that people find the line that they are told. */
function inPlace(rows: Node[]): (Node | null)[] {
  const lines: (Node | null)[] = [];
  for (const row of rows) {
    const place = /^\d{1,7}$/.test(text(row['@r'])) ? Number(row['@r']) : lines.length + 1;
    // Beyond what is taken, where they stand matters no more.
    while (lines.length < place - 1 && lines.length <= MAX_ROWS) lines.push(null);
    lines.push(row);
  }
  return lines;
}

function xml(content: string | null): Node {
  // A document type could define entities without end.
  if (content === null || content.includes('<!DOCTYPE'))
    throw new UnreadableTable(sentence('file_not_workbook'));
  try {
    return parser.parse(content) as Node;
  } catch {
    throw new UnreadableTable(sentence('file_workbook_broken'));
  }
}

function firstSheet(workbook: Node, relations: string | null): string {
  const id = list(child(workbook, 'sheets'), 'sheet')[0]?.['@id'];
  const found =
    relations === null
      ? undefined
      : list(child(xml(relations), 'Relationships'), 'Relationship').find((each) => each['@Id'] === id);
  const target = text(found?.['@Target']) || 'worksheets/sheet1.xml';
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

function sharedStrings(content: string | null): string[] {
  if (content === null) return [];
  return list(child(xml(content), 'sst'), 'si').map(words);
}

/** Text in one piece, or in runs of differing looks. */
function words(item: Node): string {
  const runs = list(item, 'r');
  return runs.length > 0 ? runs.map((run) => text(run['t'])).join('') : text(item['t']);
}

function cells(row: Node, strings: string[]): Cell[] {
  const line: Cell[] = [];
  for (const cell of list(row, 'c')) {
    const place = columnOf(text(cell['@r'])) ?? line.length;
    if (place >= MAX_COLUMNS) continue;
    while (line.length < place) line.push({ text: '', isNumber: false });
    line[place] = read(cell, strings);
  }
  return line;
}

function read(cell: Node, strings: string[]): Cell {
  const value = text(cell['v']);
  switch (text(cell['@t'])) {
    case 's':
      return { text: (strings[Number(value)] ?? '').trim(), isNumber: false };
    case 'inlineStr':
      return { text: words(child(cell, 'is')).trim(), isNumber: false };
    case '':
    case 'n':
      return { text: value, isNumber: value !== '' };
    // Text of a formula, dates as ISO text, truth and errors.
    default:
      return { text: value.trim(), isNumber: false };
  }
}

/** `AB12` is the 28th column, counted from 0. */
function columnOf(place: string): number | null {
  const letters = /^([A-Z]{1,3})\d+$/.exec(place)?.[1];
  if (!letters) return null;
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function child(node: Node, name: string): Node {
  const value = node[name];
  return typeof value === 'object' && value !== null ? (value as Node) : {};
}

function list(node: Node, name: string): Node[] {
  const value = node[name];
  return Array.isArray(value)
    ? value.map((each: unknown) => (typeof each === 'object' && each !== null ? (each as Node) : { t: each }))
    : [];
}

/** Text, be it alone or beside attributes. */
function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? text((value as Node)['#text']) : '';
}
