import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { businessDate } from '@yajin/core';
import type { World } from '../world.js';
import { idNumber, planetTime, readPlanetTime } from './planet-format.js';
import {
  accumulatedRanking,
  checkins,
  checkinStatus,
  continuousRanking,
  countMembers,
  countOn,
  findCheckin,
  postsPage,
  type Checkin,
  type Person,
  type Post,
} from './planet-store.js';

// The check-in part of zsxq's web API, as observed from outside: there is no public document. Not certain:
// that `end_time` is inclusive, what `checkined_count` of the statistics counts, and the code for a wrong
// parameter (1001).

const POSTS_AT_MOST = 30;
const NO_END = Number.MAX_SAFE_INTEGER;

/** Errors are HTTP 200 with `succeeded: false` and one of zsxq's codes. */
class PlanetError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

type Params = { group: string; checkin: string };
type Query = Record<string, string | undefined>;
type Request = FastifyRequest<{ Params: Params; Querystring: Query }>;

export function planetRoutes(app: FastifyInstance, world: World): void {
  const list = '/v2/groups/:group/checkins';
  const one = `${list}/:checkin`;
  const serve = (path: string, answer: (request: Request) => unknown) =>
    app.get<{ Params: Params; Querystring: Query }>(path, (request, reply) =>
      reply.type('application/json; charset=utf-8').send(respond(world, request, answer)),
    );
  serve(list, (request) => listCheckins(world, request));
  serve(one, (request) => ({ is_valid_member: true, checkin: checkinBody(world, wanted(world, request)) }));
  serve(`${one}/statistics`, (request) => ({ statistics: statistics(world, wanted(world, request)) }));
  serve(`${one}/statistics/daily`, (request) => dailyStatistics(world, request));
  serve(`${one}/topics`, (request) => topics(world, request));
  serve(`${one}/ranking_list`, (request) => ranking(world, request));
}

function respond(world: World, request: Request, answer: (request: Request) => unknown): string {
  try {
    authenticate(world, request);
    if (request.params.group !== world.identity.planetGroupId)
      throw new PlanetError(1005, '你不是该星球的成员');
    return JSON.stringify({ succeeded: true, resp_data: answer(request) });
  } catch (error) {
    if (!(error instanceof PlanetError)) throw error;
    world.log(`zsxq refused ${request.routeOptions.url}: ${error.code}`);
    return JSON.stringify({ succeeded: false, code: error.code, info: error.message, error: error.message });
  }
}

/** The signature covers the URL the client called, with its query; a body would not be signed. */
function authenticate(world: World, request: Request): void {
  const header = (name: string) => request.headers[name]?.toString() ?? '';
  const [timestamp, requestId] = [header('x-timestamp'), header('x-request-id')];
  const called = `${request.protocol}://${request.headers.host}${request.url}`;
  const expected = createHash('sha1').update(`${called} ${timestamp} ${requestId}`).digest();
  const given = Buffer.from(header('x-signature'), 'hex');
  const complete = /^\d{10}$/.test(timestamp) && requestId !== '' && header('x-version') !== '';
  if (!complete || given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new PlanetError(1059, '内部错误');
  }
  const state = world.preferences.planetCookieState;
  if (state === 'throttled' || world.faults.take('planetThrottled')) throw new PlanetError(1059, '内部错误');
  const cookie = /(?:^|;\s*)zsxq_access_token=([^;]*)/.exec(header('cookie'))?.[1];
  if (state === 'expired' || cookie !== world.identity.planetCookie)
    throw new PlanetError(401, '登录已过期,请重新登录');
}

function wanted(world: World, request: Request): Checkin {
  const checkin = findCheckin(world, request.params.checkin);
  if (!checkin || checkin.group_id !== request.params.group)
    throw new PlanetError(52010, '打卡不存在或尚未加入');
  return checkin;
}

/** A whole number of the query within bounds. */
function whole(text: string | undefined, byDefault: number, most: number): number {
  const value = text === undefined ? byDefault : Number(text);
  if (!Number.isSafeInteger(value) || value < 0 || value > most) throw new PlanetError(1001, '参数错误');
  return value;
}

function listCheckins(world: World, { params, query }: Request) {
  const rows = checkins(world, params.group, whole(query['count'], 30, 100), query['scope'] ?? 'ongoing');
  return { checkins: rows.map((row) => checkinBody(world, row)) };
}

function checkinBody(world: World, checkin: Checkin) {
  const { joined, completed } = countMembers(world, checkin);
  const today = countOn(world, checkin.checkin_id, businessDate(world.clock.now()));
  return {
    checkin_id: idNumber(checkin.checkin_id),
    group: { group_id: idNumber(checkin.group_id), name: '押金沙箱星球' },
    owner: { user_id: idNumber('100000000000001'), name: '星主' },
    title: checkin.title,
    text: checkin.title,
    checkin_days: checkin.days,
    validity: { long_period: false, expiration_time: planetTime(checkin.expires_at) },
    show_topics_on_timeline: false,
    create_time: planetTime(checkin.created_at),
    status: checkinStatus(world, checkin),
    type: 'accumulated',
    joined_count: joined,
    statistics: { joined_count: joined, completed_count: completed, today_checkined_count: today },
    user_specific: { joined: true },
    min_words_count: 30,
  };
}

function statistics(world: World, checkin: Checkin) {
  const { joined, completed, active } = countMembers(world, checkin);
  return { joined_count: joined, completed_count: completed, checkined_count: active };
}

function dailyStatistics(world: World, request: Request) {
  const { date } = request.query;
  const at = date === undefined ? world.clock.now().getTime() : readPlanetTime(date);
  if (at === null) throw new PlanetError(1001, '参数错误');
  return { checkined_count: countOn(world, wanted(world, request).checkin_id, businessDate(new Date(at))) };
}

function topics(world: World, request: Request) {
  const checkin = wanted(world, request);
  const { count, end_time: end } = request.query;
  const endTime = end === undefined ? NO_END : readPlanetTime(end);
  if (endTime === null) throw new PlanetError(1001, '参数错误');
  const repeated = end !== undefined && world.faults.take('repeatPage');
  const page = postsPage(
    world,
    checkin.checkin_id,
    repeated ? NO_END : endTime,
    whole(count, 20, POSTS_AT_MOST),
  );
  const blank = world.faults.take('blankName') !== null;
  return { topics: page.map((post) => topicBody(checkin, post, blank)) };
}

function topicBody(checkin: Checkin, post: Post, blank: boolean) {
  return {
    topic_id: idNumber(post.topic_id),
    topic_uid: post.topic_id,
    group: { group_id: idNumber(checkin.group_id), name: '押金沙箱星球', type: 'pay' },
    type: 'talk',
    talk: { owner: { ...personBody(post, blank), location: '上海' }, text: post.text },
    likes_count: 0,
    comments_count: 0,
    create_time: planetTime(post.created_at),
    checkin: { checkin_id: idNumber(checkin.checkin_id), title: checkin.title, min_words_count: 30 },
    user_specific: { liked: false, subscribed: false },
  };
}

function personBody(person: Person, blank: boolean) {
  const name = blank ? '' : person.name;
  const alias = blank ? person.alias || person.name : person.alias;
  const avatar = `https://images.example.com/avatar/${person.user_id}.png`;
  return { user_id: idNumber(person.user_id), name, alias, avatar_url: avatar };
}

function ranking(world: World, request: Request) {
  const checkin = wanted(world, request);
  const index = whole(request.query['index'], 0, NO_END);
  const list = request.query['type'] === 'continuous' ? continuousRanking : accumulatedRanking;
  const blank = world.faults.take('blankName') !== null;
  const rows = list(world, checkin.checkin_id, index);
  return {
    ranking_list: rows.map((row) => ({
      user: personBody(row, blank),
      rankings: row.rankings,
      checkined_days: row.days,
    })),
  };
}
