export * from './business-time.js';
export * from './csv.js';
export * from './fen.js';
export * from './transitions.js';
export * from './text.js';
export * from './planet-project.js';
export { SENTENCES } from './all-sentences.js';
export type { LINE_SENTENCES } from './line-sentences.js';
export * from './sentence.js';
