/** Why the line itself voids a record of the refund list, by the code that is published; as records and their readers have it. */
export const VOID_REASONS = { match_changed: '匹配变更', project_changed: '打卡项目更正' } as const;

export type VoidReason = keyof typeof VOID_REASONS;

/** SQL: whether the line voided a record `r`: nobody decided, so it says nothing to its member and keeps nobody from being listed anew. */
export const VOIDED = `(r.audit_status = 'rejected' AND r.auditor = 'system'
  AND coalesce(r.reason, '') IN ('${VOID_REASONS.match_changed}', '${VOID_REASONS.project_changed}'))`;

/** @returns null for any other reason */
export function voidReasonCode(reason: string): VoidReason | null {
  const codes = Object.keys(VOID_REASONS) as VoidReason[];
  return codes.find((code) => VOID_REASONS[code] === reason) ?? null;
}
