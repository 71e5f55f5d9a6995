/** People of a camp on a running stack, who ask again when a process took their answer with it. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Camp } from '@yajin/contract';
import { addDays } from '../journey/stage.ts';
import { eventually, Sandbox } from '../journey/wire.ts';
import { Database } from '../simulate/database.ts';
import { compareBooks, overdrawn, unbalanced } from '../simulate/invariants/books.ts';
import { fateViolations } from '../simulate/invariants/fates.ts';
import { believed, numbersOf, payoutViolations, type Violation } from '../simulate/invariants/gateway.ts';
import { disagreements, middleStates } from '../simulate/invariants/lines.ts';
import type { Ask, RunningStack } from './running.kit.ts';

const TRIES = 60;
const TRY_AGAIN_MS = 500;
const PATIENCE_S = 120;
const PROJECT = '15555411417777';
/** Seconds for which an answer about a payment may wait for it. */
const WAIT = 20;

export interface Member {
  planetUserId: string;
  name: string;
  openid: string;
  /** Everybody asks from an address of their own: nobody waits for another one's limit. */
  from: string;
}

export class CampOnStack {
  readonly sandbox: Sandbox;
  readonly db: Database;
  private readonly stack: RunningStack;
  private token = '';
  private campId = 0;
  private startDate = '';

  constructor(stack: RunningStack) {
    this.stack = stack;
    this.sandbox = new Sandbox(/Sandbox\s+(\S+)/.exec(stack.said)?.[1] ?? '');
    const secrets = `/proc/${stack.pidOf('worker')}/root/run/secrets`;
    this.db = new Database(fs.readFileSync(`${secrets}/database_direct_url`, 'utf8').trim());
  }

  /** @throws when the answer is neither good nor one of a process that has gone */
  private async patiently<Data>(route: string, ask: Ask = {}): Promise<Data> {
    for (let tries = 1; ; tries += 1) {
      const { status, text } = await this.stack.ask(route, ask);
      if (status === 200) {
        const { code, data } = JSON.parse(text) as { code: number; data: Data };
        if (code === 200) return data;
      }
      if (![0, 502, 503, 504].includes(status) || tries === TRIES)
        throw new Error(`${route}: ${status} ${text}`);
      await sleep(TRY_AGAIN_MS);
    }
  }

  private admin<Data>(route: string, body?: object): Promise<Data> {
    const headers = {
      authorization: `Bearer ${this.token}`,
      ...(body && { 'idempotency-key': randomUUID() }),
    };
    return this.patiently(`/api/admin${route}`, { headers, ...(body && { body }) });
  }

  async open(): Promise<void> {
    const login = { username: 'admin', password: this.stack.password };
    this.token = (await this.admin<Camp.LoginResult>('/auth/login', login)).token;
    const { now } = await this.sandbox.get<{ now: string }>('/clock');
    this.startDate = addDays(now.slice(0, 10), 2);
    const { id } = await this.admin<Camp.CreatedCamp>('/camps', {
      name: '断电也照常的训练营',
      posterUrl: 'https://cdn.example.com/p.jpg',
      deposit: 99.9,
      startDate: this.startDate,
      endDate: addDays(this.startDate, 3),
      requiredDays: 1,
      groupQrcodeUrl: 'https://cdn.example.com/g.jpg',
      planetProjectId: PROJECT,
    });
    this.campId = id;
    await this.sandbox.post('/planet/checkins', { checkinId: PROJECT, title: '断电', days: 3 });
    await this.admin(`/camps/${id}/publish`, {});
  }

  /** Places an order, pays it, and waits until the page says that its payer is a member. */
  async enrol(member: Member): Promise<void> {
    const { from, openid, planetUserId, name } = member;
    const order = await this.patiently<Camp.CreatedPayment>('/api/h5/payments', {
      from,
      headers: { 'idempotency-key': randomUUID() },
      body: { campId: this.campId, planetUserId, planetNickname: name, wechatNickname: name },
    });
    await this.patiently(`/api/h5/payments/${order.orderId}/params?scene=native`, { from });
    await this.sandbox.post('/pay', { orderNo: order.orderNo, openid });
    await eventually(`${name} to be a member`, PATIENCE_S, async () => {
      const { payStatus, memberId } = await this.patiently<Camp.PaymentStatus>(
        `/api/h5/payments/${order.orderNo}/status?wait=${WAIT}`,
        { from, headers: { 'x-access-token': order.accessToken } },
      );
      return payStatus === 'success' ? memberId : null;
    });
  }

  /** Days go by for this camp alone: production has no clock that can be moved. It has run for two days. */
  async begin(): Promise<void> {
    await this.db.rows('UPDATE camp SET start_date = start_date - 4, end_date = end_date - 4 WHERE id = $1', [
      this.campId,
    ]);
    this.startDate = addDays(this.startDate, -4);
  }

  /** It ended yesterday. */
  async end(): Promise<void> {
    await this.db.rows('UPDATE camp SET end_date = end_date - 2 WHERE id = $1', [this.campId]);
  }

  async checkIn(members: Member[]): Promise<void> {
    const createTime = `${this.startDate}T06:10:00`;
    const posts = members.map(({ planetUserId, name }) => ({ userId: planetUserId, name, createTime }));
    await this.sandbox.post('/planet/posts', { checkinId: PROJECT, posts });
  }

  /** The worker syncs a camp that runs by itself, once a day: whoever comes second waits for the first. */
  async sync(): Promise<number> {
    const synced = (): Promise<{ n: number }[]> =>
      this.db.rows('SELECT count(*) AS n FROM camp_member WHERE camp_id = $1 AND checkin_count = 1', [
        this.campId,
      ]);
    const route = `/api/admin/checkins/sync/${this.campId}`;
    await this.stack.ask(route, { headers: { authorization: `Bearer ${this.token}` }, body: {} });
    return eventually('the check-ins', PATIENCE_S, async () => ((await synced())[0]?.n ?? 0) || null);
  }

  /** @returns how many it approved */
  async approveAll(): Promise<number> {
    const refundIds = await eventually('the refund list', PATIENCE_S, async () => {
      const { list } = await this.admin<Camp.PendingRefundPage>(
        `/refunds/pending?campId=${this.campId}&pageSize=100`,
      );
      return list.length > 0 ? list.map(({ id }) => id) : null;
    });
    return (await this.admin<Camp.BatchApproval>('/refunds/batch-approve', { refundIds })).approved;
  }

  /** Waits until nothing is left to be done. @throws saying what is */
  async quiet(): Promise<void> {
    let left: unknown[] = [];
    await eventually('everything to be decided', PATIENCE_S, async () => {
      const jobs = await this.db.rows<object>(
        `SELECT task_identifier, attempts, last_error FROM graphile_worker.jobs
         WHERE locked_at IS NOT NULL OR attempts > 0 OR run_at <= now()`,
      );
      left = [...jobs, ...(await middleStates(this.db, new Date()))];
      return left.length === 0 ? true : null;
    }).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${JSON.stringify(left, null, 2)}`);
    });
  }

  /** What the books, the line and the gateway do not agree about. */
  async violations(): Promise<Violation[]> {
    const numbers = await numbersOf(this.db);
    const gateway = await believed((route) => this.sandbox.get(route));
    const found = await Promise.all([
      compareBooks(this.db, gateway, new Map()),
      fateViolations(this.db, gateway),
      unbalanced(this.db),
      overdrawn(this.db),
      disagreements(this.db),
    ]);
    return [...payoutViolations(numbers, gateway), ...found.flat()];
  }
}
