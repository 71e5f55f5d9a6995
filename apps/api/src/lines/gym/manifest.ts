import { gymDocument, gymErrors } from '@yajin/contract/gym';
import type { LineManifest } from '../manifest.js';
import { gymEntities } from './entities.js';
import { GymModule } from './gym.module.js';
import { LINE } from './gym.options.js';

export const gym: LineManifest = {
  name: LINE,
  tokenKey: 'GYM_TOKEN_KEY',
  module: ({ tokenKey }) => GymModule.forRoot(tokenKey),
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
