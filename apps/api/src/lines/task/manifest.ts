import { taskDocument, taskErrors } from '@yajin/contract/task';
import type { Envelope } from '@yajin/server';
import { hosted, type LineManifest } from '../manifest.js';
import { taskEntities } from './entities.js';
import { TaskModule } from './task.module.js';
import { CALLBACKS, LINE } from './task.options.js';

const failure: Envelope['failure'] = ({ code, message, data }) => ({ code, message, data: data ?? null });

export const task: LineManifest = {
  name: LINE,
  ...hosted('TASK_TOKEN_KEY', (key, demo) => TaskModule.forRoot(key, demo)),
  document: taskDocument,
  envelopes: ['/api/v1/pay/', '/api/v1/tasks'].map((prefix) => ({ prefix, errors: taskErrors, failure })),
  rawBodies: Object.values(CALLBACKS),
  entities: taskEntities,
};
