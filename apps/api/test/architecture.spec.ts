import fs from 'node:fs';
import path from 'node:path';
import type { Type } from '@nestjs/common';

const CAMP = 'apps/api/src/lines/camp';
const table = fs.readFileSync('docs/architecture.md', 'utf8');
/** `| camp: `checkin` | … | camp, member |` */
const said = new Map(
  [...table.matchAll(/^\| camp: `(\w+)` +\|[^|]*\|([^|]*)\|$/gm)].map(([, name = '', needs = '']) => [
    name,
    needs.split(',').map((each) => each.trim()),
  ]),
);
const folders = fs
  .readdirSync(CAMP)
  .filter((folder) => fs.existsSync(path.join(CAMP, folder, `${folder}.module.ts`)));

/** `CheckinModule` is called `checkin` there. */
const nameOf = ({ name }: Type): string => name.replace(/Module$/, '').toLowerCase();

it('the table of modules in docs/architecture.md names every module of the camps', () => {
  expect([...said.keys()].sort()).toEqual(folders.sort());
});

it.each(folders)('the table of modules says whom the camps’ %s needs, as its imports do', async (folder) => {
  const file = (await import(`../src/lines/camp/${folder}/${folder}.module.js`)) as Record<string, Type>;
  const [module] = Object.values(file);
  const imports = (Reflect.getMetadata('imports', module!) ?? []) as (Type | object)[];
  // Repositories are no module of ours.
  const needs = imports.filter((each): each is Type => typeof each === 'function').map(nameOf);
  expect(said.get(folder)?.filter((each) => each !== '')).toEqual(needs.sort());
});
