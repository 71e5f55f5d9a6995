/** `npm run doctor`: looks at everything that the environment names, and says what to do about what is wrong. */
import { runBuilt } from './build.ts';

runBuilt('doctor.js');
