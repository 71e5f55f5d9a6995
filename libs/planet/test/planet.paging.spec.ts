import { parseJson, timeOrNull } from '../src/planet.json.js';
import { Pacer, pauseMs } from '../src/planet.pacer.js';
import {
  planetTime,
  TOPICS_PER_PAGE,
  walkRanking,
  walkTopics,
  type TopicPage,
} from '../src/planet.paging.js';
import type { TopicRow } from '../src/planet.rows.js';
import { collect } from './planet.kit.js';

function topic(id: number, createdAt: string): TopicRow {
  const at = new Date(createdAt);
  const post = { topicId: String(id), userId: '1', name: 'n', alias: null, text: '', createdAt: at };
  return { topicId: String(id), createdAt: at, post, odd: null };
}

/** The list as zsxq keeps it, whose `end_time` is inclusive. */
function server(topics: readonly TopicRow[]) {
  const sorted = [...topics].sort((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0));
  const asked: (string | null)[] = [];
  const fetchPage = (endTime: string | null): Promise<TopicRow[]> => {
    asked.push(endTime);
    const end = endTime === null ? Infinity : (timeOrNull({ endTime }, 'endTime')?.getTime() ?? 0);
    const matching = sorted.filter(({ createdAt }) => (createdAt?.getTime() ?? 0) <= end);
    return Promise.resolve(matching.slice(0, TOPICS_PER_PAGE));
  };
  return { fetchPage, asked };
}

const ids = (pages: TopicPage[]) => pages.flatMap(({ posts }) => posts.map(({ topicId }) => topicId));
const minutes = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    topic(i, `2026-11-21T08:${String(i % 60).padStart(2, '0')}:00.000Z`),
  );

describe('the walk through the posts', () => {
  it('brings each post once, the newest first, asking for the next page with the last row’s own time', async () => {
    const { fetchPage, asked } = server(minutes(45));
    expect(ids(await collect(walkTopics(fetchPage)))).toEqual(
      Array.from({ length: 45 }, (_, i) => String(44 - i)),
    );
    expect(asked.slice(0, 3)).toEqual([null, '2026-11-21T16:25:00.000+0800', '2026-11-21T16:06:00.000+0800']);
  });

  it('loses none of the posts that share the last millisecond of a page', async () => {
    const topics = [
      ...minutes(19),
      ...[100, 101, 102].map((id) => topic(id, '2026-11-21T07:59:59.999Z')),
      topic(200, '2026-11-21T07:59:59.998Z'),
    ];
    const { fetchPage } = server(topics);
    const seen = ids(await collect(walkTopics(fetchPage)));
    expect(new Set(seen)).toEqual(new Set(topics.map(({ topicId }) => topicId)));
    expect(seen).toHaveLength(topics.length);
  });

  it('goes on below a full page of one millisecond', async () => {
    const crowd = Array.from({ length: TOPICS_PER_PAGE }, (_, i) => topic(i, '2026-11-21T08:00:00.000Z'));
    const { fetchPage } = server([...crowd, topic(99, '2026-11-21T07:59:59.999Z')]);
    expect(ids(await collect(walkTopics(fetchPage)))).toContain('99');
  });

  it.each(['1970-01-01T00:00:00.000Z', '0001-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z'])(
    'is not ended by an odd row whose time is of no day (%s) at the end of a page',
    async (time) => {
      const { fetchPage } = server(minutes(45));
      const odd = async (endTime: string | null): Promise<TopicRow[]> =>
        (await fetchPage(endTime)).map((row) =>
          row.topicId === '25'
            ? { topicId: '25', createdAt: new Date(time), post: null, odd: 'no_talk' }
            : row,
        );
      const since = new Date('2026-11-01T00:00:00Z');
      expect(ids(await collect(walkTopics(odd, { since })))).toHaveLength(44);
    },
  );

  it('stops at since, and keeps a post of just then', async () => {
    const { fetchPage, asked } = server(minutes(45));
    const since = new Date('2026-11-21T08:30:00Z');
    expect(ids(await collect(walkTopics(fetchPage, { since })))).toEqual(
      Array.from({ length: 15 }, (_, i) => String(44 - i)),
    );
    expect(asked).toHaveLength(1);
  });

  it('goes on from where another one ended, and loses nothing at the seam', async () => {
    const { fetchPage } = server(minutes(45));
    const first: TopicPage[] = [];
    for await (const page of walkTopics(fetchPage)) {
      first.push(page);
      break;
    }
    const rest = await collect(walkTopics(fetchPage, { from: first[0]!.readTo }));
    expect(new Set([...ids(first), ...ids(rest)]).size).toBe(45);
  });

  it('calls no more once the reader stops', async () => {
    const { fetchPage, asked } = server(minutes(45));
    for await (const page of walkTopics(fetchPage)) {
      expect(page.posts).toHaveLength(TOPICS_PER_PAGE);
      break;
    }
    expect(asked).toEqual([null]);
  });

  it('counts what is no post, once, and takes the next bound from the last row that has a time', async () => {
    const odd: TopicRow = { topicId: '900', createdAt: null, post: null, odd: 'no_time' };
    let calls = 0;
    const pages = await collect(
      walkTopics((endTime) => {
        calls += 1;
        return Promise.resolve(endTime === null ? [topic(1, '2026-11-21T08:00:00Z'), odd] : [odd]);
      }),
    ).catch((error: unknown) => error);
    expect(pages).toMatchObject({ code: 'BROKEN_ANSWER' });
    expect(calls).toBe(2);
    const { fetchPage } = server([...minutes(20), { ...odd, createdAt: new Date('2026-11-21T07:00:00Z') }]);
    const counted = await collect(walkTopics(fetchPage));
    expect(counted.map(({ skipped }) => skipped)).toEqual([{}, { no_time: 1 }]);
  });

  it('does not take one empty page in the middle for the end', async () => {
    const { fetchPage } = server(minutes(45));
    let calls = 0;
    const pages = walkTopics((endTime) => {
      calls += 1;
      return calls === 2 ? Promise.resolve([]) : fetchPage(endTime);
    });
    expect(ids(await collect(pages))).toHaveLength(45);
  });
});

describe('the walk through the posts ends', () => {
  const page = minutes(TOPICS_PER_PAGE).reverse();

  it('at a page that repeats itself for ever', async () => {
    let calls = 0;
    const seen = await collect(
      walkTopics(() => {
        calls += 1;
        return Promise.resolve(page);
      }),
    );
    expect([seen.length, calls]).toEqual([1, 3]);
  });

  it('at an empty list', async () => {
    expect(await collect(walkTopics(() => Promise.resolve([])))).toEqual([]);
  });

  it('with an error, not in silence, where it would never end', async () => {
    let id = 0;
    const endless = walkTopics(() => Promise.resolve([topic(id++, '2026-11-21T08:00:00Z')]));
    await expect(collect(endless)).rejects.toMatchObject({ code: 'TOO_MANY_PAGES' });
  });
});

it('the walk through a ranking ends when ties keep the index where it is', async () => {
  const row = (userId: string) => ({ userId, name: '', alias: null, avatarUrl: '', rank: 1, checkinDays: 1 });
  let calls = 0;
  const pages = await collect(
    walkRanking(() => {
      calls += 1;
      return Promise.resolve([row('1'), row('2')]);
    }),
  );
  expect([pages.flat().map(({ userId }) => userId), calls]).toEqual([['1', '2'], 2]);
});

describe('numbers and times of zsxq', () => {
  it('keep every digit of an id, and leave other numbers as they are', () => {
    expect(parseJson('{"a":98765432109876543,"b":9007199254740991,"c":[1.5,-2],"d":"98"}')).toEqual({
      a: '98765432109876543',
      b: 9007199254740991,
      c: [1.5, -2],
      d: '98',
    });
  });

  it.each([
    ['2025-10-18T23:59:28.117+0800', '2025-10-18T15:59:28.117Z'],
    ['2025-10-18T23:59:28.000+0800', '2025-10-18T15:59:28.000Z'],
    ['2025-12-31T23:59:59.999+0800', '2025-12-31T15:59:59.999Z'],
    ['2026-01-01T00:00:00.000+0800', '2025-12-31T16:00:00.000Z'],
  ])('read %s as it is written', (text, utc) => {
    expect(timeOrNull({ text }, 'text')).toEqual(new Date(utc));
    expect(planetTime(new Date(utc))).toBe(text);
  });

  it('are read with a Z as well, which some rows have', () => {
    expect(timeOrNull({ text: '2025-10-18T15:59:28.117Z' }, 'text')).toEqual(
      new Date('2025-10-18T15:59:28.117Z'),
    );
  });

  it.each(['2025-10-18', '2025-13-18T23:59:28.117+0800', '', null, 5])('refuse %j as a time', (text) => {
    expect(timeOrNull({ text }, 'text')).toBeNull();
  });
});

describe('pacing', () => {
  it.each([
    ['nothing before it', 1_000, null, 0],
    ['just after a call', 1_000, 1_000, 6_000],
    ['a little later', 3_500, 1_000, 3_500],
    ['when the pause is over', 7_000, 1_000, 0],
    ['long after', 99_000, 1_000, 0],
    ['after the clock was set back an hour', 1_000, 3_601_000, 6_000],
  ])('%s', (_name, nowMs, lastEndMs, pause) => {
    expect(pauseMs(nowMs, lastEndMs, 6_000)).toBe(pause);
  });

  it('keeps every call of the client six seconds from the end of the one before', async () => {
    let clock = 0;
    const spans: [number, number][] = [];
    const sleep = (ms: number) => {
      clock += ms;
      return Promise.resolve();
    };
    const pacer = new Pacer(6_000, () => clock, sleep);
    const call = () =>
      pacer.inTurn(() =>
        pacer.spaced(async () => {
          const start = clock;
          await Promise.resolve();
          clock += 250;
          spans.push([start, clock]);
          if (spans.length === 2) throw new Error('one failed');
        }),
      );
    const results = await Promise.allSettled([call(), call(), call(), call()]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(spans).toEqual([
      [0, 250],
      [6_250, 6_500],
      [12_500, 12_750],
      [18_750, 19_000],
    ]);
  });
});
