/** `npm run reset-password -- <username>`: sets a typed password in the database that DATABASE_URL names, and ends the user's sessions. */
import { runBuilt } from './build.ts';

runBuilt('reset-password.js');
