/** `<e type="hashtag" hid="…" title="%23…%23" />`; here and there with words of its own before `</e>`. */
const ELEMENT = /<e\s([^<>]*?)(?:\/>|>(?:([^<]*)<\/e>)?)/g;
const ATTRIBUTE = /(\w+)="([^"]*)"/g;

/**
 * zsxq's markup as plain words: hashtags as `#…#`, mentions as `@…`, links as their title and address, bold and other
 * styles as what they are put on. (Captured; kinds seen: hashtag, mention, web, text_bold, text_italic, text_delete.)
 */
export function readableText(text: string): string {
  return text.replace(ELEMENT, (_all, attributes: string, inside: string | undefined) => {
    const said = new Map(
      [...attributes.matchAll(ATTRIBUTE)].map(([, name, value]) => [name, decoded(value ?? '')]),
    );
    const title = inside?.trim() || (said.get('title') ?? '');
    const address = said.get('type') === 'web' ? (said.get('href') ?? '') : '';
    if (address === '' || address === title) return title;
    return title === '' ? address : `${title}（${address}）`;
  });
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // A lone % of somebody's own.
    return value;
  }
}
