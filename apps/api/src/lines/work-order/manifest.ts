import { workOrderDocument, workOrderErrors } from '@yajin/contract/work-order';
import type { Envelope } from '@yajin/server';
import { hosted, type LineManifest } from '../manifest.js';
import { workOrderEntities } from './entities.js';
import { WorkOrderModule } from './work-order.module.js';
import { LINE, NOTIFY_PATH } from './work-order.options.js';

const envelope = (prefix: string): Envelope => ({
  prefix,
  errors: workOrderErrors,
  failure: ({ code, message, data }) => ({ code, message, data: data ?? null }),
});

export const workOrder: LineManifest = {
  name: LINE,
  ...hosted('WORK_ORDER_TOKEN_KEY', (key, demo) => WorkOrderModule.forRoot(key, demo)),
  document: workOrderDocument,
  envelopes: [envelope('/api/payments'), envelope('/api/orders')],
  rawBodies: [NOTIFY_PATH],
  entities: workOrderEntities,
};
