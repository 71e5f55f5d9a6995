/** `node tools/environment.ts` writes docs/configuration.md, from what the API as it was built declares. */
import fs from 'node:fs';
import path from 'node:path';
import { VARIABLES } from '@yajin/api/variables';
import { configuration } from './environment/tables.ts';

fs.writeFileSync(path.resolve(import.meta.dirname, '../docs/configuration.md'), configuration(VARIABLES));
