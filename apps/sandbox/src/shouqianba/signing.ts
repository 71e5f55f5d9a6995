import { createHash } from 'node:crypto';

// Signatures as Shouqianba's side makes and checks them. Written apart from the adapters on purpose.

export type Fields = Record<string, string>;

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** Sorted pairs of what is not empty, then the key; MD5, upper case. */
export function signature(fields: Fields, key: string): string {
  const names = Object.keys(fields).filter((name) => name !== 'sign' && fields[name] !== '');
  const pairs = names.sort().map((name) => `${name}=${fields[name]}&`);
  return md5(`${pairs.join('')}key=${key}`).toUpperCase();
}
