// What a browser needs of the contract: small, without the document itself.
export { campRoutes, type CampOperations } from './camp/routes.gen.js';
export type * as Camp from './camp/types.gen.js';
export { consoleRoutes, type ConsoleOperations } from './console/routes.gen.js';
export type * as Console from './console/types.gen.js';
