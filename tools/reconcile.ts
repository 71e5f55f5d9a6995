/** `npm run reconcile -- --from 2026-11-01 [--to 2026-11-28]`: holds the gateways' bills of those days against the books, as after a restore. */
import { runBuilt } from './build.ts';

runBuilt('reconcile.js');
