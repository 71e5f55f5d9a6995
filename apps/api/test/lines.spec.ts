import fs from 'node:fs';
import path from 'node:path';
import { LINES } from '../src/lines/index.js';

const FOLDER = path.join(import.meta.dirname, '../src/lines');

it('every line of business that has a folder is in the list, under the name of its folder', () => {
  const folders = fs
    .readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(LINES.map(({ name }) => name).toSorted()).toEqual(folders.toSorted());
});

it('no two lines answer under one address, hear their gateways at one, share a platform’s key or a job', () => {
  for (const claimed of [
    LINES.flatMap(({ envelopes }) => envelopes.map(({ prefix }) => prefix)),
    LINES.flatMap(({ rawBodies }) => rawBodies),
    LINES.flatMap(({ tokenKey }) => tokenKey ?? []),
    LINES.flatMap(({ jobs = [] }) => jobs.map(({ name }) => `${name}.`)),
  ]) {
    const shared = claimed.filter((one, index) =>
      claimed.some((other, at) => at !== index && other.startsWith(one)),
    );
    expect(shared).toEqual([]);
  }
});
