import { localTime } from '@yajin/core';

/** JSON with numbers written digit by digit (in V8 since Node 22, not yet in TypeScript's library). */
const { rawJSON } = JSON as JSON & { rawJSON: (text: string) => object };

/** An id as a JSON number with all its digits, which a double could not keep beyond 2^53. */
export function idNumber(id: string): object | string {
  return /^(0|[1-9]\d*)$/.test(id) ? rawJSON(id) : id;
}

/** `2025-10-18T23:59:28.117+0800` */
export function planetTime(at: number): string {
  return `${localTime(new Date(at))}.${String(((at % 1000) + 1000) % 1000).padStart(3, '0')}+0800`;
}

/** Milliseconds, or null for anything written otherwise. */
export function readPlanetTime(text: string): number | null {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})\+0800$/.exec(text);
  const at = match ? Date.parse(`${match[1]}+08:00`) : NaN;
  return Number.isNaN(at) ? null : at;
}
