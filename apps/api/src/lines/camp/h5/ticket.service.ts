import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BusinessError, Cache, Clock, maybeRow, rows, type Database, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import type { CampTicket } from './camp-ticket.entity.js';

/** Real time, counted from issue and again from the verified payment. */
const LIFE_SECONDS = 7 * 86_400;

/**
 * Access tickets: whoever holds one reads one order. 122 random bits, stored as a hash only. Redis,
 * where there is one, remembers for a minute which order a ticket opens.
 */
@Injectable()
export class TicketService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly cache: Cache,
  ) {}

  /** @returns null for an order that was erased: it opens for nobody any more */
  async issue(db: Database, orderId: number): Promise<{ token: string; expiresAt: Date } | null> {
    const token = `tk_${randomUUID()}`;
    const now = this.clock.wall();
    const expiresAt = new Date(now.getTime() + LIFE_SECONDS * 1000);
    // Locked: at the same moment either erasing finds the ticket, or this finds the order erased. That the ticket refers to the kernel's
    // order waits for nobody: erasing holds that row as one whose key stays.
    const issued = await maybeRow(
      db,
      `WITH stale AS (DELETE FROM camp_ticket WHERE expires_at < $4::timestamptz - interval '1 day'),
         held AS (SELECT order_id FROM camp_order WHERE order_id = $2 AND erased_at IS NULL FOR SHARE)
       INSERT INTO camp_ticket (token_hash, order_id, expires_at) SELECT $1, order_id, $3 FROM held RETURNING 1`,
      [digest(token), orderId, expiresAt, now],
    );
    return issued ? { token, expiresAt } : null;
  }

  /** The verified payment opens an order's tickets for their full life. */
  async prolong(db: Database, orderId: number): Promise<void> {
    await rows(
      db,
      'UPDATE camp_ticket SET expires_at = $3::timestamptz + make_interval(secs => $2) WHERE order_id = $1',
      [orderId, LIFE_SECONDS, this.clock.wall()],
    );
  }

  /** The order a ticket opens. @throws BusinessError 401 when it opens none */
  async orderOf(token: string | undefined): Promise<number> {
    const order = await this.find(token);
    if (order === null) throw new BusinessError(401);
    return order;
  }

  /** @returns null for a ticket that opens nothing, or none at all */
  async find(token: string | undefined): Promise<number | null> {
    if (!token || !/^tk_[0-9a-f-]{36}$/.test(token)) return null;
    const key = `access_token:${digest(token).toString('base64url')}`;
    const cached = await this.cache.get(key);
    if (cached) return Number(cached);
    const row = await maybeRow<Row<CampTicket, 'orderId'> & { seconds: number }>(
      this.db,
      `SELECT order_id, extract(epoch FROM expires_at - $2::timestamptz)::int AS seconds FROM camp_ticket
       WHERE token_hash = $1 AND expires_at > $2`,
      [digest(token), this.clock.wall()],
    );
    if (!row) return null;
    await this.cache.set(key, String(row.order_id), Math.max(1, Math.min(row.seconds, 60)));
    return row.order_id;
  }
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
