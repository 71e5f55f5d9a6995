import { campDocument, campErrors } from '@yajin/contract';
import type { LineManifest } from '../manifest.js';
import { CAMP_VARIABLES, readCamp } from './camp.environment.js';
import { campEntities } from './entities.js';
import { CAMP_JOBS } from './camp.jobs.js';
import { LINE } from './camp.options.js';

const KB = 1024;

export const camp: LineManifest = {
  name: LINE,
  tokenKey: null,
  read: readCamp,
  variables: CAMP_VARIABLES,
  document: campDocument,
  documentAt: 'api/docs',
  // The rest of its document answers as whatever is nobody else's does.
  envelopes: [
    {
      prefix: '/api/webhook/',
      errors: campErrors,
      failure: ({ message }) => ({ code: 'FAIL', message }),
    },
  ],
  rawBodies: ['/api/webhook/'],
  entities: campEntities,
  bodyLimits: {
    'POST /api/admin/camps': 128 * KB,
    'PUT /api/admin/camps/:id': 128 * KB,
    'POST /api/admin/camps/:id/links': 64 * KB,
    'POST /api/admin/refunds/batch-approve': 32 * KB,
    // A file of check-ins in base64.
    'POST /api/admin/checkin-uploads': 1024 * KB,
  },
  jobs: CAMP_JOBS,
};
