// The longest test files go first, so that none of them is what everybody waits for at the end.
import Sequencer from '@jest/test-sequencer';

/** Jest knows how long files took the last time, and in a fresh clone only how large they are. These are small and long. */
const LONG = [
  'tools/simulate/',
  'tools/stack/',
  'admin/test/pages.',
  'admin/test/hostile.',
  'api/test/fuzz.',
  'api/test/hot-statements.',
  'api/test/previous-release.',
];

export default class extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    const rank = ({ path }) => {
      const at = LONG.findIndex((part) => path.includes(part));
      return at === -1 ? LONG.length : at;
    };
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
