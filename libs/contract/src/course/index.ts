export { courseDocument } from './document.gen.js';
export { courseErrors } from './errors.js';
export type * as Course from './types.gen.js';
