/**
 * `node tools/supply-chain.ts [--from <folder>]`: holds every package of package-lock.json against the known holes that
 * tools/supply-chain/advisories.json lists, and against the licences that we agreed to. It asks no server, so that the answer is the
 * same everywhere. With a folder of OSV's records for npm (the unpacked https://storage.googleapis.com/osv-vulnerabilities/npm/all.zip),
 * makes the list anew first.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import {
  fromOsv,
  holes,
  unlooked,
  unreadable,
  type AdvisoryList,
  type OsvRecord,
} from './supply-chain/advisories.ts';
import { licenceFindings } from './supply-chain/licences.ts';
import { lockedPackages } from './supply-chain/packages.ts';

const ROOT = path.dirname(import.meta.dirname);
const LIST = path.join(ROOT, 'tools/supply-chain/advisories.json');

const packages = lockedPackages(fs.readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'));
const today = new Date().toISOString().slice(0, 10);
const { from } = parseArgs({ options: { from: { type: 'string' } } }).values;

function readList(): AdvisoryList {
  return JSON.parse(fs.readFileSync(LIST, 'utf8')) as AdvisoryList;
}

/** The list anew from a folder of records; what was accepted stays. */
function renewed(folder: string): AdvisoryList {
  const names = new Set(packages.map(({ name }) => name));
  const advisories = fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) =>
      fromOsv(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as OsvRecord, names),
    )
    .sort((a, b) => `${a.package} ${a.id}`.localeCompare(`${b.package} ${b.id}`, 'en'));
  if (advisories.length === 0) throw new Error(`${folder} holds no record of a package that we install`);
  return {
    made: today,
    from: 'OSV, npm',
    names: [...names].sort(),
    advisories,
    accepted: readList().accepted,
  };
}

if (from !== undefined) {
  const text = await format(JSON.stringify(renewed(from)), { parser: 'json', printWidth: 110 });
  fs.writeFileSync(LIST, text);
}
const list = readList();
const wrong = [
  ...unreadable(list),
  ...unlooked(list, packages),
  ...holes(list, packages, today),
  ...licenceFindings(packages),
];
for (const line of wrong) process.stdout.write(`${line}\n`);
process.stdout.write(
  `${packages.length} packages against ${list.advisories.length} advisories (${list.from}, ${list.made}) and the licences: ${wrong.length} findings\n`,
);
process.exitCode = wrong.length > 0 ? 1 : 0;
