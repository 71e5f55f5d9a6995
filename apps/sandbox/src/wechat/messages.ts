import type { FastifyInstance } from 'fastify';
import { readToken } from '../tokens.js';
import type { World } from '../world.js';
import { plain, refuse, type Query } from './oauth.js';

// Messages of an official account to those who follow it or have subscribed to them:
// https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Template_Message_Interface.html
// https://developers.weixin.qq.com/doc/service/en/api/notify/notify/api_sendnewsubscribemsg.html

/** What WeChat checks of a field's value, by the kind that its name begins with. */
const KINDS: Readonly<Record<string, RegExp>> = {
  thing: /^[^\n\r]{1,20}$/u,
  short_thing: /^[^\n\r]{1,8}$/u,
  amount: /^[¥￥$]?\d{1,10}(\.\d{1,2})?元?$/u,
  time: /^(\d{4}年\d{1,2}月\d{1,2}日 ?)?\d{1,2}:\d\d(:\d\d)?$/u,
  date: /^\d{4}(年\d{1,2}月\d{1,2}日|[-/.]\d{1,2}[-/.]\d{1,2})( \d{1,2}:\d\d(:\d\d)?)?$/u,
  character_string: /^[\x21-\x7e]{1,32}$/u,
  phrase: /^\p{Script=Han}{1,5}$/u,
  number: /^\d{1,32}(\.\d+)?$/u,
};

/** The templates that the account has, with their fields. `POST /control/templates` adds others. */
const TEMPLATES: Readonly<Record<string, string[]>> = {
  DEMO_REFUND_TEMPLATE: ['thing1', 'amount2', 'time3'],
};

export function messageRoutes(app: FastifyInstance, world: World): void {
  for (const [path, kind] of [
    ['/cgi-bin/message/template/send', 'template'],
    ['/cgi-bin/message/subscribe/bizsend', 'subscription'],
  ] as const) {
    app.post<{ Querystring: Query; Body: Record<string, unknown> }>(path, (request, reply) => {
      if (world.faults.take('messageUnanswered'))
        return reply.code(502).type('text/html').send('<html>Bad Gateway</html>');
      return plain(reply, send(world, kind, request.query['access_token'], request.body));
    });
  }
}

function send(
  world: World,
  kind: 'template' | 'subscription',
  accessToken: string | undefined,
  body: Record<string, unknown>,
): Record<string, unknown> {
  if (world.identity.appId.startsWith('ww')) return refuse(40014, 'invalid access_token');
  if (!readToken(world, 'access_token', accessToken ?? '') || world.faults.take('tokenReplaced')) {
    return refuse(40001, 'invalid credential, access_token is invalid or not latest');
  }
  const { touser, template_id: template, url, data } = body;
  if (typeof touser !== 'string' || touser === '') return refuse(40003, 'invalid openid');
  const fields = typeof template === 'string' ? templateFields(world, template) : undefined;
  if (typeof template !== 'string' || !fields) return refuse(40037, 'invalid template_id');
  // Who has not consented to the one, or does not follow for the other.
  if (touser.startsWith('nofollow'))
    return kind === 'template'
      ? refuse(43004, 'require subscribe')
      : refuse(43101, 'user refuse to accept the msg');
  const problem = dataProblem(fields, data);
  if (problem) return refuse(47003, `argument invalid! ${problem}`);
  const link = typeof url === 'string' ? url : null;
  const id = keepMessage(world, touser, template, link, data);
  return { errcode: 0, errmsg: 'ok', ...(kind === 'template' && { msgid: id }) };
}

function templateFields(world: World, template: string): string[] | undefined {
  const added = world.store.setting<Record<string, string[]>>('templates') ?? {};
  return added[template] ?? TEMPLATES[template];
}

/** Fields that the template does not have are passed over, as WeChat does with `first` and `remark` since May 2023. */
function dataProblem(fields: string[], data: unknown): string | null {
  const given = (typeof data === 'object' ? data : null) as Record<string, { value?: unknown }> | null;
  for (const field of fields) {
    const value = given?.[field]?.value;
    if (typeof value !== 'string' || value === '') return `data.${field}.value is empty`;
    const takes = KINDS[field.replace(/\d+$/, '')];
    if (takes && !takes.test(value)) return `data.${field}.value invalid`;
  }
  return null;
}

/** @returns the message's number */
export function keepMessage(
  world: World,
  to: string,
  template: string,
  url: string | null,
  data: unknown,
): number {
  const sql = 'INSERT INTO message (openid, template_id, url, data, at) VALUES (?, ?, ?, ?, ?) RETURNING id';
  const at = world.clock.now().getTime();
  const row = world.store.get<{ id: number }>(sql, to, template, url, JSON.stringify(data), at)!;
  world.log(`message ${row.id} taken`);
  return row.id;
}
