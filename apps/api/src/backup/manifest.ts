import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Facts } from './facts.js';

const FORMAT = 1;
/** One of a few kilobytes is usual. */
const MOST_BYTES = 1_000_000;

/** What stands beside a backup, as `<file>.json`. No secrets, nobody's data. */
export interface Manifest extends Facts {
  format: typeof FORMAT;
  /** Of the program that made it. */
  version: string;
  /** Of the server that it was made of. */
  server: string;
  /** The moment that it shows, ISO 8601. */
  takenAt: string;
  bytes: number;
  sha256: string;
}

export const manifestOf = (file: string): string => `${file}.json`;
export const newManifest = (rest: Omit<Manifest, 'format'>): Manifest => ({ format: FORMAT, ...rest });

/** @throws Error when there is none, or one that is not of this form */
export async function readManifest(file: string): Promise<Manifest> {
  const at = manifestOf(file);
  const found = await stat(at).catch(() => null);
  if (!found) throw new Error(`${at} is missing: it says what the backup holds, and stands beside it.`);
  if (found.size > MOST_BYTES) throw new Error(`${at} is no manifest of a backup.`);
  const read = JSON.parse(await readFile(at, 'utf8')) as Partial<Manifest>;
  if (read.format !== FORMAT || !read.tables || !read.sha256)
    throw new Error(`${at} is not a manifest that this program reads.`);
  return read as Manifest;
}

/** Of a file of any size. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
