import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';

/** Where a web app is served, and the folder of its build. */
export interface WebApp {
  prefix: string;
  folder: string;
  /** Addresses outside of the prefix that lead to the same path below it, such as `/enroll/*` in printed links. */
  from?: string[];
}

const YEAR_SECONDS = 31_536_000;

/** Serves the web apps that were built: their files, and their page for every address inside of them. */
export async function mountPages(app: NestFastifyApplication, apps: WebApp[]): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  const built = apps.filter(({ folder }) => existsSync(path.join(folder, 'index.html')));
  for (const [index, { prefix, folder, from = [] }] of built.entries()) {
    await app.register(fastifyStatic, {
      root: folder,
      prefix,
      index: false,
      // One route a file, so that what is no file is a page.
      wildcard: false,
      preCompressed: true,
      decorateReply: index === 0,
      // The names of assets change with their content.
      setHeaders: (reply, file) =>
        void reply.header(
          'cache-control',
          file.includes('/assets/') ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache',
        ),
    });
    const page = (reply: FastifyReply): FastifyReply => reply.sendFile('index.html', folder);
    // A script that an update took away must not come back as a page.
    fastify.get(`${prefix}assets/*`, (_, reply) => reply.callNotFound());
    fastify.get(`${prefix}*`, (_, reply) => page(reply));
    // With and without the slash at the end it is one route; links in the page need the slash.
    fastify.get(prefix.slice(0, -1), (request, reply) =>
      request.url.split('?')[0]?.endsWith('/') ? page(reply) : reply.redirect(prefix),
    );
    // The query goes along: a personal link is nothing without it.
    for (const address of from)
      fastify.get(address, (request, reply) => reply.redirect(`${prefix}${request.url.slice(1)}`));
  }
}
