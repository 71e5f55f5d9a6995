/** One page of a list that is ordered by id, the highest first. */
interface Page<Row> {
  list: Row[];
  totalPages: number;
}

type Ask<Row> = (page: number) => Promise<Page<Row>>;

/**
 * Finds rows by their ids in a list that can only be paged: halves its way to the first page, then reads on until
 * the lowest id is passed. What is not in the list is absent from the answer.
 */
export async function findByIds<Row extends { id: number }>(
  ids: Iterable<number>,
  ask: Ask<Row>,
): Promise<Map<number, Row>> {
  const wanted = new Set(ids);
  const found = new Map<number, Row>();
  const lowest = Math.min(...wanted);
  if (wanted.size === 0) return found;
  let { page, rows, totalPages } = await pageAt(Math.max(...wanted), ask);
  for (;;) {
    for (const row of rows) if (wanted.has(row.id)) found.set(row.id, row);
    const last = rows.at(-1);
    if (found.size === wanted.size || !last || last.id <= lowest || page >= totalPages) return found;
    page += 1;
    ({ list: rows, totalPages } = await ask(page));
  }
}

/** The page on which `id` is or would be. */
export async function pageAt<Row extends { id: number }>(
  id: number,
  ask: Ask<Row>,
): Promise<{ page: number; rows: Row[]; totalPages: number }> {
  let page = 1;
  let { list: rows, totalPages } = await ask(page);
  let [from, to] = [2, totalPages];
  const lowest = (): number => rows.at(-1)?.id ?? 0;
  while (lowest() > id && from <= to) {
    const middle = Math.floor((from + to) / 2);
    const tried = await ask(middle);
    const [first, last] = [tried.list[0]?.id ?? 0, tried.list.at(-1)?.id ?? 0];
    if (id > first) to = middle - 1;
    else if (id < last) from = middle + 1;
    else return { page: middle, rows: tried.list, totalPages: tried.totalPages };
    // Between two pages: the id is not there, and reading goes on from the later one.
    if (from > to)
      ({ page, rows, totalPages } = { page: middle, rows: tried.list, totalPages: tried.totalPages });
  }
  return { page, rows, totalPages };
}
