import { sentence } from '@yajin/core';
import { UnsupportedMediaTypeException } from '@nestjs/common';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { BusinessError, invalid, outline } from '@yajin/server';
import type { FastifyRequest } from 'fastify';
import type { LineManifest } from './lines/manifest.js';

const KB = 1024;
/** Enough for every form of ours and of the small lines. */
const USUAL_BODY = 16 * KB;
/** What operators write longer, in bytes; each line says so of its own routes. */
const LONGER: Readonly<Record<string, number>> = { 'PUT /api/admin/config': 32 * KB };
/** Gateways add fields as they like; none says more than a few of these. */
const WEBHOOK_BODY = 64 * KB;

/** An escape of half a surrogate pair, or of a NUL. */
const SUSPICIOUS = /\\u(?:[dD][89a-fA-F]|0000)/;

/** How deep and how manifold a body may be: far more than any of ours, far less than what takes long to look at. */
const DEPTH = 16;
const KEYS = 500;
const COMMAS = 2000;

/**
 * JSON everywhere but on the webhooks: a notification is verified over the bytes that came, and what is
 * signed but no JSON must be kept rather than refused. Bodies are bounded before anything looks at them.
 */
export function parseBodies(adapter: FastifyAdapter, lines: readonly LineManifest[]): void {
  const fastify = adapter.getInstance();
  const webhooks = lines.flatMap(({ rawBodies }) => rawBodies);
  const longer = Object.assign({}, LONGER, ...lines.map(({ bodyLimits }) => bodyLimits)) as typeof LONGER;
  const isWebhook = (url: string): boolean => webhooks.some((prefix) => url.startsWith(prefix));
  fastify.addHook('onRoute', (route) => {
    const [method] = [route.method].flat();
    route.bodyLimit ??= isWebhook(route.url)
      ? WEBHOOK_BODY
      : (longer[`${method} ${route.url}`] ?? USUAL_BODY);
  });
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (isWebhook(request.url)) return done(isManifold(body) ? TOO_MANIFOLD() : null, body);
    // Many clients announce JSON on a POST that needs no body.
    if (body.length === 0) return done(null, undefined);
    const text = body.toString();
    const { depth, keys, commas } = outline(text);
    if (depth > DEPTH || keys > KEYS || commas > COMMAS) return done(TOO_MANIFOLD());
    return parseJson(request, text, (error, value: unknown) => {
      // Cheap where no escape could hide one.
      const field = !error && SUSPICIOUS.test(text) ? brokenIn(value, '') : null;
      const refusal = field === null ? error : invalid({ field, ...sentence('broken_text') });
      done(refusal, value);
    });
  });
  // Forms and XML come from gateways only.
  const raw = (
    request: FastifyRequest,
    body: Buffer,
    done: (error: Error | null, body?: Buffer) => void,
  ): void =>
    isWebhook(request.url)
      ? done(isManifold(body) ? TOO_MANIFOLD() : null, body)
      : done(new UnsupportedMediaTypeException());
  for (const type of ['application/x-www-form-urlencoded', 'application/xml', 'text/xml'])
    fastify.addContentTypeParser(type, { parseAs: 'buffer' }, raw);
}

const TOO_MANIFOLD = (): BusinessError => new BusinessError(400, sentence('body_too_manifold'));

/** Whether a notification has more fields, as JSON or as a form, than any gateway's: told before anything is built of it. */
function isManifold(body: Buffer | string): boolean {
  const text = body.toString('latin1');
  const { depth, keys } = outline(text);
  return depth > DEPTH || keys > KEYS || text.split('&', KEYS + 2).length > KEYS + 1;
}

/** Which field holds what neither UTF-8 nor a database takes. Depth and size have been bounded before. */
function brokenIn(value: unknown, path: string): string | null {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0') ? null : path;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, item] of Object.entries(value)) {
    const field = path === '' ? key : `${path}.${key}`;
    const found = brokenIn(key, path) ?? brokenIn(item, field);
    if (found !== null) return found.toWellFormed().slice(0, 64);
  }
  return null;
}
