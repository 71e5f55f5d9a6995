export * from './addresses.js';
export * from './client.js';
export * from './errors.js';
export * from './events.js';
export type { Camp, Console } from '@yajin/contract/client';
