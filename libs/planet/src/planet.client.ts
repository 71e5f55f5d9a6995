import { instantOf } from '@yajin/core';

import { asObject, countAt, idAt, listAt, textAt, timeAt, type Json } from './planet.json.js';
import {
  planetTime,
  TOPICS_PER_PAGE,
  walkRanking,
  walkTopics,
  type PlanetPost,
  type RankedUser,
  type TopicRow,
} from './planet.paging.js';
import { planetTransport, type PlanetConfig } from './planet.transport.js';

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
}

/**
 * The check-ins of zsxq (知识星球) as its own web client reads them. All calls of one client go one after
 * another. Everything rejects with a PlanetError, or with the reason of an aborted signal.
 */
export interface PlanetClient {
  checkins(
    groupId: string,
    scope: 'ongoing' | 'closed' | 'over',
    options?: CallOptions,
  ): Promise<PlanetCheckin[]>;
  checkin(groupId: string, checkinId: string, options?: CallOptions): Promise<PlanetCheckin>;
  statistics(groupId: string, checkinId: string, options?: CallOptions): Promise<CheckinStatistics>;
  /** How many checked in on a business date (`YYYY-MM-DD`, Shanghai). */
  dailyStatistics(groupId: string, checkinId: string, date: string, options?: CallOptions): Promise<number>;
  /** Pages of posts, the newest first and each once, back to `since`. Stop reading to stop calling. */
  topicPages(
    groupId: string,
    checkinId: string,
    options?: CallOptions & { since?: Date },
  ): AsyncGenerator<PlanetPost[], void, undefined>;
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
    checkins: (groupId, scope, { signal } = {}) =>
      get(
        checkinPath(groupId),
        { scope, count: '30' },
        (data) => listAt(data, 'checkins').map(readCheckin),
        signal,
      ),

    checkin: (groupId, checkinId, { signal } = {}) =>
      get(checkinPath(groupId, checkinId), {}, (data) => readCheckin(asObject(data['checkin'])), signal),

    statistics: (groupId, checkinId, { signal } = {}) =>
      get(`${checkinPath(groupId, checkinId)}/statistics`, {}, readStatistics, signal),

    dailyStatistics: (groupId, checkinId, date, { signal } = {}) =>
      get(
        `${checkinPath(groupId, checkinId)}/statistics/daily`,
        { date: planetTime(instantOf(date, '12:00')) },
        (data) => countAt(statisticsOf(data), 'checkined_count'),
        signal,
      ),

    topicPages: (groupId, checkinId, { signal, since } = {}) =>
      walkTopics(
        (endTime) =>
          get(
            `${checkinPath(groupId, checkinId)}/topics`,
            { count: String(TOPICS_PER_PAGE), ...(endTime !== null && { end_time: endTime }) },
            (data) => listAt(data, 'topics').map(readTopic),
            signal,
          ),
        since ?? null,
      ),

    rankingPages: (groupId, checkinId, { signal } = {}) =>
      walkRanking((index) =>
        get(
          `${checkinPath(groupId, checkinId)}/ranking_list`,
          { type: 'accumulated', index: String(index) },
          (data) => listAt(data, 'ranking_list').map(readRanked),
          signal,
        ),
      ),
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

function readStatistics(data: Json): CheckinStatistics {
  const json = statisticsOf(data);
  return {
    joinedCount: countAt(json, 'joined_count'),
    completedCount: countAt(json, 'completed_count'),
    checkinedCount: countAt(json, 'checkined_count'),
  };
}

/** Seen one level down; where it is not, the figures are taken from the top (not confirmed for a day's). */
function statisticsOf(data: Json): Json {
  return data['statistics'] === undefined ? data : asObject(data['statistics']);
}

function readTopic(json: Json): TopicRow {
  const topicId = idAt(json, 'topic_id');
  const createdAt = timeAt(json, 'create_time');
  if (json['type'] !== 'talk') return { topicId, createdAt, post: null };
  const talk = asObject(json['talk']);
  return {
    topicId,
    createdAt,
    post: { topicId, ...readUser(asObject(talk['owner'])), text: textAt(talk, 'text'), createdAt },
  };
}

function readRanked(json: Json): RankedUser {
  const user = asObject(json['user']);
  return {
    ...readUser(user),
    avatarUrl: textAt(user, 'avatar_url'),
    rank: countAt(json, 'rankings'),
    checkinDays: countAt(json, 'checkined_days'),
  };
}

function readUser(json: Json): { userId: string; name: string; alias: string | null } {
  const alias = textAt(json, 'alias') || null;
  return { userId: idAt(json, 'user_id'), name: textAt(json, 'name') || (alias ?? ''), alias };
}
