import { courseDocument, courseErrors } from '@yajin/contract/course';
import { hosted, type LineManifest } from '../manifest.js';
import { courseEntities } from './entities.js';
import { CourseModule } from './course.module.js';
import { LINE } from './course.options.js';
import { instant } from './course.rows.js';

export const course: LineManifest = {
  name: LINE,
  ...hosted('COURSE_TOKEN_KEY', (key, demo) => CourseModule.forRoot(key, demo)),
  document: courseDocument,
  envelopes: [
    {
      prefix: '/payments',
      errors: courseErrors,
      failure: ({ code, message, data }) => ({
        code,
        message,
        data: data ?? null,
        timestamp: instant(new Date()),
      }),
    },
  ],
  rawBodies: ['/payments/webhook/'],
  entities: courseEntities,
};
