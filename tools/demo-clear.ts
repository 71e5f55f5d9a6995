/** `npm run demo:clear [-- --yes]`: takes what the demo left out of the database that DATABASE_URL names. */
import { runBuilt } from './build.ts';

runBuilt('demo-clear.js');
