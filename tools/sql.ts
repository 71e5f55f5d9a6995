/**
 * `node tools/sql.ts <database url>`: holds every SQL statement of the product against a database with the migrated schema. Each must
 * prepare, answer the columns that its row type claims, of those types, and take the parameters that it is given. A line's
 * may touch its own tables, what is shared, and of the kernel's its views. Nothing is run; who the address names must be able to make roles.
 */
import path from 'node:path';
import ts from 'typescript';
import { checkStatements } from './sql/check.ts';

/** Statements that are put together from what is registered or asked for at run time; their tests run them. */
const AT_RUN_TIME: Readonly<Record<string, string>> = {
  'apps/api/src/lines/camp/camp/camp.service.ts': 'the columns that a request changes',
  'libs/payment/src/due-rows.ts': 'what lines and gateways registered',
  'libs/payment/src/payment-checks.ts': 'the name of a gateway, quoted',
  'libs/server/src/sealed-columns.ts': 'the columns that were registered as sealed',
};
/** They run what others give them. */
const RUNNERS = ['libs/server/src/database.ts'];

const ROOT = path.dirname(import.meta.dirname);
const inRoot = (file: string): string => path.relative(ROOT, file);
const lineOf = (file: string): string | null =>
  /^apps\/api\/src\/lines\/([^/]+)\//.exec(inRoot(file))?.[1] ?? null;
/** Tables are shared, but for those of each line and of the kernel, which publishes views. */
const keeperOf = (file: string): string | null => {
  if (inRoot(file).startsWith('libs/payment/')) return 'the payment kernel';
  return lineOf(file);
};
const [url] = process.argv.slice(2);
if (url === undefined) throw new Error('usage: node tools/sql.ts <database url>');

const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
const config = ts.getParsedCommandLineOfConfigFile(path.join(ROOT, 'tsconfig.json'), {}, host);
if (!config) throw new Error('tsconfig.json cannot be read');
const isProduct = (file: string): boolean =>
  /\/(apps\/api|libs\/(server|payment|planet))\/src\//.test(file) &&
  !/\/(migrations|test)\/|\.spec\.ts$/.test(file) &&
  !RUNNERS.some((each) => file.endsWith(each));
const program = ts.createProgram(config.fileNames.filter(isProduct), config.options);
const { asked, wrong, unread } = await checkStatements(program, isProduct, { lineOf, keeperOf }, ROOT, url);
const surprising = unread.filter(
  (each) => !Object.keys(AT_RUN_TIME).some((file) => each.startsWith(`${file}:`)),
);
for (const each of [...wrong, ...surprising]) process.stdout.write(`${each}\n`);
process.stdout.write(
  `${asked} forms of statements asked about, ${unread.length} known at run time only, ${wrong.length + surprising.length} findings\n`,
);
process.exitCode = wrong.length + surprising.length > 0 ? 1 : 0;
