import { Injectable } from '@nestjs/common';
import { localTime } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import { deliverNow, PUT_OFF_BEYOND } from '@yajin/payment';
import { Clock, conditions, Jobs, onlyRow, rows, type JobKind } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, type Actor } from '../system/index.js';
import { JOB_ID, type JobQuery } from './jobs.dto.js';
import { paging } from './present.js';

/** What has become of a line's money and the line has not taken: no job of the table, its own row says when it is due. */
const DELIVERY: JobKind = { name: 'payment.delivery', shows: ['line', 'orderNo'], mayDrop: false };
const MOST_OF_A_TEXT = 1000;
const MOST_NAMES = 100;

interface JobRow {
  id: string;
  name: string;
  told: unknown;
  state: Console.JobState;
  attempts: number;
  max_attempts: number | null;
  error: string | null;
  due_at: Date;
}

interface HeldJob {
  id: number;
  name: string;
  told: unknown;
  attempts: number;
}

/** SQL: of some jobs those that do not run; they are kept from being taken until the transaction ends. */
const HELD = `
  SELECT j.id, t.identifier AS name, j.payload::jsonb AS told, j.attempts::int AS attempts
  FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
  WHERE j.id = ANY($1) AND j.locked_at IS NULL`;

const UNDELIVERED = `CASE WHEN d.delivery_tries > 0 AND d.deliver_at > $1::timestamptz + interval '${PUT_OFF_BEYOND} seconds' THEN 'failed' ELSE 'waiting' END`;

/** SQL: everything in the background. `$1` is real time. A delivery's failure is kept by the alert that it raises after some tries. */
const ALL = `
  SELECT 'job-' || j.id AS id, t.identifier AS name, j.payload::jsonb AS told,
    CASE WHEN j.locked_at IS NOT NULL THEN 'running' WHEN j.attempts >= j.max_attempts THEN 'exhausted' WHEN j.attempts > 0 THEN 'failed'
      ELSE 'waiting' END AS state,
    j.attempts::int AS attempts, j.max_attempts::int AS max_attempts, left(j.last_error, ${MOST_OF_A_TEXT}) AS error, j.run_at AS due_at
  FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
  UNION ALL
  SELECT 'order-' || d.id, '${DELIVERY.name}', jsonb_build_object('line', d.line, 'orderNo', d.order_no), ${UNDELIVERED}, d.delivery_tries, NULL,
    left(a.detail, ${MOST_OF_A_TEXT}), d.deliver_at
  FROM pay_order d LEFT JOIN sys_alert a ON a.key = 'undelivered:pay_order:' || d.id WHERE d.deliver_at IS NOT NULL
  UNION ALL
  SELECT 'refund-' || d.id, '${DELIVERY.name}', jsonb_build_object('line', d.line, 'orderNo', o.order_no), ${UNDELIVERED}, d.delivery_tries, NULL,
    left(a.detail, ${MOST_OF_A_TEXT}), d.deliver_at
  FROM pay_refund d JOIN pay_order o ON o.id = d.order_id LEFT JOIN sys_alert a ON a.key = 'undelivered:pay_refund:' || d.id
  WHERE d.deliver_at IS NOT NULL
  UNION ALL
  SELECT 'transfer-' || d.id, '${DELIVERY.name}', jsonb_build_object('line', d.line), ${UNDELIVERED}, d.delivery_tries, NULL,
    left(a.detail, ${MOST_OF_A_TEXT}), d.deliver_at
  FROM pay_transfer d LEFT JOIN sys_alert a ON a.key = 'undelivered:pay_transfer:' || d.id WHERE d.deliver_at IS NOT NULL`;

/** What is done in the background, and what a person may do about it: have it tried now, or drop it. */
@Injectable()
export class JobsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  /** What has waited longest first. */
  async list(query: JobQuery): Promise<Console.JobPage> {
    const wall = this.clock.wall();
    const { where, parameters } = conditions([
      [`?::timestamptz IS NOT NULL`, wall],
      ['w.state = ?', query.state],
      ['w.name = ?', query.name],
    ]);
    const found = await rows<JobRow>(
      this.db,
      `SELECT w.* FROM (${ALL}) AS w WHERE ${where} ORDER BY w.due_at, w.id LIMIT ${query.pageSize} OFFSET ${(query.page - 1) * query.pageSize}`,
      parameters,
    );
    const { total } = await onlyRow<{ total: number }>(
      this.db,
      `SELECT count(*) AS total FROM (${ALL}) AS w WHERE ${where}`,
      parameters,
    );
    const names = await rows<{ name: string }>(
      this.db,
      `SELECT DISTINCT w.name FROM (${ALL}) AS w WHERE $1::timestamptz IS NOT NULL ORDER BY w.name LIMIT ${MOST_NAMES}`,
      [wall],
    );
    return {
      list: found.map((row) => this.present(row, wall)),
      ...paging(query, total),
      names: names.map(({ name }) => name),
    };
  }

  /** Has jobs that failed tried now, with all their tries before them. What runs, or is due anyway, stays: a second click changes nothing. */
  retry(actor: Actor, ids: string[]): Promise<Console.ChangedJobs> {
    const wall = this.clock.wall();
    return this.change(ids, async (manager) => {
      const found = await rows<HeldJob>(
        manager,
        `${HELD} AND j.attempts > 0 AND (j.attempts >= j.max_attempts OR j.run_at > $2) ORDER BY j.id FOR UPDATE OF j`,
        [numbersOf(ids, 'job'), wall],
      );
      await rows(
        manager,
        'SELECT id FROM graphile_worker.reschedule_jobs($1::bigint[], run_at := $2::timestamptz, attempts := 0)',
        [found.map(({ id }) => id), wall],
      );
      for (const job of found) await this.note(manager, actor, 'job.retry', job);
      return found.length + (await this.deliver(manager, actor, ids, wall));
    });
  }

  /** Drops jobs whose kind may be dropped, and which do not run. */
  drop(actor: Actor, ids: string[], reason: string): Promise<Console.ChangedJobs> {
    const may = this.jobs.kinds.filter(({ mayDrop }) => mayDrop).map(({ name }) => name);
    return this.change(ids, async (manager) => {
      const found = await rows<HeldJob>(
        manager,
        `${HELD} AND t.identifier = ANY($2) ORDER BY j.id FOR UPDATE OF j`,
        [numbersOf(ids, 'job'), may],
      );
      await rows(manager, 'SELECT id FROM graphile_worker.complete_jobs($1::bigint[])', [
        found.map(({ id }) => id),
      ]);
      for (const job of found) await this.note(manager, actor, 'job.drop', job, reason);
      return found.length;
    });
  }

  private async change(
    ids: string[],
    work: (manager: EntityManager) => Promise<number>,
  ): Promise<Console.ChangedJobs> {
    const done = await this.db.transaction(work);
    return { done, left: new Set(ids).size - done };
  }

  private async deliver(manager: EntityManager, actor: Actor, ids: string[], wall: Date): Promise<number> {
    let done = 0;
    for (const what of ['order', 'refund', 'transfer'] as const) {
      for (const id of await deliverNow(manager, what, numbersOf(ids, what), wall)) {
        await this.audit.record(manager, actor, {
          action: 'job.retry',
          target: ['job', `${what}-${id}`],
          after: { job: DELIVERY.name },
        });
        done += 1;
      }
    }
    return done;
  }

  private async note(
    manager: EntityManager,
    actor: Actor,
    action: 'job.retry' | 'job.drop',
    { id, name, told, attempts }: HeldJob,
    reason?: string,
  ): Promise<void> {
    await this.audit.record(manager, actor, {
      action,
      target: ['job', `job-${id}`],
      before: { attempts },
      after: {
        job: name,
        about: this.shown(name, told)
          .map(({ field, value }) => `${field} ${value}`)
          .join(', '),
        ...(reason === undefined ? {} : { reason }),
      },
    });
  }

  private present(row: JobRow, wall: Date): Console.Job {
    const { id, name, state, attempts } = row;
    const kind = this.kindOf(name);
    return {
      id,
      name,
      about: this.shown(name, row.told),
      state,
      attempts,
      maxAttempts: row.max_attempts,
      error: row.error,
      dueAt: localTime(row.due_at),
      canRetry: state === 'exhausted' || (state === 'failed' && row.due_at > wall),
      canDrop: state !== 'running' && (kind?.mayDrop ?? false),
    };
  }

  private kindOf(name: string): JobKind | undefined {
    return name === DELIVERY.name ? DELIVERY : this.jobs.kinds.find((kind) => kind.name === name);
  }

  /** Of what a job is told, what its kind has for everybody. Of a kind that is not known here, nothing. */
  private shown(name: string, told: unknown): Console.JobField[] {
    const values = new Map(Object.entries((told ?? {}) as Record<string, unknown>));
    return (this.kindOf(name)?.shows ?? []).flatMap((field) => {
      const value = values.get(field);
      return typeof value !== 'string' && typeof value !== 'number'
        ? []
        : [{ field, value: String(value).slice(0, MOST_OF_A_TEXT) }];
    });
  }
}

/** Of ids such as `job-12` the numbers of one kind. */
function numbersOf(ids: string[], kind: string): number[] {
  return [...new Set(ids)].flatMap((id) => {
    const [, prefix, number] = JOB_ID.exec(id) ?? [];
    return prefix === kind && Number.isSafeInteger(Number(number)) ? [Number(number)] : [];
  });
}
