export { DemoClock } from './demo-clock.js';
export { DemoData, type Story } from './demo-data.js';
export { DemoModule } from './demo.module.js';
export { DemoOptions } from './demo.options.js';
export { DemoSandbox } from './demo-sandbox.js';
