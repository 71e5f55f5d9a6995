import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { secrets } from './secrets.ts';

const LINES = ['COURSE_TOKEN_KEY', 'GYM_TOKEN_KEY'];
let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-secrets-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));
const file = () => path.join(folder, 'secrets.json');

it('makes the keys once, for the owner alone, and keeps them', () => {
  const made = secrets(folder, {}, LINES);
  expect(Object.keys(made)).toEqual(expect.arrayContaining(['JWT_SECRET', 'MASTER_KEY', 'COURSE_TOKEN_KEY']));
  expect(made['JWT_SECRET']).toMatch(/^[0-9a-f]{64}$/);
  expect(made['MASTER_KEY']).not.toBe(made['JWT_SECRET']);
  expect(fs.statSync(file()).mode & 0o777).toBe(0o600);
  expect(secrets(folder, {}, LINES)).toEqual(made);
});

it('writes nothing when the environment gives all, and replaces no given key', () => {
  const { JWT_SECRET: _, ...others } = secrets(folder, {}, LINES);
  fs.rmSync(file());
  expect(secrets(folder, { JWT_SECRET: 'a', ...others }, LINES)).toEqual({});
  expect(fs.existsSync(file())).toBe(false);
  expect(Object.keys(secrets(folder, others, LINES))).toEqual(['JWT_SECRET']);
});

it('keeps the first key when the second is needed later', () => {
  const first = secrets(folder, { MASTER_KEY: 'given' }, LINES);
  expect(secrets(folder, {}, LINES)).toMatchObject(first);
});

it('refuses a broken file, because a new key would make stored secrets unreadable', () => {
  fs.writeFileSync(file(), '{"JWT_SE');
  expect(() => secrets(folder, {}, LINES)).toThrow('cannot be read');
  expect(fs.readFileSync(file(), 'utf8')).toBe('{"JWT_SE');
});
