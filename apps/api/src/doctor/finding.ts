export type Level = 'ok' | 'warn' | 'fail';

/** One thing that was looked at. English, for whoever runs the system; no secrets: of addresses the host alone. */
export interface Finding {
  level: Level;
  what: string;
  said: string;
  /** What to do about it. */
  todo?: string;
}

export const ok = (what: string, said: string): Finding => ({ level: 'ok', what, said });
export const warn = (what: string, said: string, todo: string): Finding => ({
  level: 'warn',
  what,
  said,
  todo,
});
export const fail = (what: string, said: string, todo: string): Finding => ({
  level: 'fail',
  what,
  said,
  todo,
});

const AWAY_MS = 10_000;

/**
 * Looks at something.
 * @param away what it is, with the same remedy, when it cannot be looked at, or takes too long
 */
export async function look(
  what: string,
  todo: string,
  work: () => Promise<Finding[]>,
  away = fail,
): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${AWAY_MS / 1000} s`)), AWAY_MS);
  });
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    return [away(what, reasonOf(error), todo)];
  } finally {
    clearTimeout(timer);
  }
}

/** What `fetch` and the like hide is their error's cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause, message, code } = error as Error & { code?: string };
  if (cause instanceof Error) return reasonOf(cause);
  return message || (code ?? error.name);
}
