import { spawnSync } from 'node:child_process';
import * as sheets from '@e965/xlsx';
import { csvTextOf } from '@yajin/core';
import { parse } from 'csv-parse/sync';
import type { MadeCamp } from '@yajin/testing/factories';
import type { extractText } from 'unpdf';
import type { TestApi } from '@yajin/testing/api';

/** A row of a file by the titles of its columns. */
export type Line = Record<string, string | number | undefined>;

/** Members straight into the database: unlike anything a person could pay for in a test. */
export async function enrol(
  api: TestApi,
  camp: MadeCamp,
  count: number,
  nickname = `'同学' || n`,
  planetName = `'星球' || n`,
): Promise<void> {
  await api.rows(
    `WITH numbers AS (
       SELECT n, 900000000000 + $1::bigint * 1000000 + n AS id FROM generate_series(1, $2::int) AS n
     ), orders AS (
       INSERT INTO pay_order (id, order_no, line, subject, amount_fen, description, status, expires_at, paid_at, created_at)
       SELECT id, 'ord_' || gen_random_uuid(), 'camp', $1::text, 9900, '押金', 'paid', now(), now(), now() FROM numbers
     ), users AS (
       INSERT INTO planet_user (id, planet_user_id, name, updated_at)
       SELECT id, id::text, ${planetName}, now() FROM numbers WHERE n % 5 > 0
     )
     INSERT INTO camp_member (camp_id, order_id, pay_fen, paid_at, filled_planet_nickname, match_status, match_confidence,
       match_method, planet_user_ref, joined_group, joined_at, checkin_count, refunded_fen, created_at, updated_at)
     SELECT $1, id, 9900 + n % 7, now(), ${nickname}, CASE WHEN n % 5 > 0 THEN 'matched' ELSE 'pending' END,
       CASE WHEN n % 5 > 0 THEN 90 ELSE 0 END, CASE WHEN n % 5 > 0 THEN 'smart_match' END, CASE WHEN n % 5 > 0 THEN id END,
       n % 3 = 0, CASE WHEN n % 3 = 0 THEN now() END, n % 8, CASE WHEN n % 4 = 0 THEN 9900 ELSE 0 END, now(), now()
     FROM numbers ORDER BY n`,
    [camp.id, count],
  );
}

export function readXlsx(file: Buffer): { lines: Line[]; book: sheets.WorkBook } {
  const book = sheets.read(file);
  return { lines: sheets.utils.sheet_to_json<Line>(book.Sheets[book.SheetNames[0] ?? '']!), book };
}

export async function download(
  api: TestApi,
  path: string,
  token?: string,
): Promise<{ status: number; headers: Headers; body: Buffer }> {
  const authorization = `Bearer ${token ?? (await api.adminToken())}`;
  const { status, headers, body } = await api.exchange('GET', path, { headers: { authorization } });
  return { status, headers, body: typeof body === 'string' ? Buffer.from(body) : (body as Buffer) };
}

export async function exported(api: TestApi, path: string): Promise<Line[]> {
  const { status, body } = await download(api, path);
  expect(status).toBe(200);
  return path.includes('csv')
    ? parse<Line>(body, { columns: true, bom: true, cast: csvTextOf })
    : readXlsx(body).lines;
}

/** Text of a PDF by a reader that is not ours: it loads itself in ways that the test runner does not know. */
export function pdfText(file: Buffer): string {
  const script = `
    import { extractText } from 'unpdf';
    const chunks = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    process.stdout.write(JSON.stringify(await extractText(new Uint8Array(Buffer.concat(chunks)), { mergePages: true })));`;
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    input: file,
    encoding: 'utf8',
    cwd: __dirname,
  });
  if (child.status !== 0) throw new Error(child.stderr);
  return (JSON.parse(child.stdout) as Awaited<ReturnType<typeof extractText>> & { text: string }).text;
}
