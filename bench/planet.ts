/** How long a whole camp takes to read from a zsxq that turns calls away, in virtual time. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { planetClient } from '@yajin/planet';
import { median, type Amount } from './report.ts';

const CHECKINS = 6_000;
const PAGE = 20;
const REFUSED = 0.22;
/** The share as it was measured, and its double. */
const SHARES = [REFUSED, 2 * REFUSED];
const ROUNDS = 5;
const NEWEST = Date.parse('2026-11-21T22:00:00+08:00');
const EVERY_MS = 300_000;
const SHANGHAI_MS = 8 * 3_600_000;
const REFUSAL = JSON.stringify({ succeeded: false, code: 1059, info: '不支持非官方工具访问', resp_data: {} });

export async function benchPlanet(say: (line: string) => void): Promise<Amount[]> {
  const zsxq = await serve();
  try {
    const amounts: Amount[] = [];
    for (const share of SHARES) {
      const minutes: number[] = [];
      for (let round = 0; round < ROUNDS; round++) minutes.push(await read(zsxq, share));
      const what = `${CHECKINS} check-ins at ${share * 100} % refusals`;
      say(`  ${what}: ${minutes.map((each) => each.toFixed(1)).join(', ')} virtual minutes`);
      amounts.push({ what, amount: median(minutes), unit: 'min', most: share === REFUSED ? 40 : null });
    }
    return amounts;
  } finally {
    zsxq.close();
  }
}

interface Zsxq {
  base: string;
  refuse: number;
  close: () => void;
}

async function serve(): Promise<Zsxq> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    const end = new URL(request.url ?? '', 'http://zsxq').searchParams.get('end_time');
    response.end(Math.random() < zsxq.refuse ? REFUSAL : page(end));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const zsxq: Zsxq = {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refuse: 0,
    close: () => (server.closeAllConnections(), server.close()),
  };
  return zsxq;
}

/** `end_time` is inclusive. */
function page(end: string | null): string {
  const bound = end === null ? NEWEST : Date.parse(end.replace('+0800', '+08:00'));
  const first = Math.max(0, Math.ceil((NEWEST - bound) / EVERY_MS));
  const topics = Array.from({ length: Math.max(0, Math.min(PAGE, CHECKINS - first)) }, (_, row) => {
    const index = first + row;
    const at = new Date(NEWEST - index * EVERY_MS + SHANGHAI_MS).toISOString().replace('Z', '+0800');
    const owner = { user_id: 1_000 + (index % 300), name: `会员${index % 300}` };
    return { topic_id: 9_000_000 + index, type: 'talk', create_time: at, talk: { owner, text: '第一天' } };
  });
  return JSON.stringify({ succeeded: true, resp_data: { topics } });
}

/** @returns virtual minutes */
async function read(zsxq: Zsxq, share: number): Promise<number> {
  zsxq.refuse = share;
  let clock = 0;
  const planet = planetClient({
    apiBase: zsxq.base,
    cookie: () => 'token',
    now: () => new Date(clock),
    sleep: (ms) => {
      clock += ms;
      return Promise.resolve();
    },
  });
  const seen = new Set<string>();
  for await (const { posts } of planet.topicPages('1', '2'))
    for (const { topicId } of posts) seen.add(topicId);
  if (seen.size !== CHECKINS) throw new Error(`${seen.size} check-ins were read, not ${CHECKINS}`);
  return clock / 60_000;
}
