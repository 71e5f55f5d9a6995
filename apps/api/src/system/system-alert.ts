import type { Console } from '@yajin/contract/console';

/** What operators are alerted of that is about operators and their log. */
export type SystemAlert = Extract<Console.PayAlertKind, `system-${string}`>;
