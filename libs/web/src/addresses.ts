/**
 * An address that somebody has written down, for an image or a link.
 * @returns null unless it is an absolute one of http(s): a script, a file or inlined data is nobody's picture
 */
export function webAddress(text: string): string | null {
  const { protocol, href } = parsed(text);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}

/** Phones of members have no `URL.canParse`. */
function parsed(text: string): { protocol: string; href: string } {
  try {
    return new URL(text);
  } catch {
    return { protocol: '', href: '' };
  }
}
