import { sentence } from '@yajin/core';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { JwtService } from '@nestjs/jwt';
import { BusinessError, Clock, maybeRow, rows } from '@yajin/server';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { FRESH, FRESH_MINUTES, freshRequired } from './fresh.js';
import { mayDo, PERMISSION, WHILE_PENDING, type Operator, type Pending } from './operator.js';
import { SecurityLog } from './security-log.js';
import { idleHours, pendingOf, SettingsService } from './settings.service.js';

/** Lets in whoever bears a token of a living session and may do what the route asks. */
@Injectable()
export class OperatorGuard implements CanActivate {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly jwt: JwtService,
    private readonly reflector: Reflector,
    private readonly security: SecurityLog,
    private readonly settings: SettingsService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest & { operator?: Operator }>();
    const identified = await this.identify(request.headers.authorization);
    const operator: Operator = { ...identified, ip: request.ip };
    const handler = context.getHandler();
    const { pending } = operator;
    const open = this.reflector.get<Pending[] | undefined>(WHILE_PENDING, handler);
    if (pending && !open?.includes(pending)) throw refusal(pending);
    const permission = this.reflector.getAllAndOverride<string | undefined>(PERMISSION, [
      handler,
      context.getClass(),
    ]);
    if (permission === undefined || !mayDo(operator.role, permission)) {
      const route = `${request.method} ${request.routeOptions.url ?? ''}`;
      this.security.note('auth.denied', operator, { route });
      throw new BusinessError(403);
    }
    if (this.reflector.get<boolean | undefined>(FRESH, handler) && !operator.fresh)
      throw freshRequired(operator);
    request.operator = operator;
    return true;
  }

  private async identify(authorization: string | undefined): Promise<Omit<Operator, 'ip'>> {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    if (!token) throw new BusinessError(401);
    let sessionId: string;
    try {
      sessionId = (await this.jwt.verifyAsync<{ jti: string }>(token)).jti;
    } catch {
      throw new BusinessError(401);
    }
    const now = this.clock.wall();
    const row = await maybeRow<Omit<Operator, 'ip' | 'pending'> & { quiet: boolean; mustChange: boolean }>(
      this.db,
      `SELECT u.id, u.username, u.real_name AS "realName", u.role, s.id AS "sessionId", u.must_change AS "mustChange",
         t.sealed IS NOT NULL AS "secondFactor", s.fresh_at > $3::timestamptz - make_interval(mins => ${FRESH_MINUTES}) AS fresh,
         s.seen_at < $3::timestamptz - interval '1 minute' AS quiet
       FROM sys_session s JOIN sys_user u ON u.id = s.user_id LEFT JOIN sys_totp t ON t.user_id = u.id
       WHERE s.id = $1 AND s.expires_at > $3 AND s.seen_at > $3::timestamptz - make_interval(hours => $2) AND u.status = 'active'`,
      [sessionId, await idleHours(this.settings), now],
    );
    if (!row) throw new BusinessError(401);
    const { quiet, mustChange, ...operator } = row;
    if (quiet) await rows(this.db, 'UPDATE sys_session SET seen_at = $2 WHERE id = $1', [sessionId, now]);
    const { role, secondFactor } = operator;
    return { ...operator, pending: await pendingOf({ mustChange, role, secondFactor }, this.settings) };
  }
}

function refusal(pending: Pending): BusinessError {
  switch (pending) {
    case 'password':
      return new BusinessError(403, sentence('change_password_first'), {
        reason: 'password_change_required',
      });
    case 'totp':
      return new BusinessError(403, sentence('set_up_codes_first'), { reason: 'totp_enrolment_required' });
  }
}
