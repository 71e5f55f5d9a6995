export * from './client.js';
export * from './errors.js';
export * from './events.js';
export type { Camp } from '@yajin/contract/client';
