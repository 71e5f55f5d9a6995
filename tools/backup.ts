/** `npm run backup -- <folder>`: backs up the database that the environment names, with a manifest. */
import { runBuilt } from './build.ts';

runBuilt('backup.js');
