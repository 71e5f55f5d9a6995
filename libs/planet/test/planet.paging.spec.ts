import { parseJson, timeAt } from '../src/planet.json.js';
import { Pacer, pauseMs } from '../src/planet.pacer.js';
import { planetTime, TOPICS_PER_PAGE, walkRanking, walkTopics, type TopicRow } from '../src/planet.paging.js';
import { collect } from './planet.kit.js';

function topic(id: number, createdAt: string): TopicRow {
  const at = new Date(createdAt);
  const post = { topicId: String(id), userId: '1', name: 'n', alias: null, text: '', createdAt: at };
  return { topicId: String(id), createdAt: at, post };
}

/** The list as a server keeps it; whether `end_time` is inclusive is up to it. */
function server(topics: readonly TopicRow[], inclusive: boolean) {
  const sorted = [...topics].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const asked: (string | null)[] = [];
  const fetchPage = (endTime: string | null): Promise<TopicRow[]> => {
    asked.push(endTime);
    const end = endTime === null ? Infinity : timeAt({ endTime }, 'endTime').getTime();
    const matching = sorted.filter(({ createdAt }) =>
      inclusive ? createdAt.getTime() <= end : createdAt.getTime() < end,
    );
    return Promise.resolve(matching.slice(0, TOPICS_PER_PAGE));
  };
  return { fetchPage, asked };
}

const ids = (pages: { topicId: string }[][]) => pages.flat().map(({ topicId }) => topicId);
const minutes = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    topic(i, `2026-11-21T08:${String(i % 60).padStart(2, '0')}:00.000Z`),
  );

describe.each([
  ['inclusive', true],
  ['exclusive', false],
])('the walk through the posts, with end_time %s', (_name, inclusive) => {
  it('brings each post once, the newest first', async () => {
    const { fetchPage } = server(minutes(45), inclusive);
    const seen = ids(await collect(walkTopics(fetchPage, null)));
    expect(seen).toEqual(Array.from({ length: 45 }, (_, i) => String(44 - i)));
  });

  it('loses none of the posts that share the last millisecond of a page', async () => {
    const topics = [
      ...minutes(19),
      ...[100, 101, 102].map((id) => topic(id, '2026-11-21T07:59:59.999Z')),
      topic(200, '2026-11-21T07:59:59.998Z'),
    ];
    const { fetchPage } = server(topics, inclusive);
    const seen = ids(await collect(walkTopics(fetchPage, null)));
    expect(new Set(seen)).toEqual(new Set(topics.map(({ topicId }) => topicId)));
    expect(seen).toHaveLength(topics.length);
  });

  it('goes on below a full page of one millisecond', async () => {
    const crowd = Array.from({ length: TOPICS_PER_PAGE }, (_, i) => topic(i, '2026-11-21T08:00:00.000Z'));
    const { fetchPage } = server([...crowd, topic(99, '2026-11-21T07:59:59.999Z')], inclusive);
    expect(ids(await collect(walkTopics(fetchPage, null)))).toContain('99');
  });

  it('stops at since, and keeps a post of just then', async () => {
    const { fetchPage, asked } = server(minutes(45), inclusive);
    const seen = ids(await collect(walkTopics(fetchPage, new Date('2026-11-21T08:30:00Z'))));
    expect(seen).toEqual(Array.from({ length: 15 }, (_, i) => String(44 - i)));
    expect(asked).toHaveLength(1);
  });

  it('calls no more once the reader stops', async () => {
    const { fetchPage, asked } = server(minutes(45), inclusive);
    for await (const page of walkTopics(fetchPage, null)) {
      expect(page).toHaveLength(TOPICS_PER_PAGE);
      break;
    }
    expect(asked).toEqual([null]);
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
      }, null),
    );
    expect([seen.length, calls]).toEqual([1, 4]);
  });

  it('at an empty list', async () => {
    expect(await collect(walkTopics(() => Promise.resolve([]), null))).toEqual([]);
  });

  it('with an error, not in silence, where it would never end', async () => {
    let id = 0;
    const endless = walkTopics(() => Promise.resolve([topic(id++, '2026-11-21T08:00:00Z')]), null);
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
    expect(timeAt({ text }, 'text')).toEqual(new Date(utc));
    expect(planetTime(new Date(utc))).toBe(text);
  });

  it.each(['2025-10-18', '2025-13-18T23:59:28.117+0800', '', null, 5])('refuse %j as a time', (text) => {
    expect(() => timeAt({ text }, 'text')).toThrow(/时间/);
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
