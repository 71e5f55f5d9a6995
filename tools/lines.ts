import type { LINES } from '@yajin/api/lines';

type Line = (typeof LINES)[number];

/** The lines of business as the API was built with them: only then can they be loaded. */
export async function builtLines(): Promise<readonly Line[]> {
  return (await import('@yajin/api/lines')).LINES;
}

/** What the environment calls the keys of the platforms around them. */
export async function tokenKeys(): Promise<string[]> {
  return (await builtLines()).flatMap(({ tokenKey }) => tokenKey ?? []);
}
