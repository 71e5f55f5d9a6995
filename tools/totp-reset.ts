/** `npm run totp:reset -- <username>`: takes an operator's second factor away, in the database that DATABASE_URL names. */
import { runBuilt } from './build.ts';

runBuilt('totp-reset.js');
