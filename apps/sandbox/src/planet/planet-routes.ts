import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { businessDate } from '@yajin/core';
import type { World } from '../world.js';
import { authenticate, PlanetRefusal } from './planet-access.js';
import { answerBroken } from './planet-broken.js';
import { checkinBody, personBody, rankedBody, topicRow } from './planet-bodies.js';
import { readPlanetTime } from './planet-format.js';
import {
  accumulatedRanking,
  checkins,
  continuousRanking,
  countMembers,
  countOn,
  findCheckin,
  findPerson,
  postsPage,
  type Checkin,
} from './planet-store.js';

// The check-in part of zsxq's API as captured from its app (versions 2.82.0 and 2.83.0); there is no public document.
// docs/zsxq.md says what is confirmed by which source. Not confirmed: what `checkined_count` of the whole counts, and the codes
// of wrong parameters.

const POSTS_AT_MOST = 30;
const NO_END = Number.MAX_SAFE_INTEGER;
const WRONG_PARAMETER = 1001;
const WRONG_COUNT = 17801;

type Params = { group: string; checkin: string };
type Query = Record<string, string | undefined>;
type Request = FastifyRequest<{ Params: Params; Querystring: Query }>;

export function planetRoutes(app: FastifyInstance, world: World): void {
  const list = '/v2/groups/:group/checkins';
  const one = `${list}/:checkin`;
  const serve = (path: string, answer: (request: Request) => unknown) =>
    app.get<{ Params: Params; Querystring: Query }>(path, (request, reply) =>
      respond(world, request, reply, answer),
    );
  serve(list, (request) => listCheckins(world, request));
  serve(one, (request) => {
    const checkin = checkinBody(world, wanted(world, request));
    return { is_valid_member: true, checkin, group: { name: checkin.group.name } };
  });
  // Of anybody, in whatever group; the code of an unknown one nobody wrote down.
  app.get<{ Params: { user: string } }>('/v2/users/:user', (request, reply) =>
    reply.type('application/json; charset=UTF-8').send(JSON.stringify(sayOfPerson(world, request))),
  );
  serve(`${one}/statistics`, (request) => ({ statistics: statistics(world, wanted(world, request)) }));
  serve(`${one}/statistics/daily`, (request) => dailyStatistics(world, request));
  serve(`${one}/topics`, (request) => topics(world, request));
  serve(`${one}/ranking_list`, (request) => ranking(world, request));
}

function respond(
  world: World,
  request: Request,
  reply: FastifyReply,
  answer: (request: Request) => unknown,
): FastifyReply {
  const said = JSON.stringify(sayOf(world, request, answer));
  void reply.type('application/json; charset=UTF-8');
  const broken = world.faults.take('planetBroken');
  return broken
    ? answerBroken(broken.value as Parameters<typeof answerBroken>[0], said, reply)
    : reply.send(said);
}

function sayOf(world: World, request: Request, answer: (request: Request) => unknown): object {
  try {
    authenticate(world, request);
    if (request.params.group !== world.identity.planetGroupId)
      throw new PlanetRefusal(1005, 'error', '你不是该星球的成员');
    return { succeeded: true, resp_data: answer(request) };
  } catch (error) {
    if (!(error instanceof PlanetRefusal)) throw error;
    world.log(`zsxq refused ${request.routeOptions.url}: ${error.code}`);
    return error.body();
  }
}

function sayOfPerson(world: World, request: FastifyRequest<{ Params: { user: string } }>): object {
  try {
    authenticate(world, request);
    const person = findPerson(world, request.params.user);
    if (!person) throw new PlanetRefusal(1005, 'error', '用户不存在');
    return { succeeded: true, resp_data: { user: personBody(person, false) } };
  } catch (error) {
    if (!(error instanceof PlanetRefusal)) throw error;
    return error.body();
  }
}

function wanted(world: World, request: Request): Checkin {
  const checkin = findCheckin(world, request.params.checkin);
  if (!checkin || checkin.group_id !== request.params.group)
    throw new PlanetRefusal(52010, 'error', '未报名参加该打卡任务');
  return checkin;
}

/** A whole number of the query within bounds. */
function whole(text: string | undefined, byDefault: number, most: number): number {
  const value = text === undefined ? byDefault : Number(text);
  if (!Number.isSafeInteger(value) || value < 0 || value > most)
    throw new PlanetRefusal(WRONG_COUNT, 'error', '无效的count');
  return value;
}

function listCheckins(world: World, { params, query }: Request) {
  const rows = checkins(world, params.group, whole(query['count'], 30, 100), query['scope'] ?? 'ongoing');
  return { checkins: rows.map((row) => checkinBody(world, row)) };
}

function statistics(world: World, checkin: Checkin) {
  const { joined, completed, active } = countMembers(world, checkin);
  const ranking_list = accumulatedRanking(world, checkin.checkin_id, 0)
    .slice(0, 6)
    .map((row) => ({ avatar_url: rankedBody(row, false).user.avatar_url }));
  return { joined_count: joined, completed_count: completed, checkined_count: active, ranking_list };
}

function dailyStatistics(world: World, request: Request) {
  const { date } = request.query;
  const at = date === undefined ? world.clock.now().getTime() : readPlanetTime(date);
  if (at === null) throw new PlanetRefusal(WRONG_PARAMETER, 'error', '参数错误');
  return { checkined_count: countOn(world, wanted(world, request).checkin_id, businessDate(new Date(at))) };
}

function topics(world: World, request: Request) {
  const checkin = wanted(world, request);
  const { count, end_time: end } = request.query;
  const endTime = end === undefined ? NO_END : readPlanetTime(end);
  if (endTime === null) throw new PlanetRefusal(WRONG_PARAMETER, 'error', '参数错误');
  const repeated = end !== undefined && world.faults.take('repeatPage');
  const page = postsPage(
    world,
    checkin.checkin_id,
    repeated ? NO_END : endTime,
    whole(count, 20, POSTS_AT_MOST),
  );
  const blank = world.faults.take('blankName') !== null;
  return { topics: page.map((post) => topicRow(checkin, post, blank)) };
}

function ranking(world: World, request: Request) {
  const checkin = wanted(world, request);
  const index = whole(request.query['index'], 0, NO_END);
  const list = request.query['type'] === 'continuous' ? continuousRanking : accumulatedRanking;
  const blank = world.faults.take('blankName') !== null;
  const rows = list(world, checkin.checkin_id, index);
  const reader = { user_id: '100000000000001', name: '星主', alias: '', rankings: 0, days: 0 };
  return {
    ranking_list: rows.map((row) => rankedBody(row, blank)),
    user_specific: rankedBody(reader, false),
  };
}
