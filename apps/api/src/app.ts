import 'reflect-metadata';
import cookie from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { campErrors } from '@yajin/contract';
import { EnvelopeFilter, Jobs, validationPipe, Wakes, type Envelope } from '@yajin/server';
import { Logger } from 'nestjs-pino';
import type { DataSource } from 'typeorm';
import { DueRows, GatewayProbe } from '@yajin/payment';
import { followRequests } from './access-log.js';
import { guardAnswers } from './answers.js';
import { RootModule } from './app.module.js';
import { parseBodies } from './bodies.js';
import { compressJson } from './compression.js';
import { DemoClock, DemoData, DemoSandbox } from './demo/index.js';
import type { Env } from './env.js';
import { linesOf } from './lines/index.js';
import { campFailure, malformedAnswers, tidyRequests } from './malformed.js';
import { announceTheEnd, letGoOfUnused, limitConnections, SERVER_TIMES } from './sockets.js';
import { classifyRequests } from './work-classes.js';
import { AuthService, Metrics, Readiness, readForms, SystemScanner } from './system/index.js';

/** How operators are answered, and whoever asks for what is nobody's. */
const usual: Envelope = { prefix: '/', errors: campErrors, failure: campFailure };

/** The whole API over an initialised, migrated database; `begin` must follow before it does any work. */
export async function createApp(env: Env, db: DataSource): Promise<NestFastifyApplication> {
  const lines = linesOf(env);
  const filter = new EnvelopeFilter([usual, ...lines.flatMap(({ envelopes }) => envelopes)]);
  const adapter = new FastifyAdapter({
    ...SERVER_TIMES,
    ...malformedAnswers(filter),
    // What comes while the server closes is answered like anything else: whoever asks it is still there.
    return503OnClosing: false,
    trustProxy: env.trustedProxies.length > 0 ? env.trustedProxies : false,
    // An id that is far too long is a wrong id (400), not a missing route.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 16_384 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(RootModule.forRoot(env, db), adapter, {
    bodyParser: false,
    bufferLogs: true,
  });
  tidyRequests(adapter, env.trustedProxies);
  followRequests(adapter);
  classifyRequests(adapter);
  parseBodies(adapter, lines);
  await readForms(adapter.getInstance());
  measure(adapter, app.get(Metrics));
  limitConnections(adapter, env.connectionsPerNetwork, env.trustedProxies);
  letGoOfUnused(adapter);
  announceTheEnd(adapter, app.get(Readiness));
  keepOutOfCaches(adapter);
  compressJson(adapter);
  app.useLogger(app.get(Logger));
  // Of every cookie, whatever route sets it.
  await app.register(cookie, { parseOptions: { secure: env.publicUrl.startsWith('https:') } });
  await guardAnswers(app, env.publicUrl.startsWith('https:'));
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(filter);
  return app;
}

function measure(adapter: FastifyAdapter, metrics: Metrics): void {
  adapter.getInstance().addHook('onResponse', (request, reply, done) => {
    metrics.observe(request, reply);
    done();
  });
}

/** What the API answers is somebody's, down to its errors: only a route that says so itself may be kept by a cache on the way. */
function keepOutOfCaches(adapter: FastifyAdapter): void {
  adapter.getInstance().addHook('onSend', (_request, reply, _payload, done) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    done();
  });
}

/** Starts the work behind the API: jobs, the first operator and, in the demo, its clock and its data. */
export async function begin(app: NestFastifyApplication, env: Env): Promise<void> {
  // Nobody waits for the gateways.
  void app.get(GatewayProbe).run();
  if (env.demoData) await app.get(DemoData).discardUnfinished();
  await app.get(Jobs).start();
  await app.get(Wakes).start();
  await app.get(SystemScanner).begin();
  if (env.jobConcurrency > 0) app.get(DueRows).start();
  if (env.demo) {
    await app.get(DemoSandbox).introduce();
    await app.get(DemoClock).restore();
  }
  if (env.demoData) await app.get(DemoData).ensure();
  await app.get(AuthService).ensureAdmin(env.adminPassword, env.firstPasswordPath);
  app.get(Readiness).becomeReady();
}
