import { Readable } from 'node:stream';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { localTime } from '@yajin/core';
import { BusinessError, Clock, Jobs, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource, Repository } from 'typeorm';
import { Audit, type Operator } from '../../../system/index.js';
import { SYNC_TASK } from '../camp.jobs.js';
import { failReason } from './planet-words.js';
import { SyncFailure, SyncService } from './sync.service.js';
import { CampSyncTask } from './camp-sync-task.entity.js';
import type { CampSyncTaskCamp } from './camp-sync-task-camp.entity.js';

/** How often a stream looks for news, and how often it says something at least (real time). */
const LOOK_MS = 300;
const SILENCE_MS = 15_000;
/** A camp that is being synced by somebody else gets its turn this much later. */
const BUSY_SECONDS = 5;

/** SQL: enqueues the sync of a task's camp `c`. */
const addJob = (runAt?: string): string =>
  SYNC_TASK.add(
    { taskId: 'c.task_id', campId: 'c.camp_id' },
    { key: `'camp.syncTask:' || c.task_id || ':' || c.camp_id`, runAt },
  );

type TaskCampRow = Row<CampSyncTaskCamp> & { camp_name: string };

/** Syncing every running camp at an operator's wish. Where it stands is in the database, for any replica to tell. */
@Injectable()
export class SyncTaskService implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(SyncTaskService.name);
  private stopping = false;

  constructor(
    private readonly db: DataSource,
    @InjectRepository(CampSyncTask) private readonly tasks: Repository<CampSyncTask>,
    private readonly clock: Clock,
    private readonly sync: SyncService,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register(SYNC_TASK, ({ taskId, campId }) => this.run(taskId, campId));
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  /** @throws BusinessError 1201 while another task runs */
  async start(operator: Operator): Promise<Camp.StartedSync> {
    const now = this.clock.now();
    const taskId = `sync_${Date.now()}`;
    return this.db.transaction(async (manager) => {
      const started = await maybeRow<{ camps: number }>(
        manager,
        `WITH task AS (
           INSERT INTO camp_sync_task (id, started_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id AS task_id
         ), c AS (
           INSERT INTO camp_sync_task_camp (task_id, camp_id)
           SELECT task_id, camp.id FROM task, camp WHERE camp.status = 'ongoing' AND camp.deleted_at IS NULL
           RETURNING task_id, camp_id
         ), jobs AS (SELECT ${addJob()} FROM c)
         SELECT (SELECT count(*) FROM jobs) AS camps FROM task`,
        [taskId, now],
      );
      if (!started) throw new BusinessError(1201);
      if (started.camps === 0) {
        await rows(manager, 'UPDATE camp_sync_task SET ended_at = $2 WHERE id = $1', [taskId, now]);
      }
      await this.audit.record(manager, operator, {
        action: 'checkin.sync_all',
        after: { taskId, campCount: started.camps },
      });
      return { taskId, campCount: started.camps, status: 'processing', startTime: localTime(now) };
    });
  }

  /** The last ten, newest first. */
  async latest(): Promise<Camp.SyncTaskList> {
    const tasks = await rows<Row<CampSyncTask, 'id'>>(
      this.db,
      'SELECT id FROM camp_sync_task ORDER BY ended_at IS NULL DESC, started_at DESC, id DESC LIMIT 10',
    );
    return { list: await Promise.all(tasks.map(({ id }) => this.find(id))) };
  }

  /** @throws BusinessError 404 */
  async find(taskId: string): Promise<Camp.SyncTask> {
    const task = await this.tasks.findOneBy({ id: taskId });
    if (!task) throw new BusinessError(404);
    const camps = await rows<TaskCampRow>(
      this.db,
      `SELECT t.*, c.name AS camp_name FROM camp_sync_task_camp t JOIN camp c ON c.id = t.camp_id WHERE t.task_id = $1 ORDER BY t.camp_id`,
      [taskId],
    );
    const finished = camps.filter(({ status }) => status === 'completed' || status === 'failed');
    const failed = camps.filter(({ status }) => status === 'failed');
    return {
      taskId,
      status:
        task.endedAt === null
          ? 'processing'
          : camps.length > 0 && failed.length === camps.length
            ? 'failed'
            : 'completed',
      campCount: camps.length,
      finishedCount: finished.length,
      startTime: localTime(task.startedAt),
      endTime: task.endedAt && localTime(task.endedAt),
      camps: camps.map((row) => ({
        campId: row.camp_id,
        campName: row.camp_name,
        status: row.status,
        newCheckins: row.new_checkins,
        updatedMembers: row.updated_members,
        failCode: row.fail_code,
        ...failReason(row.fail_reason),
      })),
    };
  }

  /** A `progress` event at each change, until the task has ended. @throws BusinessError 404 before it begins */
  async events(taskId: string): Promise<Readable> {
    return Readable.from(this.changes(taskId, await this.find(taskId)));
  }

  private async *changes(taskId: string, first: Camp.SyncTask): AsyncGenerator<string> {
    let shown = '';
    let said = Date.now();
    for (let task = first; !this.stopping; task = await this.find(taskId)) {
      const now = JSON.stringify(task);
      if (now !== shown) yield `event: progress\ndata: ${now}\n\n`;
      else if (Date.now() - said > SILENCE_MS) yield ': still at it\n\n';
      if (now !== shown || Date.now() - said > SILENCE_MS) said = Date.now();
      shown = now;
      if (task.endTime !== null) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  /** The job of one camp of a task. */
  async run(taskId: string, campId: number): Promise<void> {
    const begun = await this.move(taskId, campId, { status: 'processing' });
    if (!begun) return;
    try {
      const { newCheckins, updatedMembers } = await this.sync.sync(campId);
      await this.move(taskId, campId, { status: 'completed', newCheckins, updatedMembers });
    } catch (error) {
      if (error instanceof BusinessError && error.code === 1201) return this.later(taskId, campId);
      const known = error instanceof SyncFailure;
      if (!known) this.logger.error(`sync of camp ${campId} in ${taskId} failed: ${String(error)}`);
      const why = known ? { failCode: error.code, failReason: error.words } : { failCode: 500 };
      await this.move(taskId, campId, { status: 'failed', ...why });
    }
    await this.close();
  }

  /** Closes tasks with nothing left to do. What lost its job, to a crash repeated, counts as failed. */
  async close(): Promise<void> {
    await rows(
      this.db,
      `UPDATE camp_sync_task_camp c SET status = 'failed', fail_code = 500 FROM camp_sync_task t
       WHERE t.id = c.task_id AND t.ended_at IS NULL AND c.status IN ('waiting', 'processing')
         AND NOT EXISTS (SELECT FROM graphile_worker.jobs j WHERE j.key = 'camp.syncTask:' || c.task_id || ':' || c.camp_id
                         AND (j.attempts < j.max_attempts OR j.locked_at IS NOT NULL))`,
    );
    await rows(
      this.db,
      `UPDATE camp_sync_task t SET ended_at = $1 WHERE t.ended_at IS NULL
         AND NOT EXISTS (SELECT FROM camp_sync_task_camp c WHERE c.task_id = t.id AND c.status IN ('waiting', 'processing'))`,
      [this.clock.now()],
    );
  }

  private async later(taskId: string, campId: number): Promise<void> {
    await onlyRow(
      this.db,
      `WITH c AS (
         UPDATE camp_sync_task_camp SET status = 'waiting' WHERE task_id = $1 AND camp_id = $2 RETURNING task_id, camp_id
       ) SELECT ${addJob('$4::timestamptz + make_interval(secs => $3)')} FROM c`,
      [taskId, campId, BUSY_SECONDS, this.clock.wall()],
    );
  }

  /** @returns false when it had ended already */
  private async move(
    taskId: string,
    campId: number,
    to: {
      status: TaskCampRow['status'];
      newCheckins?: number;
      updatedMembers?: number;
      failCode?: number;
      failReason?: string;
    },
  ): Promise<boolean> {
    const moved = await rows(
      this.db,
      `UPDATE camp_sync_task_camp SET status = $3, new_checkins = $4, updated_members = $5, fail_code = $6, fail_reason = $7
       WHERE task_id = $1 AND camp_id = $2 AND status IN ('waiting', 'processing') RETURNING 1`,
      [
        taskId,
        campId,
        to.status,
        to.newCheckins ?? 0,
        to.updatedMembers ?? 0,
        to.failCode ?? null,
        to.failReason ?? null,
      ],
    );
    return moved.length > 0;
  }
}
