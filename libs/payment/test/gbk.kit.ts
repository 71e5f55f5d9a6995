/** Node reads GBK and does not write it: what reads as the sign is found by reading everything. */
const BYTES = new Map<string, Buffer>();
const decoder = new TextDecoder('gbk');
for (let lead = 0x81; lead <= 0xfe; lead += 1)
  for (let trail = 0x40; trail <= 0xfe; trail += 1) {
    const bytes = Buffer.from([lead, trail]);
    const sign = decoder.decode(bytes);
    if ([...sign].length === 1 && !BYTES.has(sign)) BYTES.set(sign, bytes);
  }

/** @throws Error for a sign that GBK has none of */
export function gbk(text: string): Buffer {
  return Buffer.concat(
    Array.from(text, (sign) => {
      const bytes = sign <= '\u007F' ? Buffer.from(sign) : BYTES.get(sign);
      if (!bytes) throw new Error(`GBK has no ${sign}`);
      return bytes;
    }),
  );
}
