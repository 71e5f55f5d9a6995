export {
  planetClient,
  type CallOptions,
  type CheckinStatistics,
  type PlanetCheckin,
  type PlanetClient,
  type PlanetSource,
  type WalkOptions,
} from './planet.client.js';
export { PlanetError, type PlanetErrorKind } from './planet.error.js';
export type { RankedUser, SkippedRows, TopicPage } from './planet.paging.js';
export type { OddRow, PlanetPost } from './planet.rows.js';
export type { PlanetConfig } from './planet.transport.js';
