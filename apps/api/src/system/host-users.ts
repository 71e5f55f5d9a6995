import { createSecretKey } from 'node:crypto';
import {
  createParamDecorator,
  Injectable,
  SetMetadata,
  type CanActivate,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { JwtService } from '@nestjs/jwt';
import { isBlank, isBroken } from '@yajin/core';
import { BusinessError } from '@yajin/server';
import type { FastifyRequest } from 'fastify';

/** No token of a platform's is good for longer: what is stolen or signed by mistake ends by itself. */
const MAX_SECONDS = 24 * 3600;
const MAX_SUB = 64;

/** Somebody of the platform around a small line, as that platform's token says. */
export interface HostUser {
  /** The platform's id of the person: the token's `sub`. */
  id: string;
  /** `admin` reviews and sees what is others'; everybody else sees their own. */
  role: string;
}

/** The audience that names a line, and the key that it shares with its platform. */
export class HostOptions {
  constructor(
    readonly line: string,
    readonly key: string,
  ) {}
}

/** Reads the tokens of the platform around a line. */
@Injectable()
export class HostTokens {
  private readonly jwt: JwtService;

  constructor(private readonly options: HostOptions) {
    this.jwt = new JwtService({ secret: createSecretKey(options.key, 'utf8') });
  }

  /** @throws BusinessError 401 for a token of another line or algorithm, one that never ends, one that has ended, or that ends in more than a day */
  async read(authorization: string | undefined): Promise<HostUser> {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    if (!token) throw new BusinessError(401);
    const claims = await this.jwt
      .verifyAsync<Record<string, unknown>>(token, {
        algorithms: ['HS256'],
        audience: this.options.line,
      })
      .catch(() => null);
    const { sub, role, exp } = claims ?? {};
    if (typeof sub !== 'string' || typeof role !== 'string' || typeof exp !== 'number')
      throw new BusinessError(401);
    if (isBlank(sub) || isBroken(sub) || sub.length > MAX_SUB || exp > Date.now() / 1000 + MAX_SECONDS)
      throw new BusinessError(401);
    return { id: sub, role };
  }
}

const ROLE = 'yajin:host-role';

/** Only people of this role; without it whoever has a token of the line. */
export function HostRole(role: string): CustomDecorator {
  return SetMetadata(ROLE, role);
}

/** Lets in the users of the platform around a line; its module provides HostTokens and HostOptions. */
@Injectable()
export class HostGuard implements CanActivate {
  constructor(
    private readonly tokens: HostTokens,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest & { hostUser?: HostUser }>();
    const user = await this.tokens.read(request.headers.authorization);
    const role = this.reflector.get<string | undefined>(ROLE, context.getHandler());
    if (role && user.role !== role) throw new BusinessError(403);
    request.hostUser = user;
    return true;
  }
}

export const CurrentHostUser = createParamDecorator((_: unknown, context: ExecutionContext): HostUser => {
  const { hostUser } = context.switchToHttp().getRequest<{ hostUser?: HostUser }>();
  if (!hostUser) throw new Error('the route has no HostGuard');
  return hostUser;
});
