import type { Console } from '@yajin/contract/console';

/** The lines that this deployment serves. */
export class PayLines {
  constructor(readonly names: Console.Line[]) {}
}
