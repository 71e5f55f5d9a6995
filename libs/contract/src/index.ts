export { campDocument } from './camp/document.gen.js';
export { campErrors } from './camp/errors.js';
export type * as Camp from './camp/types.gen.js';
export type { ApiDocument } from './openapi.js';
