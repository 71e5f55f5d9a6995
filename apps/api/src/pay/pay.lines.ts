import type { Console } from '@yajin/contract/console';

/** The lines that this deployment serves. */
export class PayLines {
  constructor(readonly names: Console.Line[]) {}

  /** @returns null for one that is served no more: it has no page to lead to */
  served(line: string | null): Console.Line | null {
    return this.names.find((name) => name === line) ?? null;
  }
}
