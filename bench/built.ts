import path from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = path.dirname(import.meta.dirname);

export function inProject(file: string): string {
  return path.join(ROOT, file);
}

/** A module of the product as it was built, which no package hands out. */
export async function built<Module>(file: string): Promise<Module> {
  return (await import(pathToFileURL(inProject(file)).href)) as Module;
}
