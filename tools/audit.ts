/** `npm run audit -- archive | verify`: old months of the audit log, in the database that the environment names. */
import { runBuilt } from './build.ts';

runBuilt('audit.js');
