import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { sentence } from '@yajin/core';
import { Clock, onlyRow, rows, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import { OBJECT_STORE } from './image-bytes.js';
import { StoreError, type ObjectStore } from './object-store.js';
import { MOST_COUNTED, Retention } from './retention.js';
import type { SysUploadObject } from './sys-upload-object.entity.js';

/** Whoever puts an object names it within minutes, or not at all. */
const NAMED_WITHIN_MS = 3_600_000;
/** A backup of so many days ago finds in the store what it names. */
const KEPT_DAYS = 30;
/** After each failure twice as long until the next try: that night, the next one, and so on to a month. */
const FIRST_PAUSE_MS = 12 * 3_600_000;
const LONGEST_PAUSE_MS = 30 * 86_400_000;
/** It is the store then. */
const MOST_FAILURES_ON_END = 5;

/** SQL: objects that no image names. */
const FREE = `sys_upload_object o WHERE NOT EXISTS (SELECT FROM sys_upload u WHERE u.object = o.key)`;
/** SQL: those whose time is over at `$1`, the moment from which objects are kept, and those whose deletion broke off. */
const DUE = `(removing OR free_since < $1)`;
/** SQL: not to be left for now, at `$2`. */
const MAY_BE_TRIED = `(try_at IS NULL OR try_at <= $2)`;

type Claimed = Row<SysUploadObject, 'key' | 'tries'>;

/** Deletes objects that no image has named for thirty days, in the store first and their rows last. */
@Injectable()
export class ObjectRetention implements OnModuleInit {
  private readonly logger = new Logger(ObjectRetention.name);

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
      failing: () => this.failing(),
    });
  }

  /**
   * What the store does not delete is left for a while, and then comes last.
   * @returns how many objects it deleted, at most so many
   * @throws StoreError when nothing goes any more
   */
  async run(most: number): Promise<number> {
    if (!this.store) return 0;
    await this.noteFree();
    let deleted = 0;
    let failedOnEnd = 0;
    for (;;) {
      const claimed = await this.claim(most - deleted);
      if (claimed.length === 0) return deleted;
      for (const object of claimed) {
        const failure = await this.remove(this.store, object);
        failedOnEnd = failure ? failedOnEnd + 1 : 0;
        if (failure && failedOnEnd === MOST_FAILURES_ON_END) throw failure;
        if (!failure) deleted += 1;
      }
      if (deleted === most) return deleted;
    }
  }

  /** @returns why it is still there, or null */
  private async remove(store: ObjectStore, { key, tries }: Claimed): Promise<StoreError | null> {
    try {
      await store.delete(key);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      const at = new Date(
        this.clock.wall().getTime() + Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS),
      );
      await rows(
        this.db,
        'UPDATE sys_upload_object SET tries = $2, try_at = $3 WHERE key = $1 RETURNING key',
        [key, tries + 1, at],
      );
      this.logger.warn(
        `${key} could not be deleted, for the ${tries + 1}. time, and is left until ${at.toISOString()}: ${error.code}, ${error.message}`,
      );
      return error;
    }
    await rows(this.db, 'DELETE FROM sys_upload_object WHERE key = $1 AND removing RETURNING key', [key]);
    return null;
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
  private claim(most: number): Promise<Claimed[]> {
    const now = this.clock.wall();
    return this.db.transaction(async (manager) => {
      const locked = await rows<Claimed>(
        manager,
        `SELECT key, tries FROM ${FREE} AND ${DUE} AND ${MAY_BE_TRIED} ORDER BY tries, put_at LIMIT $3 FOR UPDATE SKIP LOCKED`,
        [this.keptSince(), now, most],
      );
      const claimed = await rows<{ key: string }>(
        manager,
        `UPDATE sys_upload_object SET removing = true
         WHERE key IN (SELECT key FROM ${FREE} AND ${DUE} AND o.key = ANY($2)) RETURNING key`,
        [this.keptSince(), locked.map(({ key }) => key)],
      );
      const keys = new Set(claimed.map(({ key }) => key));
      return locked.filter(({ key }) => keys.has(key));
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

  private async failing(): Promise<number> {
    if (!this.store) return 0;
    const { failing } = await onlyRow<{ failing: number }>(
      this.db,
      'SELECT count(*) AS failing FROM sys_upload_object WHERE removing AND tries > 0',
    );
    return failing;
  }

  private keptSince(): Date {
    return new Date(this.clock.wall().getTime() - KEPT_DAYS * 86_400_000);
  }
}
