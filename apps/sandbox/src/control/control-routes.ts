import type { FastifyInstance } from 'fastify';
import { localTime } from '@yajin/core';
import { InvalidFault } from '../faults.js';
import { apiSettings } from '../settings.js';
import { issueOauthCode } from '../wechat/oauth.js';
import { PaymentRefused } from '../money/trade.js';
import { PREFERENCES, type Preferences, type World } from '../world.js';
import {
  type ControlBody,
  choiceField,
  ControlError,
  instantField,
  integerField,
  textField,
} from './body.js';
import { billControlRoutes } from './bill-routes.js';
import { moneyRoutes } from './money-routes.js';
import { planetControlRoutes } from './planet-control-routes.js';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
const BODY_LIMIT = 64 * 1024 * 1024;

/** The control API for demo and tests: what people and other systems do. From this machine only. */
export async function controlRoutes(app: FastifyInstance, world: World): Promise<void> {
  app.addHook('onRequest', async (request, reply) => {
    if (!LOOPBACK.test(request.ip))
      await reply.code(403).send({ error: 'the control API answers this machine only' });
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: BODY_LIMIT },
    (_request, text, done) => {
      try {
        done(null, text === '' ? {} : JSON.parse(String(text)));
      } catch {
        done(new ControlError(400, 'not JSON'));
      }
    },
  );
  app.addHook('preHandler', async (request) => {
    request.body ??= {};
    if (typeof request.body !== 'object' || Array.isArray(request.body))
      throw new ControlError(400, 'not an object');
  });
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof ControlError || error instanceof PaymentRefused) {
      return reply.code(error.status).send({ error: error.message });
    }
    if (error instanceof InvalidFault) return reply.code(400).send({ error: error.message });
    throw error;
  });
  moneyRoutes(app, world);
  billControlRoutes(app, world);
  planetControlRoutes(app, world);
  worldRoutes(app, world);
}

function worldRoutes(app: FastifyInstance, world: World): void {
  app.post<ControlBody>('/oauth-code', (request) => ({
    code: issueOauthCode(world, textField(request.body, 'openid')),
  }));

  app.get('/messages', () => messages(world));

  app.post<ControlBody>('/templates', (request) => {
    const id = textField(request.body, 'id');
    const fields = textField(request.body, 'fields').split(',');
    const known = world.store.setting<Record<string, string[]>>('templates') ?? {};
    world.store.saveSetting('templates', { ...known, [id]: fields });
    return { id, fields };
  });

  app.get('/clock', () => clockView(world));
  app.post<ControlBody>('/clock', (request) => {
    const { body } = request;
    if (body['now'] !== undefined) world.clock.moveTo(instantField(body, 'now') - Date.now());
    else world.clock.moveTo(integerField(body, 'offsetMs', Number.MIN_SAFE_INTEGER));
    world.log(`clock moved to ${clockView(world).now}`);
    return clockView(world);
  });

  app.get('/faults', () => world.faults.list());
  app.post<ControlBody>('/faults', (request) => {
    world.faults.merge(request.body);
    const { active } = world.faults.list();
    world.log(`faults: ${Object.keys(active).join(', ') || 'none'}`);
    return { active };
  });

  app.get('/settings', () => apiSettings(world));
  app.post<ControlBody>('/settings', (request) => {
    world.prefer(readPreferences(request.body));
    world.wake();
    return world.preferences;
  });

  app.post('/reset', () => {
    world.store.clearRecords();
    world.faults.merge({ reset: true });
    world.clock.moveTo(0);
    world.prefer(PREFERENCES);
    world.log('reset: everything but the keys is forgotten');
    return { reset: true };
  });
}

function clockView(world: World) {
  return { now: localTime(world.clock.now()), offsetMs: world.clock.offsetMs };
}

function messages(world: World) {
  type Row = {
    id: number;
    openid: string;
    template_id: string;
    url: string | null;
    data: string;
    at: number;
  };
  return world.store.all<Row>('SELECT * FROM message ORDER BY id').map((row) => ({
    msgId: row.id,
    openid: row.openid,
    templateId: row.template_id,
    url: row.url,
    data: JSON.parse(row.data) as unknown,
    at: localTime(new Date(row.at)),
  }));
}

function readPreferences(body: Record<string, unknown>): Partial<Preferences> {
  const change: Partial<Preferences> = {};
  for (const name of Object.keys(body)) {
    switch (name as keyof Preferences) {
      case 'certificates':
        change.certificates = choiceField(body, name, ['some', 'none']);
        break;
      case 'signWith':
        change.signWith = choiceField(body, name, ['publicKey', 'certificate', 'alternate']);
        break;
      case 'unsignedRefusals':
        change.unsignedRefusals = choiceField(body, name, ['alternate', 'all', 'none']);
        break;
      case 'notifySchedule':
        change.notifySchedule = choiceField(body, name, ['real', 'fast']);
        break;
      case 'planetCookieState':
        change.planetCookieState = choiceField(body, name, ['valid', 'expired', 'throttled']);
        break;
      case 'planetRefusedPercent':
      case 'planetSeed':
        change[name as 'planetSeed'] = integerField(body, name, 0);
        break;
      case 'shouqianbaNotify':
        change.shouqianbaNotify = choiceField(body, name, ['signed', 'own']);
        break;
      case 'fixedQrNotifyUrl':
        change.fixedQrNotifyUrl = textField(body, name);
        break;
      case 'refundDelayMs':
        change.refundDelayMs = integerField(body, name, 0);
        break;
      default:
        throw new ControlError(400, `unknown setting ${name}; known: ${Object.keys(PREFERENCES).join(', ')}`);
    }
  }
  return change;
}
