import { instantOf } from '@yajin/core';

import {
  asObject,
  countAt,
  idAt,
  listAt,
  Malformed,
  readableRows,
  textAt,
  type Json,
} from './planet.json.js';
import {
  planetTime,
  TOPICS_PER_PAGE,
  walkRanking,
  walkTopics,
  type RankedUser,
  type TopicPage,
} from './planet.paging.js';
import { readTopic, readUser } from './planet.rows.js';
import { newPatience, planetTransport, type PlanetConfig } from './planet.transport.js';

/** A check-in project (打卡项目) of a group. */
export interface PlanetCheckin {
  checkinId: string;
  title: string;
  /** `ongoing`, `closed` or `over`; empty where zsxq does not say. */
  status: string;
}

export interface CheckinStatistics {
  joinedCount: number;
  completedCount: number;
  checkinedCount: number;
}

export interface CallOptions {
  /** Stops waiting, pausing and calling; what was asked for then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Asks with this token instead of the account's, to see whether it is good. */
  cookie?: string;
}

export interface WalkOptions extends CallOptions {
  /** The oldest post that is wanted. */
  since?: Date;
  /** Not from the newest post but from here on, where another walk ended. Inclusive. */
  from?: Date;
}

/**
 * Where check-ins come from. zsxq as its web version reads it is one such source, what operators upload is another.
 * Rejects with a PlanetError, or with the reason of an aborted signal.
 */
export interface PlanetSource {
  /** Pages of posts, the newest first and each once, back to `since`. Stop reading to stop calling. */
  topicPages(
    groupId: string,
    checkinId: string,
    options?: WalkOptions,
  ): AsyncGenerator<TopicPage, void, undefined>;
}

/**
 * The check-ins of zsxq (知识星球) as its own web client reads them. All calls of one client go one after
 * another. Everything rejects with a PlanetError, or with the reason of an aborted signal.
 */
export interface PlanetClient extends PlanetSource {
  checkins(
    groupId: string,
    scope: 'ongoing' | 'closed' | 'over',
    options?: CallOptions,
  ): Promise<PlanetCheckin[]>;
  checkin(groupId: string, checkinId: string, options?: CallOptions): Promise<PlanetCheckin>;
  /** Somebody by their id, whether of a group or not; `denied` where zsxq knows nobody by it. */
  user(userId: string, options?: CallOptions): Promise<{ userId: string; name: string }>;
  statistics(groupId: string, checkinId: string, options?: CallOptions): Promise<CheckinStatistics>;
  /** How many checked in on a business date (`YYYY-MM-DD`, Shanghai). */
  dailyStatistics(groupId: string, checkinId: string, date: string, options?: CallOptions): Promise<number>;
  /** Pages of everybody who joined, checked in or not. */
  rankingPages(
    groupId: string,
    checkinId: string,
    options?: CallOptions,
  ): AsyncGenerator<RankedUser[], void, undefined>;
}

export function planetClient(config: PlanetConfig): PlanetClient {
  const get = planetTransport(config);
  return {
    checkins: (groupId, scope, options = {}) =>
      get(
        checkinPath(groupId),
        { scope, count: '30' },
        (data) => readableRows(listAt(data, 'checkins'), readCheckin),
        options,
      ),

    checkin: (groupId, checkinId, options = {}) =>
      get(checkinPath(groupId, checkinId), {}, (data) => readCheckin(asObject(data['checkin'])), options),

    // As the web version's page of a person asks it (DIYgod/RSSHub lib/routes/zsxq/user.ts; yiancode/zsxq-sdk docs/api/user.md).
    user: (userId, options = {}) =>
      get(
        `/v2/users/${encodeURIComponent(userId)}`,
        {},
        (data) => readPerson(asObject(data['user'])),
        options,
      ),

    statistics: (groupId, checkinId, options = {}) =>
      get(`${checkinPath(groupId, checkinId)}/statistics`, {}, readStatistics, options),

    dailyStatistics: (groupId, checkinId, date, options = {}) =>
      get(
        `${checkinPath(groupId, checkinId)}/statistics/daily`,
        { date: planetTime(instantOf(date, '12:00')) },
        (data) => countAt(statisticsOf(data), 'checkined_count'),
        options,
      ),

    topicPages: (groupId, checkinId, { signal, ...bounds } = {}) => {
      const run = { signal, patience: newPatience() };
      return walkTopics(
        (endTime) =>
          get(
            `${checkinPath(groupId, checkinId)}/topics`,
            { count: String(TOPICS_PER_PAGE), ...(endTime !== null && { end_time: endTime }) },
            (data) => listAt(data, 'topics').map(readTopic),
            run,
          ),
        bounds,
      );
    },

    rankingPages: (groupId, checkinId, { signal } = {}) => {
      const run = { signal, patience: newPatience() };
      return walkRanking((index) =>
        get(
          `${checkinPath(groupId, checkinId)}/ranking_list`,
          { type: 'accumulated', index: String(index) },
          (data) => readableRows(listAt(data, 'ranking_list'), readRanked),
          run,
        ),
      );
    },
  };
}

function checkinPath(groupId: string, checkinId?: string): string {
  const path = `/v2/groups/${encodeURIComponent(groupId)}/checkins`;
  return checkinId === undefined ? path : `${path}/${encodeURIComponent(checkinId)}`;
}

function readCheckin(json: Json): PlanetCheckin {
  return {
    checkinId: idAt(json, 'checkin_id'),
    title: textAt(json, 'title') || textAt(json, 'name'),
    status: textAt(json, 'status'),
  };
}

function readPerson(json: Json): { userId: string; name: string } {
  return { userId: idAt(json, 'user_id'), name: textAt(json, 'name') };
}

function readStatistics(data: Json): CheckinStatistics {
  const json = statisticsOf(data);
  return {
    joinedCount: countAt(json, 'joined_count'),
    completedCount: countAt(json, 'completed_count'),
    checkinedCount: countAt(json, 'checkined_count'),
  };
}

/** Captured: the whole's figures are one level down, a day's are not. */
function statisticsOf(data: Json): Json {
  return data['statistics'] === undefined ? data : asObject(data['statistics']);
}

function readRanked(json: Json): RankedUser {
  const user = asObject(json['user']);
  const known = readUser(user);
  if (!known) throw new Malformed('缺少 user_id');
  return {
    ...known,
    avatarUrl: textAt(user, 'avatar_url'),
    rank: countAt(json, 'rankings'),
    checkinDays: countAt(json, 'checkined_days'),
  };
}
