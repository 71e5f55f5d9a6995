import { words } from '../../kit/text.js';
import type { LineManifest } from '../manifest.js';

export const gym: LineManifest = {
  name: words('健身房', 'Gym'),
  page: async () => (await import('./gym.js')).GymPage,
};
