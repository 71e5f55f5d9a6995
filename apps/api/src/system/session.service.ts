import { Injectable } from '@nestjs/common';
import { localTime } from '@yajin/core';
import { BusinessError, Clock, rows, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { Audit } from './audit.service.js';
import { deviceOf } from './device.rules.js';
import type { Operator } from './operator.js';
import { idleHours, SettingsService } from './settings.service.js';
import type { SysSession } from './sys-session.entity.js';

/** So many are listed; nobody has more places to be logged in at. */
const MOST = 100;

/** Where an operator is logged in, for themselves. */
@Injectable()
export class SessionService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly settings: SettingsService,
  ) {}

  /** Those that still open something, the last used first. */
  async list(operator: Operator): Promise<Camp.SessionList> {
    const found = await rows<Row<SysSession>>(
      this.db,
      `SELECT * FROM sys_session WHERE user_id = $1 AND expires_at > $3 AND seen_at > $3::timestamptz - make_interval(hours => $2)
       ORDER BY seen_at DESC, created_at DESC LIMIT ${MOST}`,
      [operator.id, await idleHours(this.settings), this.clock.wall()],
    );
    const list = found.map((row) => ({
      id: row.id,
      current: row.id === operator.sessionId,
      device: deviceOf(row.user_agent),
      ip: row.ip,
      createdAt: localTime(row.created_at),
      lastSeenAt: localTime(row.seen_at),
    }));
    return { list };
  }

  /** @throws BusinessError 404 for one that is not the operator's */
  async end(operator: Operator, sessionId: string): Promise<void> {
    const ended = await this.delete(operator, 'id = $2', sessionId);
    if (ended === 0) throw new BusinessError(404);
  }

  /** All but the one that asks. */
  async endOthers(operator: Operator): Promise<Camp.EndedSessions> {
    return { ended: await this.delete(operator, 'id <> $2', operator.sessionId) };
  }

  private delete(operator: Operator, which: string, sessionId: string): Promise<number> {
    return this.db.transaction(async (manager) => {
      const ended = await rows(
        manager,
        `DELETE FROM sys_session WHERE user_id = $1 AND ${which} RETURNING id`,
        [operator.id, sessionId],
      );
      if (ended.length > 0)
        await this.audit.record(manager, operator, {
          action: 'auth.sessions_end',
          target: ['user', operator.id],
          after: { ended: ended.length },
        });
      return ended.length;
    });
  }
}
