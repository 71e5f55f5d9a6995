import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Throttle, ThrottlerGuard } from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BusinessError } from '../business-error.js';
import { networkOf } from './address.js';

/** 10 calls a minute per network *and route*; one more is 429 with `Retry-After`. What counts them is the application's. */
@Injectable()
export class Throttled extends ThrottlerGuard {
  protected override getTracker(request: FastifyRequest): Promise<string> {
    return Promise.resolve(networkOf(request.ip));
  }

  protected override generateKey(context: ExecutionContext, network: string): string {
    return routeKey(context, network);
  }

  /** The contracts say when to come back, and nothing of what is left. */
  protected override setResponseHeader(reply: FastifyReply, name: string, value: number): void {
    if (name === 'Retry-After') void reply.header(name, value);
  }

  protected override throwThrottlingException(): Promise<void> {
    return Promise.reject(new BusinessError(429));
  }
}

function routeKey(context: ExecutionContext, network: string): string {
  const { method, routeOptions } = context.switchToHttp().getRequest<FastifyRequest>();
  return `${network} ${method} ${routeOptions.url ?? ''}`;
}

/** Counts a `Throttled` route per network and *what the path names*: those behind one address do not wait for each other. */
export function ThrottledById(): MethodDecorator {
  return Throttle({
    default: {
      generateKey: (context, network) => {
        const { params } = context.switchToHttp().getRequest<FastifyRequest>();
        return `${routeKey(context, network)} ${JSON.stringify(params).slice(0, 100)}`;
      },
    },
  });
}
