export * from './envelope.js';
export * from './fields.js';
export * from './validation.js';
export * from './throttle.js';
export * from './outline.js';
export * from './address.js';
