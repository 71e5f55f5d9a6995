import type { Console } from '@yajin/contract/console';

/** What camps alert operators of. */
export type CampAlert = Extract<Console.PayAlertKind, `camp-${string}`>;
