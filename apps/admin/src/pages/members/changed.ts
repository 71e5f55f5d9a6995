import type { OperationName } from '@yajin/web';

/** What shows whom a member is matched to, and what hangs on it. */
export const MATCH_SHOWN: OperationName[] = [
  'getMember',
  'listMembers',
  'getCamp',
  'listMatchCandidates',
  'listPendingRefunds',
  'listRefundRecords',
];
