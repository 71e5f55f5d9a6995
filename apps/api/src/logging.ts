import type { Params } from 'nestjs-pino';
import type { Env } from './env.js';

/**
 * One JSON line an event, fit to be shipped. A request line names the method, the path without its query,
 * the status and the time taken: queries, headers and bodies can carry tickets, openids and keys.
 */
export function loggerOptions(env: Pick<Env, 'logLevel'>): Params {
  return {
    // The library's own pattern for all routes matches none here.
    forRoutes: ['*splat'],
    pinoHttp: {
      level: env.logLevel,
      quietReqLogger: true,
      customLogLevel: (request, response, error) => {
        // A probe that is told "not yet" has its answer; that is no failure of ours.
        if (request.url?.startsWith('/health/')) return 'silent';
        if (error || response.statusCode >= 500) return 'error';
        return response.statusCode >= 400 ? 'info' : 'debug';
      },
      serializers: {
        req: (request: { method: string; url: string }) => ({
          method: request.method,
          path: request.url.split('?')[0],
        }),
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      },
      redact: ['req.headers', 'res.headers'],
    },
  };
}
