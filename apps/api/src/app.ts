import 'reflect-metadata';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { campErrors } from '@yajin/contract';
import { EnvelopeFilter, Jobs, validationPipe, type Envelope } from '@yajin/server';
import { Logger } from 'nestjs-pino';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import { DemoClock } from './demo/demo-clock.js';
import { DemoData } from './demo/demo-data.js';
import type { Env } from './env.js';
import { AuthService, Readiness } from './system/index.js';

const BODY_LIMIT = 1024 * 1024;

const envelopes: Envelope[] = [
  {
    prefix: '/',
    errors: campErrors,
    failure: ({ code, message, data }) => ({ code, message, data: data ?? null, timestamp: Math.floor(Date.now() / 1000) }),
  },
  { prefix: '/api/webhook/', errors: campErrors, failure: ({ message }) => ({ code: 'FAIL', message }) },
];

/** The whole API over an initialised, migrated database; `begin` must follow before it does any work. */
export async function createApp(env: Env, db: DataSource): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: env.trustedProxies.length > 0 ? env.trustedProxies : false,
    routerOptions: { ignoreTrailingSlash: true },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(env, db), adapter, {
    rawBody: true,
    bufferLogs: true,
  });
  app.useLogger(app.get(Logger));
  await app.register(cookie);
  await app.register(helmet, { contentSecurityPolicy: false });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new EnvelopeFilter(envelopes));
  return app;
}

/** Starts the work behind the API: jobs, the first operator and, in the demo, its clock and its data. */
export async function begin(app: NestFastifyApplication, env: Env): Promise<void> {
  await app.get(Jobs).start();
  await app.get(AuthService).ensureAdmin(env.adminPassword);
  if (env.demo) {
    await app.get(DemoClock).restore();
    await app.get(DemoData).ensure();
  }
  app.get(Readiness).becomeReady();
}

