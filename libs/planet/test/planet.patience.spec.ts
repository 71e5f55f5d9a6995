import { planetClient } from '../src/index.js';
import { planetTime } from '../src/planet.paging.js';
import { data, error, PlanetServer } from './planet.kit.js';

const zsxq = new PlanetServer();
beforeAll(() => zsxq.start());
afterAll(() => zsxq.stop());

const CHECKINS = 6_000;
const PAGE = 20;
const REFUSED = 0.22;
const NEWEST = Date.parse('2026-11-21T22:00:00+08:00');

/** mulberry32: the same chances in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A camp's posts, one every five minutes and every tenth in the millisecond of the one before. */
function posts(): { at: number; row: object }[] {
  return Array.from({ length: CHECKINS }, (_, index) => {
    const at = NEWEST - (index - (index % 10 === 9 ? 1 : 0)) * 300_000;
    const owner = { user_id: 1_000 + (index % 300), name: `会员${index % 300}` };
    const row = {
      topic_id: 9_000_000 + index,
      type: 'talk',
      create_time: planetTime(new Date(at)),
      talk: { owner, text: '' },
    };
    return { at, row };
  });
}

it('a camp of 6,000 check-ins is read whole at 22 % refusals', async () => {
  const all = posts();
  const chance = dice(20_261_121);
  let clock = 0;
  let refused = 0;
  zsxq.reply = ({ query }) => {
    if (chance() < REFUSED) {
      refused += 1;
      return error(1059);
    }
    const end = query.get('end_time')?.replace('+0800', '+08:00');
    const bound = end ? Date.parse(end) : Infinity;
    const from = all.findIndex(({ at }) => at <= bound);
    return data({ topics: from === -1 ? [] : all.slice(from, from + PAGE).map(({ row }) => row) });
  };
  const planet = planetClient({
    apiBase: zsxq.base,
    cookie: () => 'token',
    random: chance,
    now: () => new Date(clock),
    sleep: (ms) => {
      clock += ms;
      return Promise.resolve();
    },
  });
  const seen = new Set<string>();
  let pages = 0;
  for await (const page of planet.topicPages('1', '2')) {
    pages += 1;
    for (const { topicId } of page.posts) seen.add(topicId);
  }
  expect(seen.size).toBe(CHECKINS);
  expect(pages).toBeGreaterThanOrEqual(315);
  expect(refused / zsxq.calls.length).toBeGreaterThan(0.17);
  // Six seconds between calls and two for a refusal: what is left of patience is not waiting.
  expect(clock / 1000).toBeLessThan(pages * 6 + refused * 3 + 60);
});
