import { createHash } from 'node:crypto';
import { fen, yuanText, type Fen } from '@yajin/core';
import type { Task } from '@yajin/contract/task';
import { balances, type Account } from '@yajin/payment';
import type { GatewayRefund, GatewayTrade } from '@yajin/testing/factories';
import { unique } from '@yajin/testing/factories';
import { agree, eventually, hostToken, type Answer, type TestApi } from '@yajin/testing/api';

export interface Person {
  id: number;
  token: string;
}

export interface GatewayTransfer {
  outTransferNo: string;
  payee: string;
  amountFen: number;
  state: string;
  requests: number;
}

/** Users of the platform, and what they do with their tasks. */
export class TaskWorld {
  readonly admin: Person = { id: 1, token: hostToken('task', 1, 'admin') };

  constructor(readonly api: TestApi) {}

  person(): Person {
    const id = 1000 + unique();
    return { id, token: hostToken('task', id) };
  }

  call<Data = never>(who: Person, method: string, path: string, body?: object): Promise<Answer<Data>> {
    return this.api.call<Data>(method, `/api/v1${path}`, {
      token: who.token,
      ...(body === undefined ? {} : { body }),
    });
  }

  /** @throws Error when it is refused */
  async done<Data>(who: Person, method: string, path: string, body?: object): Promise<Data> {
    const answer = await this.call<Data>(who, method, path, body);
    if (answer.code !== 200) throw new Error(`${method} ${path}: ${answer.code} ${answer.message}`);
    return answer.data;
  }

  create(publisher: Person, fees: { publish?: number; take?: number } = {}): Promise<Task.Task> {
    return this.done(publisher, 'POST', '/tasks', {
      title: '搬运书架',
      publish_fee: fees.publish ?? 100,
      take_fee: fees.take ?? 20,
    });
  }

  async status(task: Task.Task): Promise<Task.TaskStatus> {
    return (await this.done<Task.Task>(this.admin, 'GET', `/tasks/${task.id}`)).status;
  }

  async reaches(task: Task.Task, status: Task.TaskStatus): Promise<void> {
    await eventually(async () => (await this.status(task)) === status, `task ${task.id} to be ${status}`);
  }

  prepay(
    who: Person,
    task: Task.Task,
    type: Task.TradeType,
    more: object = {},
  ): Promise<Answer<Task.Prepaid>> {
    const amount = type === 'task_publish' ? task.publish_fee : task.take_fee;
    return this.call(who, 'POST', '/pay/prepay', { task_id: task.id, order_type: type, amount, ...more });
  }

  /** An order that its payer has open in the gateway's page. */
  async order(who: Person, task: Task.Task, type: Task.TradeType): Promise<Task.Prepaid> {
    const { data, code, message } = await this.prepay(who, task, type);
    if (code !== 200) throw new Error(`prepay: ${code} ${message}`);
    await (await fetch(data.pay_url)).body?.cancel();
    return data;
  }

  async pay(order: Task.Prepaid): Promise<void> {
    await this.api.control('POST', '/control/pay', { orderNo: order.order_no });
  }

  trade(who: Person, order: Task.Prepaid): Promise<Task.Trade> {
    return this.done(who, 'GET', `/pay/query?order_no=${order.order_no}`);
  }

  async tradeIs(who: Person, order: Task.Prepaid, status: Task.TradeStatus): Promise<void> {
    await eventually(
      async () => (await this.trade(who, order)).status === status,
      `order ${order.order_no} to be ${status}`,
    );
  }

  /** A task whose publishing is paid. */
  async published(publisher: Person, fees: { publish?: number; take?: number } = {}): Promise<Made> {
    const task = await this.create(publisher, fees);
    const order = await this.order(publisher, task, 'task_publish');
    await this.pay(order);
    await this.reaches(task, 'pending_review');
    return { task, publishOrder: order };
  }

  async open(publisher: Person, fees: { publish?: number; take?: number } = {}): Promise<Made> {
    const made = await this.published(publisher, fees);
    await this.done(this.admin, 'POST', `/tasks/${made.task.id}/review`, { action: 'approve' });
    return made;
  }

  /** A task that somebody is at work on. */
  async taken(
    publisher: Person,
    taker: Person,
    fees: { publish?: number; take?: number } = {},
  ): Promise<Taken> {
    const made = await this.open(publisher, fees);
    await this.done(taker, 'POST', `/tasks/${made.task.id}/take`);
    const takeOrder = await this.order(taker, made.task, 'task_take');
    await this.pay(takeOrder);
    await this.reaches(made.task, 'in_progress');
    return { ...made, takeOrder };
  }

  async accepted(
    publisher: Person,
    taker: Person,
    fees: { publish?: number; take?: number } = {},
  ): Promise<Taken> {
    const made = await this.taken(publisher, taker, fees);
    await this.done(taker, 'POST', `/tasks/${made.task.id}/submit`, { result: '已搬好' });
    await this.done(publisher, 'POST', `/tasks/${made.task.id}/accept`);
    return made;
  }

  settle(who: Person, task: Task.Task, publisher: number, taker: number): Promise<Answer<Task.Said>> {
    return this.call(who, 'POST', '/pay/settlement', {
      task_id: task.id,
      publisher_amount: publisher,
      taker_amount: taker,
    });
  }

  refund(
    who: Person,
    order: Task.Prepaid,
    amount: number,
    reason = '任务取消',
  ): Promise<Answer<Task.Refund>> {
    return this.call(who, 'POST', '/pay/refund', { order_no: order.order_no, amount, reason });
  }

  balance(who: Person): Promise<Task.Balance> {
    return this.done(who, 'GET', '/pay/balance');
  }

  async transferTo(who: Person): Promise<GatewayTransfer[]> {
    const all = await this.api.control<GatewayTransfer[]>('GET', '/control/transfers');
    return all.filter(({ payee }) => payee === String(who.id));
  }

  async refundsOf(order: Task.Prepaid): Promise<GatewayRefund[]> {
    const all = await this.api.control<GatewayRefund[]>('GET', '/control/refunds');
    return all.filter(({ outTradeNo }) => outTradeNo === order.order_no);
  }

  faults(wanted: object): Promise<unknown> {
    return this.api.control('POST', '/control/faults', wanted);
  }

  /** A callback as Shouqianba signs it, or with another key. */
  async callback(
    path: 'callback' | 'refund_callback' | 'transfer_callback',
    fields: Record<string, string>,
    { key = this.api.sandbox.settings['SHOUQIANBA_SECRET_KEY'], form = false } = {},
  ): Promise<{ status: number; body: unknown }> {
    const { SHOUQIANBA_APP_ID: app, SHOUQIANBA_MERCHANT_NO: merchant } = this.api.sandbox.settings;
    const said: Record<string, string> = { app_id: app, merchant_no: merchant, ...fields };
    const pairs = Object.keys(said)
      .sort()
      .map((name) => `${name}=${said[name]}&`);
    const sign = createHash('md5')
      .update(`${pairs.join('')}key=${key}`)
      .digest('hex')
      .toUpperCase();
    const all = { ...said, sign };
    return this.api.exchange('POST', `/api/v1/pay/${path}`, {
      headers: { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' },
      body: form ? new URLSearchParams(all).toString() : JSON.stringify(all),
    });
  }

  /** What came in at the gateway less refunds and transfers is what the books hold there; all accounts together are zero. */
  async expectBooksToAgree(): Promise<void> {
    await this.api.quiet();
    await agree(async () => {
      const trades = await this.api.control<GatewayTrade[]>('GET', '/control/trades');
      const refunds = await this.api.control<GatewayRefund[]>('GET', '/control/refunds');
      const sent = await this.api.control<GatewayTransfer[]>('GET', '/control/transfers');
      const sum = (all: { amountFen: number; state: string }[], states: string[]): number =>
        all.reduce((total, { amountFen, state }) => total + (states.includes(state) ? amountFen : 0), 0);
      const held = sum(trades, ['SUCCESS', 'REFUND']) - sum(refunds, ['SUCCESS']) - sum(sent, ['success']);
      return [Number((await balances(this.api.db, 'task')).get('clearing') ?? 0), held];
    });
    const books = await balances(this.api.db, 'task');
    expect([...books.values()].reduce((total: number, amount: Fen) => total + amount, 0)).toBe(0);
  }

  /** What an account of one task comes to, in yuan: what we owe or earned is positive. */
  async owed(task: Task.Task, account: Account): Promise<string> {
    const books = await balances(this.api.db, 'task', String(task.id));
    return yuanText(fen(0 - (books.get(account) ?? 0)));
  }
}

interface Made {
  task: Task.Task;
  publishOrder: Task.Prepaid;
}

interface Taken extends Made {
  takeOrder: Task.Prepaid;
}
