export * from './alerts.js';
export * from './business-error.js';
export * from './cache.js';
export * from './clock.js';
export * from './database.js';
export * from './jobs.js';
export * from './secrets.js';
export * from './http/index.js';
