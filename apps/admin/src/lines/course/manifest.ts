import { words } from '../../kit/text.js';
import type { LineManifest } from '../manifest.js';

export const course: LineManifest = {
  name: words('课程', 'Courses'),
  page: async () => (await import('./course.js')).CoursePage,
};
