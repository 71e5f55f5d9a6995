export * from './api.js';
export * from './composing.js';
export * from './error-boundary.js';
export * from './format.js';
export * from './once.js';
export * from './theme.js';
