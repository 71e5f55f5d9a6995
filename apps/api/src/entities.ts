import { paymentEntities } from '@yajin/payment';
import { serverEntities } from '@yajin/server';
import { campEntities } from './lines/camp/entities.js';
import { courseEntities } from './lines/course/entities.js';
import { gymEntities } from './lines/gym/entities.js';
import { taskEntities } from './lines/task/entities.js';
import { workOrderEntities } from './lines/work-order/entities.js';
import { systemEntities } from './system/entities.js';

/** Every table, described. Those of the lines are there whether they are mounted or not. */
export const entities = [
  ...serverEntities,
  ...paymentEntities,
  ...systemEntities,
  ...campEntities,
  ...courseEntities,
  ...gymEntities,
  ...taskEntities,
  ...workOrderEntities,
];
