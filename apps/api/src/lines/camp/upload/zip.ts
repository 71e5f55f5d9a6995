import { sentence } from '@yajin/core';
import { inflateRawSync } from 'node:zlib';
import { UnreadableTable } from './table.js';

// APPNOTE.TXT of PKWARE, 4.3: the end record is searched from the back, the directory says where each file begins.
const END = 0x06054b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 65_535;
const ENTRY = 0x02014b50;
const ENTRY_SIZE = 46;
const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
const STORED = 0;
const DEFLATED = 8;
/** A sheet of twenty thousand rows has some 4 MB; what unpacks to more was made to. */
const MAX_UNPACKED = 8_000_000;
const MAX_ENTRIES = 1_000;

/** The files of a ZIP archive by name, unpacked when asked for. @throws UnreadableTable */
export function readZip(bytes: Buffer): (name: string) => string | null {
  try {
    const entries = directory(bytes);
    return (name) => {
      const entry = entries.get(name);
      return entry ? readable(() => unpack(bytes, entry)) : null;
    };
  } catch (error) {
    throw damaged(error);
  }
}

interface Entry {
  method: number;
  packed: number;
  offset: number;
}

function directory(bytes: Buffer): Map<string, Entry> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || end < bytes.length - END_SIZE - LONGEST_COMMENT || bytes.readUInt32LE(end) !== END)
    throw damaged();
  const count = bytes.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) throw damaged();
  const entries = new Map<string, Entry>();
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw damaged();
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength);
    entries.set(name, {
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += ENTRY_SIZE + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function unpack(bytes: Buffer, { method, packed, offset }: Entry): string {
  if (bytes.readUInt32LE(offset) !== LOCAL) throw damaged();
  const start = offset + LOCAL_SIZE + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + packed > bytes.length) throw damaged();
  const content = bytes.subarray(start, start + packed);
  if (method === STORED) return content.toString('utf8');
  if (method !== DEFLATED) throw damaged();
  return inflateRawSync(content, { maxOutputLength: MAX_UNPACKED }).toString('utf8');
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw damaged(error);
  }
}

function damaged(cause?: unknown): UnreadableTable {
  return cause instanceof UnreadableTable ? cause : new UnreadableTable(sentence('file_damaged'));
}
