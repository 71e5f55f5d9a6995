import type { LINES } from '@yajin/api/lines';

type Line = (typeof LINES)[number];

/** The lines of business as the API was built with them: only then can they be loaded. @throws Error before that */
export async function builtLines(): Promise<readonly Line[]> {
  const built = await import('@yajin/api/lines').catch((error: unknown) => {
    throw new Error('The API is not built yet: run `npm start` first.', { cause: error });
  });
  return built.LINES;
}

/** What the environment calls the keys of the platforms around them. */
export async function tokenKeys(): Promise<string[]> {
  return (await builtLines()).flatMap(({ tokenKey }) => tokenKey ?? []);
}
