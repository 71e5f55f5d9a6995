import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sentence } from '@yajin/core';
import { Clock, Jobs, onlyRow, rows } from '@yajin/server';
import { DataSource } from 'typeorm';
import { MOST_COUNTED, Retention } from './retention.js';
import { SettingsService } from './settings.service.js';

/** SQL: images that were put in before `$1` and that none of `$2` names. */
const UNUSED = 'sys_upload WHERE created_at < $1 AND name <> ALL($2::text[])';
/** SQL: jobs of the kinds `$2` that have used up their tries before `$1`. */
const EXHAUSTED = `graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
  WHERE j.attempts >= j.max_attempts AND j.locked_at IS NULL AND j.run_at < $1 AND t.identifier = ANY($2)`;

/** Lets go what nobody needs of what the system keeps for others: images, and jobs that came to nothing. */
@Injectable()
export class SystemRetention implements OnModuleInit {
  private readonly naming: (() => Promise<string[]>)[] = [];

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly settings: SettingsService,
    private readonly jobs: Jobs,
    private readonly retention: Retention,
  ) {}

  onModuleInit(): void {
    this.retention.register({
      name: 'system.jobs',
      said: (last, total) => sentence('cleared_jobs', last, total),
      work: (most) => this.exhausted(most),
      waiting: () => this.exhaustedLeft(),
    });
    this.retention.register({
      name: 'system.images',
      said: (last, total) => sentence('cleared_images', last, total),
      work: (most) => this.images(most),
      waiting: () => this.imagesLeft(),
    });
  }

  /** @param names finds the names of all the images that something of a line shows, or has shown; until somebody does, all stay */
  imagesNamedBy(names: () => Promise<string[]>): void {
    this.naming.push(names);
  }

  private async images(most: number): Promise<number> {
    const [before, named] = await this.ofImages();
    if (named === null) return 0;
    const gone = await rows(
      this.db,
      `DELETE FROM sys_upload WHERE name IN (SELECT name FROM ${UNUSED} ORDER BY created_at LIMIT $3 FOR UPDATE SKIP LOCKED) RETURNING name`,
      [before, named, most],
    );
    return gone.length;
  }

  private async imagesLeft(): Promise<number> {
    const [before, named] = await this.ofImages();
    if (named === null) return 0;
    const { left } = await onlyRow<{ left: number }>(
      this.db,
      `SELECT count(*) AS left FROM (SELECT FROM ${UNUSED} LIMIT ${MOST_COUNTED}) AS due`,
      [before, named],
    );
    return left;
  }

  private async ofImages(): Promise<[Date, string[] | null]> {
    const before = await this.settings.keptSince('retention.uploadDays', this.clock.now());
    const named = await Promise.all(this.naming.map((names) => names()));
    return [before, named.length === 0 ? null : named.flat()];
  }

  /** What may not be dropped waits for a person, however old it is. */
  private exhausted(most: number): Promise<number> {
    return this.db.transaction(async (manager) => {
      const found = await rows<{ id: number }>(
        manager,
        `SELECT j.id FROM ${EXHAUSTED} ORDER BY j.run_at LIMIT $3 FOR UPDATE OF j SKIP LOCKED`,
        [...(await this.ofJobs()), most],
      );
      await rows(manager, 'SELECT id FROM graphile_worker.complete_jobs($1::bigint[])', [
        found.map(({ id }) => id),
      ]);
      return found.length;
    });
  }

  private async exhaustedLeft(): Promise<number> {
    const { left } = await onlyRow<{ left: number }>(
      this.db,
      `SELECT count(*) AS left FROM (SELECT FROM ${EXHAUSTED} LIMIT ${MOST_COUNTED}) AS due`,
      await this.ofJobs(),
    );
    return left;
  }

  /** Jobs go by the time of their machine. */
  private async ofJobs(): Promise<[Date, string[]]> {
    const before = await this.settings.keptSince('retention.jobDays', this.clock.wall());
    return [before, this.jobs.kinds.filter(({ mayDrop }) => mayDrop).map(({ name }) => name)];
  }
}
