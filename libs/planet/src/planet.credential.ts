/** How an account's token is shown to zsxq. */
export type Credential = { Cookie: string } | { authorization: string };

const PRINTABLE = /^[\x21-\x7e]+$/;
const HEADER = /^authorization\s*:\s*/i;
const COOKIE = /(?:^|;\s*)zsxq_access_token=([^;\s]+)/;

/**
 * The web version sends its token as the cookie `zsxq_access_token`, the app sends its own as the header `authorization`
 * (captured of version 2.82.0 and 2.83.0). What an operator pastes tells which: `authorization: …` is the app's, a bare token
 * or a whole `Cookie` line the browser's.
 * @returns null for what can be no token
 */
export function credentialOf(pasted: string): Credential | null {
  const given = pasted.trim().replace(/^cookie\s*:\s*/i, '');
  if (HEADER.test(given)) {
    const token = given.replace(HEADER, '');
    return PRINTABLE.test(token) ? { authorization: token } : null;
  }
  const token = COOKIE.exec(given)?.[1] ?? given;
  return PRINTABLE.test(token) ? { Cookie: `zsxq_access_token=${token}` } : null;
}
