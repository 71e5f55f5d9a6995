/** Pictures of pages: the accepted ones, and in how many pixels another differs. */
import fs from 'node:fs';
import path from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** How far a pixel's colour may be off, 0–1; pixelmatch's own default. */
const COLOUR = 0.1;
/** So few pixels are the rounding of a curve; a changed letter is more. */
export const TOLERATED_PIXELS = 16;

/** @returns the pixels that differ beyond rounding, with what draws a picture of them; all, where the sizes do */
export function difference(
  before: Buffer,
  after: Buffer,
): { pixels: number; picture: (() => Buffer) | null } {
  // The same browser packs the same pixels the same way.
  if (before.equals(after)) return { pixels: 0, picture: null };
  const [a, b] = [PNG.sync.read(before), PNG.sync.read(after)];
  if (a.width !== b.width || a.height !== b.height)
    return { pixels: Math.max(a.width * a.height, b.width * b.height), picture: null };
  const picture = new PNG({ width: a.width, height: a.height });
  const pixels = pixelmatch(a.data, b.data, picture.data, a.width, a.height, { threshold: COLOUR });
  // Packing one takes longer than everything else.
  return { pixels, picture: () => PNG.sync.write(picture) };
}

/** A folder of what was accepted: pictures, outlines, and what drew them. */
export class Accepted {
  constructor(readonly folder: string) {}

  picture(name: string): Buffer | null {
    const file = this.fileOf(name);
    return fs.existsSync(file) ? fs.readFileSync(file) : null;
  }

  keep(name: string, picture: Buffer): void {
    fs.mkdirSync(this.folder, { recursive: true });
    fs.writeFileSync(this.fileOf(name), picture);
  }

  /** Of a JSON file that stands beside the pictures. */
  read(name: string): Record<string, unknown> {
    const file = path.join(this.folder, `${name}.json`);
    return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
  }

  write(name: string, value: object): void {
    fs.mkdirSync(this.folder, { recursive: true });
    fs.writeFileSync(path.join(this.folder, `${name}.json`), `${JSON.stringify(value, null, 2)}\n`);
  }

  /** Of the pictures; what is not named is of no page any more. */
  keepOnly(names: string[]): void {
    for (const file of fs.readdirSync(this.folder)) {
      if (file.endsWith('.png') && !names.includes(file.slice(0, -4)))
        fs.rmSync(path.join(this.folder, file));
    }
  }

  clear(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private fileOf(name: string): string {
    return path.join(this.folder, `${name}.png`);
  }
}
