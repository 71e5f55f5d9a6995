import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { World } from '../world.js';

/** Errors are HTTP 200 with `succeeded: false` and one of zsxq's codes; which field has the words differs. */
export class PlanetRefusal extends Error {
  constructor(
    readonly code: number,
    /** Where zsxq puts its words. */
    private readonly field: 'info' | 'error' | 'both',
    words: string,
  ) {
    super(words);
  }

  /** Captured: 52010 has `info` empty and its words in `error`, 1050 has them in both, 1059 has no `error`. */
  body(): object {
    return {
      succeeded: false,
      code: this.code,
      info: this.field === 'error' ? '' : this.message,
      resp_data: {},
      ...(this.field !== 'info' && { error: this.message }),
    };
  }
}

/** The oldest `x-version` that was still served in 2026-07. The words are zsxq's; its code for them nobody wrote down. */
const OLDEST_VERSION = [2, 64, 0] as const;
const TOO_OLD = 1060;
const UNOFFICIAL =
  '不支持非官方工具访问，建议使用官方 Skill 获取内容，稳定可靠。👉 https://garden.zsxq.com/skill/';

/**
 * Who may call. The signature covers the URL that was called, with its query; a body would not be signed. The token comes as
 * the web version's cookie or as the app's header.
 * @throws PlanetRefusal
 */
export function authenticate(world: World, request: FastifyRequest): void {
  const header = (name: string) => request.headers[name]?.toString() ?? '';
  if (isTooOld(header('x-version')))
    throw new PlanetRefusal(TOO_OLD, 'info', '当前版本太旧，请升级到最新版本');
  const [timestamp, requestId] = [header('x-timestamp'), header('x-request-id')];
  const called = `${request.protocol}://${request.headers.host}${request.url}`;
  const expected = createHash('sha1').update(`${called} ${timestamp} ${requestId}`).digest();
  const given = Buffer.from(header('x-signature'), 'hex');
  const complete = /^\d{10}$/.test(timestamp) && requestId !== '';
  if (!complete || given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new PlanetRefusal(1059, 'error', '内部错误');
  if (world.faults.take('planetUpgrading'))
    throw new PlanetRefusal(1050, 'both', '数据系统升级中，暂时无法操作');
  const state = world.preferences.planetCookieState;
  if (state === 'throttled' || world.faults.take('planetThrottled') || world.chance.isTurnedAway())
    throw new PlanetRefusal(1059, 'info', UNOFFICIAL);
  const cookie = /(?:^|;\s*)zsxq_access_token=([^;]*)/.exec(header('cookie'))?.[1];
  const token = header('authorization') || cookie;
  if (state === 'expired' || token !== world.identity.planetCookie)
    throw new PlanetRefusal(401, 'error', '登录已过期,请重新登录');
}

function isTooOld(version: string): boolean {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  if (!match) return true;
  const parts = match.slice(1).map(Number);
  const differing = OLDEST_VERSION.findIndex((least, place) => parts[place] !== least);
  return differing !== -1 && (parts[differing] ?? 0) < (OLDEST_VERSION[differing] ?? 0);
}
