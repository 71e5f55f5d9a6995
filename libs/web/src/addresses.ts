/**
 * An address that somebody has written down, for an image or a link.
 * @returns null unless it is an absolute one of http(s): a script, a file or inlined data is nobody's picture
 */
export function webAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, href } = new URL(text);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}
