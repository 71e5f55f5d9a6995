/** What a form and its signature are written in. */
export interface Charset {
  name: 'utf-8' | 'GBK';
  encode: (text: string) => Buffer;
}

export const utf8: Charset = { name: 'utf-8', encode: (text) => Buffer.from(text) };

/** Signs that GBK has none of go out as `?`, as Java writes them. */
export const gbk: Charset = {
  name: 'GBK',
  encode: (text) => Buffer.concat(Array.from(text, (sign) => gbkBytes(sign))),
};

let table: Map<string, Buffer> | undefined;

function gbkBytes(sign: string): Buffer {
  if (sign <= '\u007F') return Buffer.from(sign);
  return (table ??= gbkTable()).get(sign) ?? Buffer.from('?');
}

/** Node reads GBK and does not write it. */
function gbkTable(): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  const decoder = new TextDecoder('gbk');
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const bytes = Buffer.from([lead, trail]);
      const sign = decoder.decode(bytes);
      if ([...sign].length === 1 && sign !== '\uFFFD' && !found.has(sign)) found.set(sign, bytes);
    }
  return found;
}

/** A form as a browser or server of that charset sends it. */
export function formOf(fields: Record<string, string>, { encode }: Charset): string {
  const escaped = (text: string): string =>
    Array.from(encode(text), (byte) =>
      /[0-9A-Za-z*._-]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : byte === 0x20
          ? '+'
          : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    ).join('');
  return Object.entries(fields)
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .join('&');
}
