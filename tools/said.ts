/**
 * What a command says of what went wrong: of a word that it does not know that alone, of anything else also where it came from.
 */
export function said(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS')) return error.message;
  return error.stack ?? error.message;
}
