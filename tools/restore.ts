/** `npm run restore -- <file>`: restores a backup into the empty database that the environment names, and verifies it. */
import { runBuilt } from './build.ts';

runBuilt('restore.js');
