import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import ts from 'typescript';
import * as core from '@yajin/core';

const SOURCES = path.join(__dirname, '../src');
const TEXT = path.join(SOURCES, 'kit/text.tsx');

/** One text of the console, by its place: `lines/gym/gym-words.ts: states.pending`. */
export interface Said {
  at: string;
  zh: unknown;
  en: unknown;
}

/** What a package exports, for code of ours that only has to be read: anything, of anything. */
const ANYTHING: unknown = new Proxy(
  function anything() {
    return ANYTHING;
  },
  {
    get: (_, name) =>
      name === Symbol.toPrimitive ? () => '' : name === Symbol.iterator ? undefined : ANYTHING,
  },
);

function consoleFiles(): string[] {
  return fs
    .readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => path.join(SOURCES, name));
}

/** Every text that the console's modules hand to `words`, as they hand it, and the nouns that they count. */
export function consoleWords(): { texts: Said[]; nouns: Map<string, string> } {
  const globals = { window: ANYTHING, document: ANYTHING, localStorage: ANYTHING, sessionStorage: ANYTHING };
  const modules = new Map<string, Record<string, unknown>>();
  const texts: Said[] = [];
  const nouns = new Map<string, string>();
  const load = (file: string): Record<string, unknown> => {
    const known = modules.get(file);
    if (known) return known;
    const exports: Record<string, unknown> = {};
    modules.set(file, exports);
    const { outputText } = ts.transpileModule(fs.readFileSync(file, 'utf8'), {
      compilerOptions: {
        module: ts.ModuleKind.CommonJS,
        target: ts.ScriptTarget.ES2024,
        jsx: ts.JsxEmit.ReactJSX,
      },
    });
    const required = (name: string): unknown => {
      if (name === '@yajin/core') return core;
      if (!name.startsWith('.') || name.endsWith('.css')) return ANYTHING;
      const at = path.resolve(path.dirname(file), name.replace(/\.js$/, ''));
      const from = [`${at}.ts`, `${at}.tsx`].find((each) => fs.existsSync(each));
      if (!from) throw new Error(`${file} imports ${name}, which is not there`);
      return from === TEXT ? heard(load(TEXT), file) : load(from);
    };
    const run = vm.runInNewContext(`(function (exports, require) {${outputText}\n})`, globals) as (
      exports: Record<string, unknown>,
      require: (name: string) => unknown,
    ) => void;
    run(exports, required);
    return exports;
  };
  const heard = (real: Record<string, unknown>, file: string): Record<string, unknown> => ({
    ...real,
    words: (zh: unknown, en: unknown) => {
      texts.push(...leaves(path.relative(SOURCES, file), '', zh, en));
      return (real.words as (zh: unknown, en: unknown) => unknown)(zh, en);
    },
    counted: (n: number, one: string, other = `${one}s`) => {
      nouns.set(one, other);
      return (real.counted as (n: number, one: string, other: string) => string)(n, one, other);
    },
  });
  for (const file of consoleFiles()) load(file);
  return { texts, nouns };
}

function leaves(file: string, at: string, zh: unknown, en: unknown): Said[] {
  if (!isTable(zh) && !isTable(en)) return [{ at: `${file}: ${at}`, zh, en }];
  const [chinese, english] = [zh, en].map((side) => (isTable(side) ? side : {}));
  return Object.keys({ ...chinese, ...english }).flatMap((name) =>
    leaves(file, at ? `${at}.${name}` : name, chinese?.[name], english?.[name]),
  );
}

function isTable(side: unknown): side is Record<string, unknown> {
  return typeof side === 'object' && side !== null;
}
