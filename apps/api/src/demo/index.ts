export { DemoCast } from './demo-cast.js';
export { DemoClock } from './demo-clock.js';
export { DemoData, type Chapter, type Story } from './demo-data.js';
export { DemoModule } from './demo.module.js';
export { DemoOptions } from './demo.options.js';
export { DemoSandbox } from './demo-sandbox.js';
