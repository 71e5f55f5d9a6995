export { gymDocument } from './document.gen.js';
export { gymErrors } from './errors.js';
export type * as Gym from './types.gen.js';
