import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { localTime, parseLocalTime } from '@yajin/core';
import { DueRows } from '@yajin/payment';
import { Clock, Deadlines, dueJobs, invalid, rows } from '@yajin/server';
import { DataSource, Repository } from 'typeorm';
import { DemoOptions } from './demo.options.js';
import { DemoSandbox } from './demo-sandbox.js';
import { SysConfig } from '../system/sys-config.entity.js';

const JUMP_MS = 55_000;
const MAX_STEPS = 2000;

/** Moves business time forward in the demo, doing on the way what falls due, in the order of its dates. */
@Injectable()
export class DemoClock {
  private readonly logger = new Logger(DemoClock.name);
  private jumping: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly db: DataSource,
    @InjectRepository(SysConfig) private readonly config: Repository<SysConfig>,
    private readonly clock: Clock,
    private readonly sandbox: DemoSandbox,
    private readonly due: DueRows,
    private readonly options: DemoOptions,
    private readonly deadlines: Deadlines,
  ) {}

  /** Restores the offset of an earlier run. */
  async restore(): Promise<void> {
    const row = await this.config.findOneBy({ key: 'demo.clockOffsetMs' });
    if (row) await this.set(Number(row.value));
  }

  /** @param to local time, not before now. @throws BusinessError 400 for the past */
  async advance(to: string): Promise<Date> {
    const target = readTarget(to);
    if (target < this.clock.now())
      throw invalid({ field: 'now', message: `演示时钟只能向前拨，现在是 ${localTime(this.clock.now())}` });
    const jump = this.jumping.then(() => this.jump(target, true));
    this.jumping = jump.catch(() => undefined);
    return jump;
  }

  /** @param routine whether what comes round by itself, such as a camp's daily sync, is done on arrival */
  async jump(target: Date, routine: boolean): Promise<Date> {
    const deadline = Date.now() + JUMP_MS;
    for (let step = 0; step < MAX_STEPS && Date.now() < deadline; step += 1) {
      const due = await this.deadlines.next(this.clock.now());
      if (due === null || due >= target) break;
      await this.moveTo(due, false, deadline);
    }
    await this.moveTo(target, routine, deadline);
    return this.clock.now();
  }

  private async moveTo(moment: Date, routine: boolean, deadline: number): Promise<void> {
    await this.set(Math.max(moment.getTime() - Date.now(), this.clock.offset));
    await this.deadlines.run({ routine });
    if (!(await this.settled(deadline)))
      this.logger.warn('the clock has moved; some of what fell due is still being done');
  }

  /** Waits until no job is due. @returns false when that takes until `deadline` (real milliseconds) */
  async settled(deadline: number): Promise<boolean> {
    while (
      !(await this.due.idle()) ||
      (await dueJobs(this.db, [...this.options.jobs])) > 0 ||
      !(await this.due.idle())
    ) {
      if (Date.now() > deadline) return false;
      this.due.wake();
      await sleep(20);
    }
    return true;
  }

  /**
   * The sandbox goes first: when it does not answer, neither clock has moved.
   * @param offsetMs business time minus real time; kept, so that a restart goes on from there
   */
  async set(offsetMs: number): Promise<void> {
    const whole = Math.round(offsetMs);
    if (this.sandbox.present) await this.sandbox.post('/clock', { offsetMs: whole });
    await rows(
      this.db,
      `INSERT INTO sys_config (key, value, updated_at) VALUES ('demo.clockOffsetMs', $1, $2)
       ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at`,
      [String(whole), this.clock.wall()],
    );
    this.clock.setOffset(whole);
  }
}

function readTarget(text: string): Date {
  try {
    return parseLocalTime(text);
  } catch {
    throw invalid({ field: 'now', message: '应为北京时间 yyyy-MM-ddTHH:mm:ss' });
  }
}
