import { paymentEntities } from '@yajin/payment';
import { serverEntities } from '@yajin/server';
import { LINES } from './lines/index.js';
import { systemEntities } from './system/entities.js';

/** Every table, described. Those of the lines are there whether they are mounted or not. */
export const entities = [
  ...serverEntities,
  ...paymentEntities,
  ...systemEntities,
  ...LINES.flatMap((line) => line.entities),
];
