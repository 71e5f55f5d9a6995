/** What an export of a large camp costs: the memory of the API over idle, and rows a second. */
import type { Postgres } from '../tools/postgres.ts';
import { Admin, startApi, type Api } from './api.ts';
import { unpacked } from './archive.ts';
import { CAMP, fillMembers, fillRefunds } from './crowd.ts';
import { createDatabases, settleServer, withClient } from './databases.ts';
import { peakMemory, settledMemory } from './memory.ts';
import { median, type Amount } from './report.ts';

const DATABASE = 'bench_export';

const MEMBERS = 200_000;
const SMALL_CAMP = 2;
const ROUNDS = 3;
const MOST_MIB = 64;

type Format = 'xlsx' | 'csv';
type Say = (line: string) => void;

export async function benchExport(server: Postgres, logs: string, say: Say): Promise<Amount[]> {
  await createDatabases(server, [DATABASE]);
  const url = server.url(DATABASE);
  await fillMembers(url, MEMBERS);
  await fillRefunds(url, MEMBERS / 2);
  const amounts: Amount[] = [];
  for (const format of ['xlsx', 'csv'] as const) {
    const api = await startApi(server, logs, DATABASE);
    await withClient(url, (client) =>
      settleServer(client, ['camp', 'camp_member', 'camp_refund', 'planet_user']),
    );
    amounts.push(...(await measure(api, format, say)));
    await api.process.stop();
  }
  return amounts;
}

/** In a process of its own that has written one small file, so that its code is loaded. */
async function measure(api: Api, format: Format, say: Say): Promise<Amount[]> {
  const { pid } = api.process;
  const admin = await Admin.of(api);
  await exported(admin, SMALL_CAMP, format);
  const idle = await settledMemory(pid);
  const over: number[] = [];
  const rates: number[] = [];
  for (let at = 0; at < ROUNDS; at++) {
    let file: Buffer = Buffer.alloc(0);
    const began = performance.now();
    const peak = await peakMemory(pid, async () => {
      file = await exported(admin, CAMP, format);
    });
    const seconds = (performance.now() - began) / 1000;
    const found = await countRows(file, format);
    if (found !== MEMBERS + 1) throw new Error(`the ${format} has ${found} rows, not ${MEMBERS + 1}`);
    rates.push(MEMBERS / seconds);
    if (peak !== null && idle !== null) over.push(peak - idle);
    const memory = peak === null ? '' : `, ${peak.toFixed(1)} MiB at most after ${idle?.toFixed(1)} idle`;
    say(
      `  ${format} export, round ${at + 1} of ${ROUNDS}: ${file.length} bytes in ${seconds.toFixed(1)} s${memory}`,
    );
  }
  const what = `${format} export of 200,000 members`;
  const most = format === 'xlsx' ? MOST_MIB : null;
  return [
    ...(over.length > 0
      ? [{ what: `${what}: memory over idle`, amount: Math.max(...over), unit: 'MiB' as const, most }]
      : []),
    { what, amount: median(rates), unit: 'rows/s', most: null },
  ];
}

async function exported(admin: Admin, campId: number, format: Format): Promise<Buffer> {
  const answer = await admin.open(`/api/admin/members/export?campId=${campId}&format=${format}`);
  const chunks: Uint8Array[] = [];
  // A file that breaks off ends the run: the body is an error then.
  for await (const chunk of answer.body ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Rows of the sheet, or lines of the text: no field of these members has a line break. */
async function countRows(file: Buffer, format: Format): Promise<number> {
  const [content, mark] =
    format === 'xlsx' ? [unpacked(file, 'xl/worksheets/sheet1.xml'), '<row '] : [[file], '\r\n'];
  let rows = 0;
  let rest = '';
  for await (const chunk of content) {
    const text = rest + chunk.toString('latin1');
    rows += text.split(mark).length - 1;
    // A mark may lie across two chunks.
    rest = text.slice(-(mark.length - 1));
  }
  return rows;
}
