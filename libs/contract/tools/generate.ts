// Writes what follows from the hand-written contract: `node tools/generate.ts`, or with `--check` only compares.
import { glob, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { createClient } from '@hey-api/openapi-ts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { format } from 'prettier';
import { parse } from 'yaml';
import type { ApiDocument } from '../src/openapi.ts';
import { bundle } from './bundle.ts';

/** A contract: written by hand in a folder that has its name, with its error codes in `src/<name>/errors.ts`. */
interface Contract {
  name: string;
  parts: Record<string, unknown>[];
  errors: ApiDocument['x-error-codes'];
  /** Whether our own web apps call it: then its routes are written too. */
  calledByPages: boolean;
}

const root = join(import.meta.dirname, '../../..');
const home = join(root, 'libs/contract');
const style = { singleQuote: true, printWidth: 110 } as const;

async function readParts(folder: string): Promise<Record<string, unknown>[]> {
  const names = (await readdir(folder))
    .filter((name) => name.endsWith('.yaml') && name !== 'openapi.yaml')
    .sort();
  const texts = ['openapi.yaml', ...names].map((name) => readFile(join(folder, name), 'utf8'));
  return (await Promise.all(texts)).map((text) => parse(text, { merge: true }) as Record<string, unknown>);
}

/** Every folder with a document is one. */
async function contracts(): Promise<Contract[]> {
  const names: string[] = [];
  for await (const file of glob('*/openapi.yaml', { cwd: home })) names.push(dirname(file));
  return Promise.all(names.sort().map(contract));
}

async function contract(name: string): Promise<Contract> {
  const [first = {}, ...others] = await readParts(join(home, name));
  const { 'x-called-by-pages': calledByPages = false, ...main } = first;
  const module = (await import(`../src/${name}/errors.ts`)) as Record<string, Contract['errors']>;
  const errors = module[`${camel(name)}Errors`];
  if (!errors) throw new Error(`src/${name}/errors.ts exports no ${camel(name)}Errors`);
  return { name, parts: [main, ...others], errors, calledByPages: calledByPages === true };
}

async function requireValid(document: ApiDocument): Promise<void> {
  const result = await new Validator().validate(
    structuredClone(document) as unknown as Record<string, unknown>,
  );
  if (!result.valid)
    throw new Error(`not a valid OpenAPI document: ${JSON.stringify(result.errors, null, 2)}`);
}

async function types(document: ApiDocument): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'contract-'));
  try {
    await createClient({
      input: structuredClone(document) as unknown as Record<string, unknown>,
      output: folder,
      plugins: ['@hey-api/typescript'],
      logs: { level: 'silent', file: false },
    });
    return await readFile(join(folder, 'types.gen.ts'), 'utf8');
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What a browser needs to call an operation by its name: the routes as data, requests and answers as types. */
function routes(line: string, document: ApiDocument): string {
  const all = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );
  const types = all.map(({ operation: { operationId, responses } }) => {
    const name = named(operationId);
    return `${operationId}: { request: ${name}Data; answer: ${responses['200'] ? `${name}Responses[200]` : 'never'} };`;
  });
  const table = all.map(
    ({ path, method, operation }) => `${operation.operationId}: '${method.toUpperCase()} ${path}',`,
  );
  const imported = all.flatMap(({ operation: { operationId, responses } }) => [
    `${named(operationId)}Data`,
    ...(responses['200'] ? [`${named(operationId)}Responses`] : []),
  ]);
  return `${notice(line)}
import type { ${imported.join(', ')} } from './types.gen.js';

/** Each operation's request (path, query, body) and its whole 200 answer. */
export interface ${named(line)}Operations { ${types.join('\n')} }

/** Method and path of each operation. */
export const ${line}Routes = { ${table.join('\n')} } as const satisfies Record<keyof ${named(line)}Operations, string>;
`;
}

const notice = (line: string): string =>
  `// Generated from libs/contract/${line} by \`npm run generate\`. Do not edit.`;

/** `work-order` names a constant as `workOrder`. */
const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const named = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function errorTable({ errors, parts: [main] }: Contract): string {
  const { title } = (main as { info: { title: string } }).info;
  const rows = Object.entries(errors).map(
    ([code, { message, status }]) => `| ${code} | ${message} | ${status} |`,
  );
  return [`## ${title}`, ['| 错误码 | 说明 | HTTP 状态 |', '| --- | --- | --- |', ...rows].join('\n')].join(
    '\n\n',
  );
}

/** What the API says in its own words, each with its code: the texts stand in the core. */
async function sentenceTable(): Promise<string> {
  const said: Record<string, string | ((...params: string[]) => string)> = {};
  for (const file of ['sentences.ts', 'line-sentences.ts'])
    for (const table of Object.values((await import(join(root, 'libs/core/src', file))) as object))
      Object.assign(said, table);
  const rows = Object.entries(said).map(([code, text]) => {
    const words = typeof text === 'string' ? text : text('{1}', '{2}', '{3}');
    return `| ${code} | ${words} |`;
  });
  const about =
    '系统自己的话都有代码：拒绝的说明（`messageCode`、`messageParams`）、`data.errors` 的 `code` 与 `params`，以及各处 `…Code` 与 `…Params`。`{1}` 等是 `params` 中的第几项。文字不变，代码供以其他语言显示；他人的原话没有代码。';
  return ['## 句子的代码', about, ['| 代码 | 文字 |', '| --- | --- |', ...rows].join('\n')].join('\n\n');
}

const ERROR_CODES = [
  '<!-- Generated from libs/contract/src/*/errors.ts and libs/core/src/sentences.ts by `npm run generate -w @yajin/contract`. -->',
  '# 错误码',
  '通用错误码与 HTTP 状态相同；业务错误码的文字固定。',
];

async function written({ name, parts, errors, calledByPages }: Contract): Promise<Record<string, string>> {
  const document = bundle(parts, errors);
  await requireValid(document);
  const source = `${notice(name)}
import type { ApiDocument } from '../openapi.js';

/** ${document.info.title} as an OpenAPI 3.1 document. */
export const ${camel(name)}Document: ApiDocument = ${JSON.stringify(document)};
`;
  const folder = `libs/contract/src/${name}`;
  const code = { parser: 'typescript', ...style };
  return {
    [`${folder}/document.gen.ts`]: await format(source, code),
    [`${folder}/types.gen.ts`]: await format(await types(document), code),
    ...(calledByPages
      ? { [`${folder}/routes.gen.ts`]: await format(routes(camel(name), document), code) }
      : {}),
  };
}

async function generated(): Promise<Record<string, string>> {
  const all = await contracts();
  const files = await Promise.all(all.map(written));
  const table = [...ERROR_CODES, ...all.map(errorTable), await sentenceTable()].join('\n\n');
  return {
    ...Object.assign({}, ...files),
    'docs/error-codes.md': await format(table, { parser: 'markdown' }),
  } as Record<string, string>;
}

const stale: string[] = [];
for (const [path, text] of Object.entries(await generated())) {
  const file = join(root, path);
  const present = await readFile(file, 'utf8').catch(() => '');
  if (present !== text) stale.push(relative(process.cwd(), file));
  if (present !== text && !process.argv.includes('--check')) await writeFile(file, text);
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`out of date, run \`npm run generate -w @yajin/contract\`: ${stale.join(', ')}`);
  process.exitCode = 1;
} else {
  console.log(stale.length > 0 ? `written: ${stale.join(', ')}` : 'up to date');
}
