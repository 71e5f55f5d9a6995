import { TaskRefund } from './task-refund.entity.js';
import { TaskEntity } from './task.entity.js';
import { TaskTrade } from './task-trade.entity.js';

export const taskEntities = [TaskRefund, TaskEntity, TaskTrade];
