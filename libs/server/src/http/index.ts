export * from './envelope.js';
export * from './fields.js';
export * from './validation.js';
export * from './throttle.js';
