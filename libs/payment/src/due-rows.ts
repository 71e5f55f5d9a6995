import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Alerts, Clock, databaseIsBusy, newTrace, onlyRow, traced } from '@yajin/server';
import { DataSource } from 'typeorm';
import type { KernelAlert } from './kernel-alert.js';
import { BUSINESS, KEY, WALL, type Lane, type Step } from './lane.js';
import { PaymentChecks } from './payment-checks.js';
import { RefundSender } from './refund-sender.js';
import { Outbox } from './outbox.js';
import { Transfers } from './transfers.js';

/** How long something that has fallen due waits at most before it is looked at. */
const LOOK_EVERY_MS = 200;
const AFTER_A_FAULT_MS = 1000;

interface Running {
  lane: Lane;
  steps: number;
  taking: boolean;
  more: boolean;
  /** Real milliseconds. */
  notBefore: number;
}

/**
 * Does what rows say is due: no job has to be kept beside a row, none can be lost, and none is left over. Every lane has
 * workers of its own.
 */
@Injectable()
export class DueRows implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(DueRows.name);
  private lanes: Running[] = [];
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | null = null;
  private stopping = false;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly alerts: Alerts<KernelAlert>,
    private readonly outbox: Outbox,
    private readonly checks: PaymentChecks,
    private readonly sender: RefundSender,
    private readonly transfers: Transfers,
  ) {}

  start(): void {
    const workers = [this.outbox, this.checks, this.sender, this.transfers];
    this.lanes = workers.flatMap((worker) =>
      worker.lanes().map((lane) => ({ lane, steps: 0, taking: false, more: false, notBefore: 0 })),
    );
    this.timer = setInterval(() => this.wake(), LOOK_EVERY_MS);
  }

  /** Looks now: something has just fallen due. */
  wake(): void {
    if (this.stopping || this.lanes.length === 0) return;
    // What is due is not of the request that happens to wake us.
    this.looking ??= traced(null, () => this.look()).finally(() => (this.looking = null));
  }

  /** Whether nothing is due and nothing is being done here. */
  async idle(): Promise<boolean> {
    if (this.lanes.some(({ steps, taking }) => steps > 0 || taking)) return false;
    return (await this.dueOf(this.lanes)).length === 0;
  }

  private async dueOf(lanes: Running[]): Promise<Running[]> {
    if (lanes.length === 0) return [];
    const kinds = [...new Set(lanes.map(({ lane }) => lane.due))];
    const looks = kinds.map(
      (due, index) =>
        `ARRAY(SELECT ${KEY} FROM unnest($${index + 3}::text[]) AS k(key) CROSS JOIN LATERAL (${due} LIMIT 1) AS found) AS l${index}`,
    );
    const keys = kinds.map((due) => lanes.flatMap(({ lane }) => (lane.due === due ? [lane.key] : [])));
    const found = await onlyRow<Record<string, string[]>>(
      this.db,
      `SELECT ${BUSINESS} AS business, ${WALL} AS wall, ${looks.join(', ')}`,
      [this.clock.now(), this.clock.wall(), ...keys],
    );
    return lanes.filter(({ lane }) => found[`l${kinds.indexOf(lane.due)}`]?.includes(lane.key));
  }

  private async look(): Promise<void> {
    try {
      for (const running of await this.found()) void this.fill(running);
    } catch (error) {
      this.logger.warn(`cannot look for what is due: ${String(error)}`);
      await new Promise((resolve) => setTimeout(resolve, AFTER_A_FAULT_MS));
    }
  }

  /** All are asked about at once; a lane that cannot be asked about keeps none of the others from being. */
  private async found(): Promise<Running[]> {
    const lanes = this.lanes.filter(({ notBefore }) => notBefore <= Date.now());
    try {
      return await this.dueOf(lanes);
    } catch (error) {
      if (databaseIsBusy(error)) throw error;
    }
    const due: Running[] = [];
    for (const running of lanes)
      await this.dueOf([running]).then(
        (found) => due.push(...found),
        (error: unknown) => this.rest(running, `cannot be asked about: ${String(error)}`),
      );
    return due;
  }

  private rest(running: Running, why: string): void {
    running.notBefore = Date.now() + AFTER_A_FAULT_MS;
    this.logger.warn(`${running.lane.name}: ${why}`);
  }

  private async fill(running: Running): Promise<void> {
    if (running.taking || this.stopping || Date.now() < running.notBefore) return;
    const { lane } = running;
    running.taking = true;
    try {
      for (
        let room = lane.atOnce - running.steps;
        room > 0 && !this.stopping;
        room = lane.atOnce - running.steps
      ) {
        const steps = await lane.take(room);
        running.more = steps.length > 0;
        for (const step of steps) void this.run(running, step);
        if (steps.length < room) break;
      }
    } catch (error) {
      this.rest(running, `cannot take what is due: ${String(error)}`);
    } finally {
      running.taking = false;
    }
  }

  /** Whatever goes wrong, the row's due time stands: it comes again. */
  private async run(running: Running, step: Step): Promise<void> {
    running.steps += 1;
    try {
      await traced(newTrace(), step);
    } catch (error) {
      this.logger.warn(
        `${running.lane.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      // A step that only meets the world's trouble has seen to it by itself: this is for somebody to look at.
      await this.alerts.raise('due-work-failing', `${running.lane.name}: ${String(error)}`, {
        key: `lane:${running.lane.name}`,
      });
    } finally {
      running.steps -= 1;
      // In parts of its room, so that one statement takes many rows.
      const free = running.lane.atOnce - running.steps;
      if (running.more && free >= Math.ceil(running.lane.atOnce / 4)) void this.fill(running);
    }
  }

  /** Takes nothing more from the moment the shutdown begins; steps under way are waited for at its end. */
  beforeApplicationShutdown(): void {
    this.stopping = true;
    clearInterval(this.timer);
  }

  async onApplicationShutdown(): Promise<void> {
    this.beforeApplicationShutdown();
    await this.looking;
    while (this.lanes.some(({ steps, taking }) => steps > 0 || taking))
      await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
