/** `npm run images -- move | verify`: moves the bytes of images between the database and the store that the environment names. */
import { runBuilt } from './build.ts';

runBuilt('images.js');
