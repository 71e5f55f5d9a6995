import { KeptFigures } from './kept-figures.js';

function counter(ms: number): { counts: () => number; count: () => Promise<number> } {
  let counts = 0;
  const count = async (): Promise<number> => {
    counts += 1;
    const mine = counts;
    jest.advanceTimersByTime(ms);
    await Promise.resolve();
    return mine;
  };
  return { counts: () => counts, count };
}

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

it('two dozen who ask at once are two counts: the one that had begun, and one after it for all who came since', async () => {
  const figures = new KeptFigures<number>();
  const { count, counts } = counter(1);
  const answers = await Promise.all(Array.from({ length: 24 }, () => figures.of('camp', count)));
  expect(answers).toEqual([1, ...Array.from({ length: 23 }, () => 2)]);
  expect(counts()).toBe(2);
});

it('what is counted quickly is counted for everybody who asks, so that nobody hears of a moment before', async () => {
  const figures = new KeptFigures<number>();
  const { count } = counter(200);
  expect([await figures.of('camp', count), await figures.of('camp', count)]).toEqual([1, 2]);
});

it('what took long is kept for ten times as long, and not longer', async () => {
  const figures = new KeptFigures<number>();
  const { count } = counter(300);
  expect([await figures.of('camp', count), await figures.of('camp', count)]).toEqual([1, 1]);
  expect(await figures.of('another', count)).toBe(2);
  jest.advanceTimersByTime(3_001);
  expect(await figures.of('camp', count)).toBe(3);
});

it('a count that fails is told to whoever asked, and the next one counts anew', async () => {
  const figures = new KeptFigures<number>();
  await expect(figures.of('camp', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(figures.of('camp', () => Promise.resolve(1))).resolves.toBe(1);
});
