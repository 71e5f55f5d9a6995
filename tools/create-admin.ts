/** `npm run create-admin -- <username> [name]`: makes an admin in the database that DATABASE_URL names, with a password that is typed. */
import { runBuilt } from './build.ts';

runBuilt('create-admin.js');
