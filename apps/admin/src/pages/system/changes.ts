export interface Change {
  field: string;
  /** As text; null where there was nothing. */
  before: string | null;
  after: string | null;
}

type Fields = Record<string, unknown> | null;

/** The fields that differ, in the order in which they were recorded. */
export function changedFields(before: Fields, after: Fields): Change[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .map((field) => ({ field, before: textOf(before?.[field]), after: textOf(after?.[field]) }))
    .filter((change) => change.before !== change.after);
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
