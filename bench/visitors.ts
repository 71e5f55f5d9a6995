/**
 * People in front of their screens, a process of its own: they enrol, wait for their payments as the members' pages do, and look at statistics,
 * until they are told to leave.
 */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the page does: one question is answered after so many seconds at the latest, then there is a pause. */
const WAIT_SECONDS = 25;
const PAUSE_MS = 500;
/** They come evenly over the time after which the first asks again: so from then on as many ask in any second. */
const ROUND_MS = WAIT_SECONDS * 1000 + PAUSE_MS;
/** After which it asks again where nobody answered, as on a connection that was closed. */
const AWAY_MS = 4_000;

export interface Page {
  orderNo: string;
  ticket: string;
}

export type Visit =
  | {
      kind: 'enrol';
      port: number;
      campId: number;
      planetUserIds: string[];
      seconds: number;
      connections: number;
    }
  | { kind: 'wait'; port: number; pages: Page[] }
  | { kind: 'read'; port: number; token: string; readers: number; paths: string[]; pauseMs: number }
  | { kind: 'leave' };

/** Answers each visit: `enrol` when its time is over, `wait` and `read` when all have begun, `leave` with what was done meanwhile. */
export interface Visited {
  done: number;
  /** How often nobody answered. */
  away: number;
  seconds: number;
  /** What was wrong with the first answer that was not 200. */
  failure: string | null;
}

class Unreachable extends Error {}

let agent = new Agent({ keepAlive: true });
/** Grows as they leave. */
let visit = 0;
let done = 0;
let away = 0;
let failure: string | null = null;
let address = 0;

/** Nobody shares theirs: what one network may ask is bounded. */
function anotherAddress(): string {
  address += 1;
  return `10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}`;
}

/** @param asked told once it is on its way */
function ask(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
  asked: () => void = () => undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const length = body && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(
      { agent, host: '127.0.0.1', port, method, path, headers: { ...headers, ...length } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('error', reject);
        response.on('end', () =>
          response.statusCode === 200
            ? resolve()
            : reject(new Error(`${path}: ${response.statusCode} ${text.slice(0, 300)}`)),
        );
      },
    );
    sent.on('error', (error) => reject(new Unreachable(String(error))));
    sent.end(body, asked);
  });
}

async function enrol({
  port,
  campId,
  planetUserIds,
  seconds,
  connections,
}: Extract<Visit, { kind: 'enrol' }>): Promise<Visited> {
  const began = performance.now();
  let enrolled = 0;
  const someone = async (): Promise<void> => {
    while (performance.now() - began < seconds * 1000) {
      const planetUserId = planetUserIds[enrolled++];
      if (planetUserId === undefined) throw new Error('everybody has enrolled');
      const body = JSON.stringify({ campId, planetUserId, planetNickname: `学员${planetUserId}` });
      await ask(port, 'POST', '/api/h5/payments', { 'x-forwarded-for': anotherAddress() }, body);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, someone));
    return { done: enrolled, away: 0, seconds: (performance.now() - began) / 1000, failure: null };
  } catch (error) {
    return { done: enrolled, away: 0, seconds: 0, failure: String(error) };
  }
}

/** Asks again and again until it is time to leave. @returns once it has asked the first time */
function again(
  question: (asked: () => void) => Promise<void>,
  firstMs: number,
  pauseMs: number,
): Promise<void> {
  const mine = visit;
  return new Promise((resolve) => {
    const go = async (): Promise<void> => {
      await sleep(firstMs);
      while (visit === mine) {
        try {
          await question(resolve);
          done += 1;
          await sleep(pauseMs);
        } catch (error) {
          if (visit !== mine || !(error instanceof Unreachable)) throw error;
          away += 1;
          await sleep(AWAY_MS);
        }
      }
    };
    go().catch((error: unknown) => {
      // Who leaves breaks off what they asked.
      if (visit === mine) failure ??= String(error);
      resolve();
    });
  });
}

async function come(visits: Promise<void>[]): Promise<Visited> {
  await Promise.all(visits);
  return { done: 0, away: 0, seconds: 0, failure };
}

function leave(): Visited {
  visit += 1;
  agent.destroy();
  agent = new Agent({ keepAlive: true });
  const visited = { done, away, seconds: 0, failure };
  done = 0;
  away = 0;
  failure = null;
  return visited;
}

function obey(order: Visit): Promise<Visited> {
  switch (order.kind) {
    case 'enrol':
      return enrol(order);
    case 'wait': {
      const { port, pages } = order;
      const each = ({ orderNo, ticket }: Page, at: number): Promise<void> => {
        const path = `/api/h5/payments/${orderNo}/status?wait=${WAIT_SECONDS}`;
        const headers = { 'x-access-token': ticket, 'x-forwarded-for': anotherAddress() };
        return again(
          (asked) => ask(port, 'GET', path, headers, '', asked),
          (at * ROUND_MS) / pages.length,
          PAUSE_MS,
        );
      };
      return come(pages.map(each));
    }
    case 'read': {
      const { port, token, readers, paths, pauseMs } = order;
      const headers = { authorization: `Bearer ${token}` };
      const each = (_: unknown, reader: number): Promise<void> => {
        let turn = reader;
        return again(
          (asked) => ask(port, 'GET', paths[turn++ % paths.length] ?? '', headers, '', asked),
          (reader * pauseMs) / readers,
          pauseMs,
        );
      };
      return come(Array.from({ length: readers }, each));
    }
    case 'leave':
      return Promise.resolve(leave());
  }
}

process.on('message', (order: Visit) => void obey(order).then((visited) => process.send?.(visited)));
process.on('disconnect', () => process.exit(0));
