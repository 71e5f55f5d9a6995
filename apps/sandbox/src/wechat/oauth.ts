import type { FastifyInstance, FastifyReply } from 'fastify';
import { authorizePage } from '../pages/authorize.js';
import { issueToken, randomToken, readToken, spendToken } from '../tokens.js';
import type { World } from '../world.js';

// Web page authorisation and access tokens of an official account:
// https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html

const CODE_MS = 300_000;
const ACCESS_TOKEN_S = 7200;

export type Query = Record<string, string | undefined>;

/** Errors are HTTP 200 with `{errcode, errmsg}`. */
export function refuse(errcode: number, errmsg: string) {
  return { errcode, errmsg };
}

/** The code a browser would bring back from the authorisation page. Good once, for five minutes. */
export function issueOauthCode(world: World, openid: string): string {
  return issueToken(world, 'oauth_code', `0${randomToken(23)}`, openid, CODE_MS);
}

export function oauthRoutes(app: FastifyInstance, world: World): void {
  app.get<{ Querystring: Query }>('/connect/oauth2/authorize', (request, reply) => {
    const { appid, redirect_uri: target, response_type: type, openid, state = '' } = request.query;
    const problem = authorizeProblem(world, appid, target, type);
    if (problem)
      return reply.code(400).type('text/html; charset=utf-8').send(`<meta charset="utf-8">${problem}`);
    if (!openid) return reply.type('text/html; charset=utf-8').send(authorizePage(world, request.query));
    const back = new URL(target ?? '');
    back.searchParams.set('code', issueOauthCode(world, openid));
    back.searchParams.set('state', state);
    return reply.redirect(back.href);
  });

  app.get<{ Querystring: Query }>('/sns/oauth2/access_token', (request, reply) =>
    plain(reply, exchangeCode(world, request.query)),
  );

  app.get<{ Querystring: Query }>('/cgi-bin/token', (request, reply) =>
    plain(reply, issueAccessToken(world, request.query, true)),
  );

  app.post<{ Body: Record<string, unknown> }>('/cgi-bin/stable_token', (request, reply) => {
    const { grant_type, appid, secret, force_refresh } = request.body;
    const query = { grant_type: String(grant_type), appid: String(appid), secret: String(secret) };
    return plain(reply, issueAccessToken(world, query, force_refresh === true));
  });
}

/** WeChat declares its JSON answers here as plain text. */
export function plain(reply: FastifyReply, body: unknown): FastifyReply {
  return reply.type('text/plain').send(JSON.stringify(body));
}

function authorizeProblem(world: World, appid?: string, target?: string, type?: string): string | null {
  if (appid !== world.identity.appId) return 'appid 参数错误';
  if (!target || !URL.canParse(target) || !/^https?:$/.test(new URL(target).protocol))
    return 'redirect_uri 参数错误';
  return type === 'code' ? null : 'response_type 参数错误';
}

function credentialProblem(world: World, { appid, secret }: Query) {
  // A corporation's id is no appid here, whoever it belongs to.
  if (appid !== world.identity.appId || appid.startsWith('ww')) return refuse(40013, 'invalid appid');
  return secret === world.identity.appSecret ? null : refuse(40125, 'invalid appsecret');
}

function exchangeCode(world: World, query: Query) {
  const problem = credentialProblem(world, query);
  if (problem) return problem;
  if (query['grant_type'] !== 'authorization_code') return refuse(40002, 'invalid grant_type');
  const code = query['code'] ?? '';
  const token = readToken(world, 'oauth_code', code);
  if (!token) return refuse(40029, 'invalid code');
  if (token.used) return refuse(40163, 'code been used');
  spendToken(world, code);
  return {
    access_token: randomToken(64),
    expires_in: ACCESS_TOKEN_S,
    refresh_token: randomToken(64),
    openid: token.payload,
    scope: 'snsapi_base',
  };
}

/** Unless a fresh one is asked for, the newest token is given out again while it lasts. */
function issueAccessToken(world: World, query: Query, fresh: boolean) {
  if (query['grant_type'] !== 'client_credential') return refuse(40002, 'invalid grant_type');
  const problem = credentialProblem(world, query);
  if (problem) return problem;
  const newest = `SELECT token, expires_at FROM token WHERE kind = 'access_token' AND expires_at > ?
    ORDER BY expires_at DESC LIMIT 1`;
  const known = world.store.get<{ token: string; expires_at: number }>(newest, Date.now());
  if (known && !fresh) {
    return { access_token: known.token, expires_in: Math.ceil((known.expires_at - Date.now()) / 1000) };
  }
  // A new token leaves the ones before it five minutes.
  const shorten = "UPDATE token SET expires_at = min(expires_at, ?) WHERE kind = 'access_token'";
  world.store.run(shorten, Date.now() + CODE_MS);
  const token = issueToken(world, 'access_token', randomToken(96), '', ACCESS_TOKEN_S * 1000);
  return { access_token: token, expires_in: ACCESS_TOKEN_S };
}
