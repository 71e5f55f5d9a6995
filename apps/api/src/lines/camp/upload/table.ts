import type { Sentence } from '@yajin/core';

/** A cell as it was written; a number of a workbook is told from text that looks like one. */
export interface Cell {
  text: string;
  isNumber: boolean;
}

/** Rows in their order, the header among them. */
export interface Table {
  rows: Cell[][];
  /** What a workbook counts its days from; null for a text file. */
  epoch: 1900 | 1904 | null;
}

/** The file cannot be read, for operators. */
export class UnreadableTable extends Error {
  override readonly name = 'UnreadableTable';

  constructor(readonly sentence: Sentence) {
    super(sentence.message);
  }
}

export const MAX_ROWS = 20_000;
/** More columns than anybody needs beside the three that are read. */
export const MAX_COLUMNS = 100;
