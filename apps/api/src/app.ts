import 'reflect-metadata';
import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { UnsupportedMediaTypeException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { campErrors } from '@yajin/contract';
import { EnvelopeFilter, Jobs, validationPipe, type Envelope } from '@yajin/server';
import { Logger } from 'nestjs-pino';
import type { DataSource } from 'typeorm';
import { DueRows } from '@yajin/payment';
import { AppModule } from './app.module.js';
import { DemoClock } from './demo/demo-clock.js';
import { DemoData } from './demo/demo-data.js';
import { DemoSandbox } from './demo/demo-sandbox.js';
import type { Env } from './env.js';
import { linesOf } from './lines.js';
import { AuthService, Metrics, Readiness, readForms } from './system/index.js';

const BODY_LIMIT = 1024 * 1024;
/** For the first request to come on a connection that is open when the shutdown begins. */
const UNUSED_MS = 1000;

const campEnvelopes: Envelope[] = [
  {
    prefix: '/',
    errors: campErrors,
    failure: ({ code, message, data }) => ({
      code,
      message,
      data: data ?? null,
      timestamp: Math.floor(Date.now() / 1000),
    }),
  },
  { prefix: '/api/webhook/', errors: campErrors, failure: ({ message }) => ({ code: 'FAIL', message }) },
];

/** The whole API over an initialised, migrated database; `begin` must follow before it does any work. */
export async function createApp(env: Env, db: DataSource): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: env.trustedProxies.length > 0 ? env.trustedProxies : false,
    // An id that is far too long is a wrong id (400), not a missing route.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 16_384 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(env, db), adapter, {
    bodyParser: false,
    bufferLogs: true,
  });
  const lines = linesOf(env);
  parseBodies(adapter, ['/api/webhook/', ...lines.flatMap(({ rawBodies }) => rawBodies)]);
  await readForms(adapter.getInstance());
  measure(adapter, app.get(Metrics));
  letGoOfUnused(adapter);
  app.useLogger(app.get(Logger));
  await app.register(cookie);
  await app.register(helmet, { contentSecurityPolicy: false });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(
    new EnvelopeFilter([...campEnvelopes, ...lines.flatMap(({ envelopes }) => envelopes)]),
  );
  return app;
}

/**
 * JSON everywhere but on the webhooks: a notification is verified over the bytes that came, and what is
 * signed but no JSON must be kept rather than refused.
 */
function parseBodies(adapter: FastifyAdapter, raw: string[]): void {
  const fastify = adapter.getInstance();
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    (request, body, done) => {
      if (raw.some((prefix) => request.url.startsWith(prefix))) return done(null, body);
      // Many clients announce JSON on a POST that needs no body.
      if (body.length === 0) return done(null, undefined);
      return parseJson(request, body.toString(), done);
    },
  );
  // Forms and XML come from gateways only.
  for (const type of ['application/x-www-form-urlencoded', 'application/xml', 'text/xml']) {
    fastify.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (request, body, done) =>
      raw.some((prefix) => request.url.startsWith(prefix))
        ? done(null, body)
        : done(new UnsupportedMediaTypeException()),
    );
  }
}

function measure(adapter: FastifyAdapter, metrics: Metrics): void {
  adapter.getInstance().addHook('onResponse', (request, reply, done) => {
    metrics.observe(request, reply);
    done();
  });
}

/**
 * Browsers and probes open connections ahead of need. Node takes one on which no request has come yet for busy, and would wait for
 * it when the server closes until it times out: a minute, longer than a shutdown may take.
 */
function letGoOfUnused(adapter: FastifyAdapter): void {
  const fastify = adapter.getInstance();
  const unused = new Set<Socket>();
  fastify.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    unused.delete(request.raw.socket);
    done();
  });
  fastify.addHook('preClose', (done) => {
    setTimeout(() => unused.forEach((socket) => socket.destroy()), UNUSED_MS).unref();
    done();
  });
}

/** Starts the work behind the API: jobs, the first operator and, in the demo, its clock and its data. */
export async function begin(app: NestFastifyApplication, env: Env): Promise<void> {
  if (env.demoData) await app.get(DemoData).discardUnfinished();
  await app.get(Jobs).start();
  if (env.jobConcurrency > 0) app.get(DueRows).start();
  if (env.demo) {
    await app.get(DemoSandbox).introduce();
    await app.get(DemoClock).restore();
  }
  if (env.demoData) await app.get(DemoData).ensure();
  await app.get(AuthService).ensureAdmin(env.adminPassword);
  app.get(Readiness).becomeReady();
}
