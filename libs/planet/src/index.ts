export {
  planetClient,
  type CallOptions,
  type CheckinStatistics,
  type PlanetCheckin,
  type PlanetClient,
} from './planet.client.js';
export { PlanetError, type PlanetErrorKind } from './planet.error.js';
export type { PlanetPost, RankedUser } from './planet.paging.js';
export type { PlanetConfig } from './planet.transport.js';
