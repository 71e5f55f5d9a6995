import { findByIds, pageAt } from '../src/pages/refunds/locate.js';

function pages(
  ids: number[],
  size: number,
): { ask: (page: number) => Promise<{ list: { id: number }[]; totalPages: number }>; asked: number[] } {
  const asked: number[] = [];
  const ask = async (page: number): Promise<{ list: { id: number }[]; totalPages: number }> => {
    asked.push(page);
    const list = ids.slice((page - 1) * size, page * size).map((id) => ({ id }));
    return { list, totalPages: Math.ceil(ids.length / size) };
  };
  return { ask, asked };
}

// Every third number, so that some ids are not there.
const IDS = Array.from({ length: 1000 }, (_, place) => 3000 - 3 * place);

describe('findByIds', () => {
  test('finds every row wherever it is, and only what is there', async () => {
    for (const id of IDS) expect([...(await findByIds([id], pages(IDS, 7).ask)).keys()]).toEqual([id]);
    for (const id of [0, 1, 2, 1501, 2999, 3001])
      expect((await findByIds([id], pages(IDS, 7).ask)).size).toBe(0);
  });

  test('reads on over pages until the last of several', async () => {
    const found = await findByIds([1500, 1503, 1602, 1502, 1700, 90], pages(IDS, 10).ask);
    expect([...found.keys()].sort((a, b) => a - b)).toEqual([90, 1500, 1503, 1602]);
  });

  test('asks for few pages of a long list', async () => {
    const { ask, asked } = pages(IDS, 1);
    await findByIds([3], ask);
    expect(asked.length).toBeLessThanOrEqual(12);
  });

  test('answers nothing for nothing and for an empty list', async () => {
    expect((await findByIds([], pages(IDS, 10).ask)).size).toBe(0);
    expect((await findByIds([5], pages([], 10).ask)).size).toBe(0);
  });
});

test('pageAt names the page that holds a row', async () => {
  expect((await pageAt(3000, pages(IDS, 10).ask)).page).toBe(1);
  expect((await pageAt(3, pages(IDS, 10).ask)).page).toBe(100);
  expect((await pageAt(1500, pages(IDS, 10).ask)).page).toBe(51);
});
