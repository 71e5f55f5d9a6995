import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences, unheardOf, vendorAnswer, type Said, type VendorAnswer } from '@yajin/core/vendor-book';
import { createSandbox, type Sandbox } from '@yajin/sandbox';
import { PlanetError, planetClient, type PlanetClient } from '../../src/index.js';
import { PlanetServer } from '../planet.kit.js';

const ENTRIES = 20;
const CHECKIN = '2424424000';

const book = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.json'))
  .toSorted()
  .map((file) => vendorAnswer(file, readFileSync(join(import.meta.dirname, file), 'utf8')));

/** What an entry asks for besides the usual. */
interface Asked {
  groupId?: string;
  checkinId?: string;
  scope?: 'ongoing' | 'closed' | 'over';
  date?: string;
  endTime?: string;
  count?: string;
  version?: string;
  signature?: string;
}

it(`the book has at least ${ENTRIES} answers of zsxq`, () => {
  expect(book.length).toBeGreaterThanOrEqual(ENTRIES);
});

describe('the client reads each answer of zsxq as what it means', () => {
  const zsxq = new PlanetServer();
  beforeAll(() => zsxq.start());
  afterAll(() => zsxq.stop());

  it.each(book)('$name: $says', async (entry) => {
    const { status, headers, body } = entry.answer;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    zsxq.reply = () => ({ status, text, type: headers['content-type'] ?? 'text/plain' });
    const planet = planetClient({
      apiBase: zsxq.base,
      cookie: () => 'token',
      minIntervalMs: 0,
      sleep: () => Promise.resolve(),
    });
    const made = await read(planet, entry).catch((error: unknown) => error);
    const { means } = entry;
    if ('returns' in means) expect(JSON.parse(JSON.stringify(made))).toMatchObject(means.returns as object);
    else {
      expect(made).toBeInstanceOf(PlanetError);
      const { kind, code } = made as PlanetError;
      expect({ fails: kind, code }).toEqual(means);
    }
  });

  async function read(planet: PlanetClient, { call, request }: VendorAnswer): Promise<unknown> {
    const { scope = 'ongoing', date = '2026-11-21' } = request as Asked;
    switch (call) {
      case 'checkins':
        return { list: await planet.checkins('1', scope) };
      case 'checkin':
        return planet.checkin('1', CHECKIN);
      case 'statistics':
        return planet.statistics('1', CHECKIN);
      case 'dailyStatistics':
        return { count: await planet.dailyStatistics('1', CHECKIN, date) };
      case 'topicPages': {
        const first = await planet.topicPages('1', CHECKIN).next();
        return first.value ?? { none: true };
      }
      case 'rankingPages':
        return { list: (await planet.rankingPages('1', CHECKIN).next()).value };
      default:
        throw new Error(`nothing of ours asks for ${call}`);
    }
  }
});

describe('the sandbox says each answer as zsxq does', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await createSandbox({ dataFile: ':memory:', port: 0 });
  });
  afterAll(() => sandbox.close());

  const control = async (path: string, body: object): Promise<void> => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    const response = await fetch(sandbox.url + path, init);
    expect([path, response.status, await response.text()]).toEqual([path, 200, expect.anything()]);
  };

  async function emit({ call, request, sandbox: steps }: VendorAnswer): Promise<Said> {
    await control('/control/reset', {});
    await control('/control/settings', { planetRefusedPercent: 0 });
    for (const { path, body } of steps) await control(path, body);
    const asked = request as Asked;
    const { PLANET_GROUP_ID, PLANET_COOKIE } = sandbox.settings;
    const list = `${sandbox.url}/v2/groups/${asked.groupId ?? PLANET_GROUP_ID}/checkins`;
    const url = list + pathOf(call, asked);
    const [timestamp, id] = [String(Math.floor(Date.now() / 1000)), randomUUID()];
    const response = await fetch(url, {
      redirect: 'manual',
      headers: {
        'x-timestamp': timestamp,
        'x-request-id': id,
        'x-version': asked.version ?? '2.83.0',
        'x-signature':
          asked.signature ?? createHash('sha1').update(`${url} ${timestamp} ${id}`).digest('hex'),
        authorization: PLANET_COOKIE,
      },
    });
    const text = await response.text();
    const headers = Object.fromEntries(response.headers);
    return { status: response.status, signed: null, headers, body: parsed(text) };
  }

  function pathOf(call: string, { checkinId = CHECKIN, ...asked }: Asked): string {
    switch (call) {
      case 'checkins':
        return `?scope=${asked.scope ?? 'ongoing'}&count=30`;
      case 'checkin':
        return `/${checkinId}`;
      case 'statistics':
        return `/${checkinId}/statistics`;
      case 'dailyStatistics':
        return `/${checkinId}/statistics/daily?date=${encodeURIComponent(`${asked.date}T12:00:00.000+0800`)}`;
      case 'topicPages': {
        const end = asked.endTime ? `&end_time=${encodeURIComponent(asked.endTime)}` : '';
        return `/${checkinId}/topics?count=${asked.count ?? 20}${end}`;
      }
      case 'rankingPages':
        return `/${checkinId}/ranking_list?type=accumulated&index=0`;
      default:
        throw new Error(`nothing of ours asks for ${call}`);
    }
  }

  it.each(book)('$name: $says', async (entry) => {
    const said = await emit(entry);
    expect(differences(said, entry)).toEqual([]);
    expect(unheardOf(entry.call, said, book)).toEqual([]);
  });
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
