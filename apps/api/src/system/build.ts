import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What runs here, and since when. */
export interface Build {
  version: string;
  /** Of the sources that it was built from; null where `npm run build` did not say, as in development. */
  commit: string | null;
  /** Real time. */
  started: Date;
}

const API = path.resolve(import.meta.dirname, '../..');

/** By the package of the API, and of the folder that runs in production (`gitHead` is npm's word for it). */
export const build: Build = {
  version: String(manifest(API)['version']),
  commit: textOf(manifest(path.resolve(API, '../..'))['gitHead']),
  started: new Date(),
};

function manifest(folder: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
