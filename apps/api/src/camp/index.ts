export { CampModule } from './camp.module.js';
export { CampOptions } from './camp.options.js';
export { CampScanner } from './camp.scanner.js';
