import type { FastifyInstance } from 'fastify';
import { issueToken, randomToken, readToken, spendToken } from '../tokens.js';
import type { World } from '../world.js';
import { keepMessage } from './messages.js';
import { plain, refuse, type Query } from './oauth.js';

// A corporation of WeCom (https://developer.work.weixin.qq.com/document/): tokens 91039, identity 91023, openids 90202,
// messages 90236, codes 90313. Served when the sandbox plays a corporation instead of an official account.

const TOKEN_S = 7200;
/** Openids that begin like this belong to members; what follows is their userid. Everybody else is an outsider. */
const MEMBER = 'oWC_';

type Body = Record<string, unknown>;

export function wecomRoutes(app: FastifyInstance, world: World): void {
  app.get<{ Querystring: Query }>('/cgi-bin/gettoken', (request, reply) =>
    plain(reply, giveToken(world, request.query)),
  );
  app.get<{ Querystring: Query }>('/cgi-bin/auth/getuserinfo', (request, reply) =>
    plain(
      reply,
      guarded(world, request.query, () => whoIs(world, request.query['code'] ?? '')),
    ),
  );
  app.post<{ Querystring: Query; Body: Body }>('/cgi-bin/user/convert_to_openid', (request, reply) =>
    plain(
      reply,
      guarded(world, request.query, () => toOpenid(request.body['userid'])),
    ),
  );
  app.post<{ Querystring: Query; Body: Body }>('/cgi-bin/user/convert_to_userid', (request, reply) =>
    plain(
      reply,
      guarded(world, request.query, () => toUserid(request.body['openid'])),
    ),
  );
  app.post<{ Querystring: Query; Body: Body }>('/cgi-bin/message/send', (request, reply) =>
    plain(
      reply,
      guarded(world, request.query, () => write(world, request.body)),
    ),
  );
}

/** The same token is given out until it is about to end. */
function giveToken(world: World, { corpid, corpsecret }: Query): Body {
  const { appId, appSecret } = world.identity;
  if (corpid !== appId || !appId.startsWith('ww')) return refuse(40013, 'invalid corpid');
  if (corpsecret !== appSecret) return refuse(40001, 'invalid credential');
  const known = world.store.get<{ token: string; expires_at: number }>(
    `SELECT token, expires_at FROM token WHERE kind = 'corp_token' AND used = 0 AND expires_at > ? ORDER BY expires_at DESC LIMIT 1`,
    Date.now(),
  );
  const token = known?.token ?? issueToken(world, 'corp_token', randomToken(64), '', TOKEN_S * 1000);
  const left = known ? Math.ceil((known.expires_at - Date.now()) / 1000) : TOKEN_S;
  return { errcode: 0, errmsg: 'ok', access_token: token, expires_in: left };
}

function guarded(world: World, query: Query, answer: () => Body): Body {
  const token = query['access_token'] ?? '';
  if (world.faults.take('tokenReplaced')) spendToken(world, token);
  const known = readToken(world, 'corp_token', token);
  return !known || known.used ? refuse(40014, 'invalid access_token') : answer();
}

function whoIs(world: World, code: string): Body {
  const token = readToken(world, 'oauth_code', code);
  if (!token || token.used) return refuse(40029, 'invalid code');
  spendToken(world, code);
  const openid = token.payload;
  return {
    errcode: 0,
    errmsg: 'ok',
    ...(openid.startsWith(MEMBER) ? { userid: openid.slice(MEMBER.length) } : { openid }),
  };
}

function toOpenid(userid: unknown): Body {
  if (typeof userid !== 'string' || userid === '') return refuse(40003, 'invalid userid');
  return { errcode: 0, errmsg: 'ok', openid: MEMBER + userid };
}

function toUserid(openid: unknown): Body {
  if (typeof openid !== 'string' || !openid.startsWith(MEMBER)) return refuse(46004, 'user not exist');
  return { errcode: 0, errmsg: 'ok', userid: openid.slice(MEMBER.length) };
}

function write(world: World, body: Body): Body {
  const { touser, msgtype, agentid, text } = body;
  if (String(agentid) !== world.agentId) return refuse(40056, 'invalid agentid');
  if (msgtype !== 'text') return refuse(40008, 'invalid message type');
  if (typeof touser !== 'string' || touser === '') return refuse(40003, 'invalid userid');
  const id = keepMessage(world, MEMBER + touser, 'wecom', null, text);
  return { errcode: 0, errmsg: 'ok', msgid: String(id) };
}
