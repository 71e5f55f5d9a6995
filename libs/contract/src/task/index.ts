export { taskDocument } from './document.gen.js';
export { taskErrors } from './errors.js';
export type * as Task from './types.gen.js';
