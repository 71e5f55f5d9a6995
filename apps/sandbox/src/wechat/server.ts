import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Endpoint, FaultName, Subject } from '../faults.js';
import type { World } from '../world.js';
import { PayError } from './pay-error.js';
import { chooseKey, signatureHeaders, verifyRequest } from './signing.js';

/** A merchant's request whose signature has been checked. */
export interface Call {
  params: Record<string, string>;
  query: Record<string, string>;
  /** The JSON body; empty for requests without one. */
  body: Record<string, unknown>;
  /** Whose key of the platform the request's personal data is encrypted with; null where its header names none. */
  serial: string | null;
}

export type Answer = { status: number; body?: unknown; file?: Buffer };

/** What a merchant may call. `endpoint` is the name by which faults are aimed at it. */
export interface Route {
  method: 'GET' | 'POST';
  url: string;
  endpoint: Endpoint | null;
  /** Decides and records; synchronous, so that a request is done wholly or not at all. @throws PayError */
  handle: (call: Call) => Answer;
}

const BAD_GATEWAY = '<html><head><title>502 Bad Gateway</title></head><body></body></html>';

/** Serves routes the way API v3 does: raw body, request signature first, every success signed. */
export function servePayRoutes(app: FastifyInstance, world: World, routes: Route[]): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  for (const route of routes) {
    app.route({
      method: route.method,
      url: route.url,
      handler: (request, reply) => answerCall(world, route, request, reply),
    });
  }
}

async function answerCall(
  world: World,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { endpoint } = route;
  const serial = request.headers['wechatpay-serial']?.toString() ?? null;
  // https://pay.weixin.qq.com/docs/merchant/development/interface-rules/basic-rules.html: each request has one.
  reply.header('Request-ID', randomBytes(20).toString('hex').toUpperCase());
  const call: Call = { params: strings(request.params), query: strings(request.query), body: {}, serial };
  let subject: Subject = {};
  let answer: Answer;
  try {
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    verifyRequest(world, request.method, request.url, request.headers.authorization, raw);
    if (raw.length > 0) call.body = parseBody(raw);
    subject = subjectOf(call, endpoint);
    refuseByFault(world, endpoint, subject);
    answer = route.handle(call);
    if (endpoint && world.faults.take('hangAfter', subject)) return await reply.hijack();
    if (endpoint && world.faults.take('failAfter', subject)) throw systemError();
  } catch (error) {
    if (!(error instanceof PayError)) throw error;
    world.log(`${request.method} ${route.url}: ${error.status} ${error.code}`);
    answer = { status: error.status, body: error.body() };
  }
  if (endpoint && world.faults.take('badGateway', subject))
    return reply.code(502).header('content-type', 'text/html').send(BAD_GATEWAY);
  const nonsense = endpoint && world.faults.take('nonsense', subject);
  if (nonsense) return sayNonsense(reply, String(nonsense.value), JSON.stringify(answer.body ?? {}));
  const late = endpoint && world.faults.take('delayAnswersMs', subject);
  if (late) await new Promise((resolve) => setTimeout(resolve, Number(late.value)));
  return send(world, reply, answer, subject, serial);
}

/** What stands between a merchant and WeChat, or breaks there, can answer anything. None of it is signed. */
function sayNonsense(reply: FastifyReply, kind: string, text: string): FastifyReply {
  const json = 'application/json; charset=utf-8';
  const said: Record<string, [status: number, type: string, body?: string]> = {
    html: [200, 'text/html', BAD_GATEWAY],
    empty: [200, json],
    accepted: [202, json],
    noContent: [204, json],
    redirect: [302, 'text/html', BAD_GATEWAY],
    truncated: [200, json, text.slice(0, text.length / 2)],
    plainText: [200, 'text/plain', text],
    garbage: [200, 'application/octet-stream', '\u0000\ufffd{'.repeat(20_000)],
  };
  const [status, type, body] = said[kind] ?? [200, json];
  if (kind === 'redirect') reply.header('location', 'http://127.0.0.1:9/elsewhere');
  return reply.code(status).header('content-type', type).send(body);
}

function send(
  world: World,
  reply: FastifyReply,
  answer: Answer,
  subject: Subject,
  asked: string | null,
): FastifyReply {
  // A bill is the one answer that WeChat does not sign: its hash came in a signed one.
  if (answer.file)
    return reply.code(answer.status).header('content-type', 'application/octet-stream').send(answer.file);
  const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
  const taken = (fault: FaultName): boolean =>
    subject.endpoint !== undefined && world.faults.take(fault, subject) !== null;
  const forged = taken('forgedAnswer');
  if (forged || !(taken('unsignedAnswer') || goesUnsigned(world, answer.status)))
    reply.headers(signatureHeaders(chooseKey(world, asked), text, { forged }));
  if (text) reply.header('content-type', 'application/json; charset=utf-8');
  return reply.code(answer.status).send(text || undefined);
}

let refusals = 0;

/** WeChat signs every success, and not every refusal. */
function goesUnsigned(world: World, status: number): boolean {
  if (status < 300) return false;
  switch (world.preferences.unsignedRefusals) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'alternate':
      refusals += 1;
      return refusals % 2 === 1;
  }
}

function refuseByFault(world: World, endpoint: Endpoint | null, subject: Subject): void {
  if (!endpoint) return;
  if (world.faults.take('failBefore', subject)) throw systemError();
  if (world.faults.take('frequencyLimited', subject)) {
    throw new PayError(429, 'FREQUENCY_LIMITED', '频率超限,请求过于频繁,请降低请求频率后重试');
  }
}

function systemError(): PayError {
  return new PayError(500, 'SYSTEM_ERROR', '系统异常,请使用相同参数稍后重新调用');
}

function subjectOf({ params, body }: Call, endpoint: Endpoint | null): Subject {
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    outTradeNo: params['out_trade_no'] ?? text(body['out_trade_no']),
    outRefundNo: params['out_refund_no'] ?? text(body['out_refund_no']),
    ...(endpoint && { endpoint }),
  };
}

function parseBody(raw: Buffer): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(raw.toString('utf8'));
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  } catch {
    // Falls through to the same refusal.
  }
  throw new PayError(400, 'PARAM_ERROR', '请求体不是有效的JSON对象');
}

function strings(record: unknown): Record<string, string> {
  const entries = Object.entries(record ?? {}).map(([key, value]) => [key, String(value)]);
  return Object.fromEntries(entries) as Record<string, string>;
}
