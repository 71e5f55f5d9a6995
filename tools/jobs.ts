/** `npm run jobs -- list | retry | drop`: what is done in the background, in the database that the environment names. */
import { runBuilt } from './build.ts';

runBuilt('jobs.js');
