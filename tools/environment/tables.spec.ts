import fs from 'node:fs';
import { VARIABLES } from '@yajin/api/variables';
import { configuration } from './tables.ts';

const SOURCES = ['apps/api/src', 'libs/payment/src/gateways'];
const READ =
  /reader\s*\.(?:optional|text|required|url|optionalUrl|address|port|networks|secret|optionalSecret|whole|oneOf|list|parsed)\(\s*'([A-Z_0-9]+)'/g;

const declared = VARIABLES.flatMap(({ variables }) => Object.keys(variables));

it('docs/configuration.md is what the declarations say: node tools/environment.ts', () => {
  expect(fs.readFileSync('docs/configuration.md', 'utf8')).toBe(configuration(VARIABLES));
});

it('every variable that is read is declared, and every one that is declared is read', () => {
  const read = new Set<string>();
  for (const folder of SOURCES)
    for (const file of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }))
      if (file.endsWith('.ts'))
        for (const [, name = ''] of fs.readFileSync(`${folder}/${file}`, 'utf8').matchAll(READ))
          read.add(name);
  const hosted = declared.filter((name) => name.endsWith('_TOKEN_KEY'));
  // What `npm start` reads for itself.
  const all = [...read, ...hosted, 'DATA_DIR', 'SANDBOX_PORT'];
  expect([...new Set(declared)].toSorted()).toEqual([...new Set(all)].toSorted());
});
