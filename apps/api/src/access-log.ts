import { Logger } from '@nestjs/common';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { traced, traceIdOf, type Trace } from '@yajin/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Operator } from './system/index.js';

/** Probes ask every few seconds, and are told "not yet" as an answer. */
const PROBES = ['/health/', '/metrics'];

/**
 * Follows each request by one id: that of the proxy or a new one, in every line of the log, in what it makes due, and back to the caller.
 * One line when it is answered.
 */
export function followRequests(adapter: FastifyAdapter): void {
  const logger = new Logger('Access');
  const traces = new WeakMap<FastifyRequest, Trace>();
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    const trace = { traceId: traceIdOf(request.headers) };
    traces.set(request, trace);
    void reply.header('x-request-id', trace.traceId);
    traced(trace, done);
  });
  // Bodies arrive by events of the socket, which belongs to many requests.
  fastify.addHook('preValidation', (request, _reply, done) => traced(traces.get(request) ?? null, done));
  fastify.addHook('onResponse', (request, reply, done) =>
    traced(traces.get(request) ?? null, () => {
      say(logger, request, reply);
      done();
    }),
  );
}

/** The route as it is declared, neither the address nor anything that was sent: these hold tickets, openids and names. */
function say(logger: Logger, request: FastifyRequest & { operator?: Operator }, reply: FastifyReply): void {
  const { routeOptions, method, operator, ip } = request;
  const route = routeOptions.url ?? 'unknown';
  if (PROBES.some((probe) => route.startsWith(probe))) return;
  const line = {
    ...{ msg: 'request', method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
    ...(operator && { operator: operator.id }),
    address: ip,
  };
  if (reply.statusCode === 503) logger.warn(line);
  else if (reply.statusCode >= 500) logger.error(line);
  else logger.log(line);
}
