import { gymDocument, gymErrors } from '@yajin/contract/gym';
import { hosted, type LineManifest } from '../manifest.js';
import { gymEntities } from './entities.js';
import { GymModule } from './gym.module.js';
import { LINE } from './gym.options.js';

export const gym: LineManifest = {
  name: LINE,
  ...hosted('GYM_TOKEN_KEY', (key, demo) => GymModule.forRoot(key, demo)),
  document: gymDocument,
  envelopes: [
    {
      prefix: '/api/v1/payments',
      errors: gymErrors,
      failure: ({ code, message, data }) => ({ code, message, data: data ?? null }),
    },
  ],
  rawBodies: ['/api/v1/payments/callback/'],
  entities: gymEntities,
};
