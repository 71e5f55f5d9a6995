import { currentTrace } from '@yajin/server';
import type { Params } from 'nestjs-pino';
import { destination } from 'pino';
import type { Env } from './env.js';

/** Bytes of lines that are kept while they cannot be written; what comes on top is lost. */
const MOST_WAITING = 1_000_000;

/**
 * One JSON line an event, fit to be shipped, with the id of the request that it is of. Requests have one line each, by `followRequests`:
 * queries, headers and bodies can carry tickets, openids and keys.
 */
export function loggerOptions({ logLevel: level }: Pick<Env, 'logLevel'>): Params {
  const options = { level, autoLogging: false, quietReqLogger: true, mixin: () => ({ ...currentTrace() }) };
  // Requests are followed by ourselves.
  return { forRoutes: [], pinoHttp: [options, standardOutput()] };
}

/** A disk that is full, or a reader that has gone, takes the log away and nothing else: money goes on. */
function standardOutput(): ReturnType<typeof destination> {
  const stream = destination({ dest: 1, sync: true, maxLength: MOST_WAITING });
  return stream.on('error', () => undefined);
}
