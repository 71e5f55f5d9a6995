import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock, onlyRow, rows } from '@yajin/server';
import { PinoLogger } from 'nestjs-pino';
import { DataSource, Repository } from 'typeorm';
import { AuthService } from '../system/index.js';
import { DemoClock } from './demo-clock.js';
import { DemoOptions } from './demo.options.js';
import { DemoSandbox } from './demo-sandbox.js';
import { SysConfig } from '../system/sys-config.entity.js';

const TIMEOUT_MS = 5_000;

/** Their passwords are as well known as the admin's; the demo only listens to this machine. */
const OPERATORS = [
  { username: 'manager1', password: 'manager123', realName: '张敏', role: 'manager' },
  { username: 'coach1', password: 'coach123', realName: '李航', role: 'coach' },
  { username: 'coach2', password: 'coach123', realName: '王悦', role: 'coach' },
  { username: 'volunteer1', password: 'volunteer123', realName: '陈晨', role: 'volunteer' },
  { username: 'finance1', password: 'finance123', realName: '周颖', role: 'finance' },
] as const;

/** A past that a line has lived through, told by playing it. */
export interface Story {
  /** The moment before anything happens, given the real `now`. */
  beginning(now: Date): Date;
  /** @param staff user ids by username. @returns how much of it was played: camps */
  play(now: Date, staff: Map<string, number>): Promise<number>;
}

/** What another line adds to the story, shortly before now. */
export interface Chapter {
  events(now: Date): { at: Date; happen: () => Promise<void> }[];
}

/**
 * Fills an empty database with a history that was lived: the clock goes back a year, camps are played through the
 * real services and the sandbox, and the clock comes back. A mark in sys_config says how far that got.
 */
@Injectable()
export class DemoData {
  private readonly logger = new Logger(DemoData.name);
  private story: Story | null = null;
  private readonly chapters: Chapter[] = [];

  constructor(
    private readonly db: DataSource,
    @InjectRepository(SysConfig) private readonly config: Repository<SysConfig>,
    private readonly clock: Clock,
    private readonly auth: AuthService,
    private readonly time: DemoClock,
    private readonly sandbox: DemoSandbox,
    private readonly options: DemoOptions,
  ) {}

  register(story: Story): void {
    if (this.story) throw new Error('there is one story: the next one would have to begin where it ends');
    this.story = story;
  }

  tell(chapter: Chapter): void {
    this.chapters.push(chapter);
  }

  /** What all lines add to the story. */
  added(now: Date): { at: Date; happen: () => Promise<void> }[] {
    return this.chapters.flatMap((chapter) => chapter.events(now));
  }

  /**
   * Throws away what a broken-off fill left. The ledger lets nothing be deleted, so all tables are made anew; jobs
   * must not have been started yet.
   */
  async discardUnfinished(): Promise<void> {
    if ((await this.mark()) !== 'filling') return;
    this.logger.warn('the sample data was not finished: starting over');
    await this.options.startOver();
  }

  /** Does nothing unless the database is empty. Jobs must run, and the API must listen for notifications. */
  async ensure(): Promise<void> {
    const { story } = this;
    if (!story || (await this.mark()) !== null || !(await this.empty())) return;
    if (!this.sandbox.present) return this.logger.warn('no sample data: SANDBOX_URL is not set');
    if (!(await this.reachable())) {
      return this.logger.warn(
        `no sample data: ${this.options.publicUrl} (PUBLIC_URL) does not lead here, so notifications would not arrive`,
      );
    }
    const began = Date.now();
    const camps = await calmly(() => this.fill(story));
    this.logger.log(`sample data: ${camps} camps in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }

  private async fill(story: Story): Promise<number> {
    await this.setMark('filling');
    await this.sandbox.post('/reset');
    await this.sandbox.introduce();
    const now = new Date();
    await this.time.set(story.beginning(now).getTime() - now.getTime());
    const camps = await story.play(now, await this.settle());
    await this.sandbox.post('/faults', { reset: true });
    await this.time.set(0);
    await this.setMark('done');
    return camps;
  }

  /** Operators. @returns user ids by username */
  private async settle(): Promise<Map<string, number>> {
    await this.auth.ensureAdmin(this.options.adminPassword, '');
    const ids = new Map<string, number>();
    for (const operator of OPERATORS) {
      const id = await this.auth.createUser(this.db, { ...operator, mustChange: false });
      if (id !== null) ids.set(operator.username, id);
    }
    return ids;
  }

  private async empty(): Promise<boolean> {
    const { used } = await onlyRow<{ used: boolean }>(
      this.db,
      'SELECT EXISTS (SELECT FROM camp) OR EXISTS (SELECT FROM pay_order) AS used',
    );
    return !used;
  }

  private async reachable(): Promise<boolean> {
    const answer = await fetch(`${this.options.publicUrl}/health/live`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => null);
    await answer?.body?.cancel();
    return answer?.ok ?? false;
  }

  private async mark(): Promise<string | null> {
    return (await this.config.findOneBy({ key: 'demo.data' }))?.value ?? null;
  }

  private async setMark(value: 'filling' | 'done'): Promise<void> {
    await rows(
      this.db,
      `INSERT INTO sys_config (key, value, updated_at) VALUES ('demo.data', $1, $2)
       ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at`,
      [value, this.clock.now()],
    );
  }
}

/** Refunds that fail in the story alert nobody who starts the demo; what breaks the fill itself is thrown. */
async function calmly<Result>(work: () => Promise<Result>): Promise<Result> {
  const { root } = PinoLogger;
  const { level } = root;
  if (root.levelVal < root.levels.values['fatal']!) root.level = 'fatal';
  try {
    return await work();
  } finally {
    root.level = level;
  }
}
