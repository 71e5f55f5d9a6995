import { words } from '../../kit/text.js';
import type { LineManifest } from '../manifest.js';

export const task: LineManifest = {
  name: words('任务', 'Tasks'),
  page: async () => (await import('./task.js')).TaskPage,
};
