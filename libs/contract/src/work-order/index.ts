export { workOrderDocument } from './document.gen.js';
export { workOrderErrors } from './errors.js';
export type * as WorkOrder from './types.gen.js';
