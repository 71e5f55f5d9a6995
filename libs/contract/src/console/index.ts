export { consoleDocument } from './document.gen.js';
export { consoleErrors } from './errors.js';
export type * as Console from './types.gen.js';
