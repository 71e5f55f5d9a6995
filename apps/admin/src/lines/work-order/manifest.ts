import { words } from '../../kit/text.js';
import type { LineManifest } from '../manifest.js';

export const workOrder: LineManifest = {
  name: words('工单', 'Work orders'),
  page: async () => (await import('./work-order.js')).WorkOrderPage,
};
