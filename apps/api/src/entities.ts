import { paymentViews } from '@yajin/payment';
import { paymentEntities } from '@yajin/payment/entities';
import { serverEntities } from '@yajin/server';
import { LINES } from './lines/index.js';
import { SchemaNeed } from './schema-need.entity.js';
import { systemEntities } from './system/entities.js';

/** Every table and every view, described. Those of the lines are there whether they are mounted or not. */
export const entities = [
  SchemaNeed,
  ...serverEntities,
  ...paymentEntities,
  ...paymentViews,
  ...systemEntities,
  ...LINES.flatMap((line) => line.entities),
];
