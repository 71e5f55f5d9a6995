import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { sentence } from '@yajin/core';
import { Clock, onlyRow, rows } from '@yajin/server';
import { DataSource } from 'typeorm';
import { OBJECT_STORE } from './image-bytes.js';
import type { ObjectStore } from './object-store.js';
import { MOST_COUNTED, Retention } from './retention.js';

/** Whoever puts an object names it within minutes, or not at all. */
const NAMED_WITHIN_MS = 3_600_000;
/** A backup of so many days ago finds in the store what it names. */
const KEPT_DAYS = 30;

/** SQL: objects that no image names. */
const FREE = `sys_upload_object o WHERE NOT EXISTS (SELECT FROM sys_upload u WHERE u.object = o.key)`;
/** SQL: those whose time is over at `$1`, the moment from which objects are kept, and those whose deletion broke off. */
const DUE = `(removing OR free_since < $1)`;

/** Deletes objects that no image has named for thirty days, in the store first and their rows last. */
@Injectable()
export class ObjectRetention implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly retention: Retention,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore | null,
  ) {}

  onModuleInit(): void {
    this.retention.register({
      name: 'system.objects',
      said: (last, total) => sentence('cleared_objects', last, total),
      work: (most) => this.run(most),
      waiting: () => this.left(),
    });
  }

  /** @returns how many objects it deleted, at most so many */
  async run(most: number): Promise<number> {
    if (!this.store) return 0;
    await this.noteFree();
    const keys = await this.claim(most);
    for (const key of keys) {
      await this.store.delete(key);
      await rows(this.db, 'DELETE FROM sys_upload_object WHERE key = $1 AND removing RETURNING key', [key]);
    }
    return keys.length;
  }

  /** From now on their days count. Whoever puts one again ends that. */
  private async noteFree(): Promise<void> {
    const now = this.clock.wall();
    await rows(
      this.db,
      `UPDATE sys_upload_object SET free_since = $1 WHERE key IN (
         SELECT key FROM ${FREE} AND free_since IS NULL AND put_at < $2 LIMIT ${MOST_COUNTED} FOR UPDATE SKIP LOCKED) RETURNING key`,
      [now, new Date(now.getTime() - NAMED_WITHIN_MS)],
    );
  }

  /** From then on nobody names them any more. Looked at again once they are locked: who held one may just have named it. */
  private claim(most: number): Promise<string[]> {
    return this.db.transaction(async (manager) => {
      const locked = await rows<{ key: string }>(
        manager,
        `SELECT key FROM ${FREE} AND ${DUE} ORDER BY put_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [this.keptSince(), most],
      );
      const claimed = await rows<{ key: string }>(
        manager,
        `UPDATE sys_upload_object SET removing = true
         WHERE key IN (SELECT key FROM ${FREE} AND ${DUE} AND o.key = ANY($2)) RETURNING key`,
        [this.keptSince(), locked.map(({ key }) => key)],
      );
      return claimed.map(({ key }) => key);
    });
  }

  private async left(): Promise<number> {
    // Of a store that was given up nothing is left to do.
    if (!this.store) return 0;
    const { left } = await onlyRow<{ left: number }>(
      this.db,
      `SELECT count(*) AS left FROM (SELECT FROM ${FREE} AND ${DUE} LIMIT ${MOST_COUNTED}) AS due`,
      [this.keptSince()],
    );
    return left;
  }

  private keptSince(): Date {
    return new Date(this.clock.wall().getTime() - KEPT_DAYS * 86_400_000);
  }
}
