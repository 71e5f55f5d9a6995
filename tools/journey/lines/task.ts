import type { Console } from '@yajin/contract/console';
import type { Task } from '@yajin/contract/task';
import { booksOf, compareBooks, HostUser } from '../host.ts';
import { fen, yuan, type Report } from '../report.ts';
import { eventually, expectEqual, type Api, type Sandbox } from '../wire.ts';

const PASSWORD = process.env['ADMIN_PASSWORD'] || 'admin123';
const PUBLISH_FEE = 100;
const TAKE_FEE = 19.9;
const SHARES = { publisher: 5.07, taker: 110.13 } as const;
/** What the platform keeps, in fen. */
const KEPT_FEN = fen(PUBLISH_FEE) + fen(TAKE_FEE) - fen(SHARES.publisher) - fen(SHARES.taker);

interface Transfer {
  outTransferNo: string;
  payee: string;
  amountFen: number;
  state: string;
}

/** A task from its publishing to the taker's money, whose first transfer fails; and one that is given up and refunded. */
export async function journey(api: Api, sandbox: Sandbox, report: Report): Promise<void> {
  const id = Math.floor(Date.now() / 1000) * 10;
  const journey = new TaskJourney(api, sandbox, report, id);
  report.chapter('A task is published, taken, done and settled');
  await report.step(
    'Log in as an operator',
    async () => {
      const body = { username: 'admin', password: PASSWORD };
      const login = await api.call<{ token: string; username: string }>('POST', '/api/admin/auth/login', {
        body,
      });
      api.login(login.token);
      return login;
    },
    ({ username }) => username,
  );
  const before = await booksOf(api, 'task');
  const task = await journey.publish('搬运书架');
  await journey.take(task);
  await journey.finish(task);
  await journey.settle(task);
  await journey.payOut(task);
  report.chapter('Another is given up');
  await journey.giveUp(await journey.publish('取消的任务'));
  report.chapter('The books');
  await report.step(
    'Compare the books',
    async () => {
      const said = await compareBooks(api, sandbox, 'task', before, journey.trades, fen(SHARES.taker));
      const after = await booksOf(api, 'task');
      const kept = (before.get('income') ?? 0) - (after.get('income') ?? 0);
      expectEqual('what the platform keeps', kept, KEPT_FEN);
      return said;
    },
    (said) => said,
  );
}

class TaskJourney {
  readonly trades: string[] = [];
  private readonly api: Api;
  private readonly sandbox: Sandbox;
  private readonly report: Report;
  private readonly publisher: HostUser;
  private readonly taker: HostUser;
  private readonly takerId: number;

  /** @param id the publisher's; the taker's is the next */
  constructor(api: Api, sandbox: Sandbox, report: Report, id: number) {
    this.api = api;
    this.sandbox = sandbox;
    this.report = report;
    this.publisher = new HostUser(api, 'task', String(id));
    this.takerId = id + 1;
    this.taker = new HostUser(api, 'task', String(this.takerId));
  }

  async publish(title: string): Promise<Task.Task> {
    const task = await this.report.step(
      'Create a task',
      () =>
        this.publisher.call<Task.Task>('POST', '/api/v1/tasks', {
          title,
          publish_fee: PUBLISH_FEE,
          take_fee: TAKE_FEE,
        }),
      (made) => `${made.title} (${made.id}), ${made.status}`,
    );
    await this.pay(this.publisher, task, 'task_publish', PUBLISH_FEE);
    await this.reaches(task, 'pending_review');
    await this.report.step(
      'Review it',
      () =>
        this.api.call<Console.TaskItem>('POST', `/api/admin/task/tasks/${task.id}/review`, {
          body: { action: 'approve' },
        }),
      ({ status }) => status,
    );
    return task;
  }

  async take(task: Task.Task): Promise<void> {
    await this.report.step(
      'Take it',
      () => this.taker.call<Task.Task>('POST', `/api/v1/tasks/${task.id}/take`),
      (taken) => `kept for user ${taken.taker_id}`,
    );
    await this.pay(this.taker, task, 'task_take', TAKE_FEE);
    await this.reaches(task, 'in_progress');
  }

  async finish(task: Task.Task): Promise<void> {
    await this.report.step(
      'Hand the result in',
      () => this.taker.call<Task.Task>('POST', `/api/v1/tasks/${task.id}/submit`, { result: '已完成' }),
      ({ status }) => status,
    );
    await this.report.step(
      'Accept it',
      () => this.publisher.call<Task.Task>('POST', `/api/v1/tasks/${task.id}/accept`),
      ({ status }) => status,
    );
  }

  async settle(task: Task.Task): Promise<void> {
    await this.sandbox.post('/faults', { refundResult: { value: 'CLOSED', times: 1 } });
    const body = { task_id: task.id, publisher_amount: SHARES.publisher, taker_amount: SHARES.taker };
    await this.report.step(
      'Settle',
      () => this.publisher.call<Task.Said>('POST', '/api/v1/pay/settlement', body),
      ({ message }) =>
        `${message}: publisher ${yuan(SHARES.publisher)}, taker ${yuan(SHARES.taker)}, platform ${yuan(KEPT_FEN / 100)}`,
    );
    await this.report.step(
      'Settle again',
      () => this.publisher.call('POST', '/api/v1/pay/settlement', body, 409),
      () => '409, once is enough',
    );
  }

  /** The first transfer fails at the gateway: the money waits in the balance until an operator sends it again. */
  async payOut(task: Task.Task): Promise<void> {
    const failed = await this.report.step(
      'The transfer fails',
      () => this.settlement(task, 'failed'),
      ({ failMessage }) => failMessage ?? '',
    );
    await this.report.step(
      'Look at the taker’s balance',
      async () => {
        const balance = await this.taker.call<Task.Balance>('GET', '/api/v1/pay/balance');
        expectEqual('the available balance', balance.available_balance, SHARES.taker);
        return balance;
      },
      (balance) => `${yuan(balance.available_balance)} available`,
    );
    await this.report.step(
      'Send it again',
      async () => {
        await this.api.call('POST', `/api/admin/task/transfers/${failed.transferId}/retry`);
        return this.settlement(task, 'success');
      },
      ({ retries, transferStatus }) => `${transferStatus} at try ${retries + 1}`,
    );
    await this.report.step(
      'Ask the sandbox',
      async () => {
        const all = await this.sandbox.get<Transfer[]>('/transfers');
        const paid = all.filter(({ payee, state }) => payee === String(this.takerId) && state === 'success');
        expectEqual(
          'what the taker got',
          paid.map(({ amountFen }) => amountFen),
          [fen(SHARES.taker)],
        );
        return paid;
      },
      ([paid]) => `${paid?.outTransferNo} ${paid?.state}`,
    );
  }

  async giveUp(task: Task.Task): Promise<void> {
    const orderNo = this.trades.at(-1) ?? '';
    await this.report.step(
      'Ask the fee back',
      () =>
        this.publisher.call<Task.Refund>('POST', '/api/v1/pay/refund', {
          order_no: orderNo,
          amount: PUBLISH_FEE,
          reason: '任务取消',
        }),
      ({ refund_no: no, amount }) => `${no}, ${yuan(amount)}`,
    );
    await this.report.step(
      'The money is back',
      () =>
        eventually('the refund', 20, async () => {
          const path = `/api/v1/pay/query?order_no=${orderNo}`;
          const trade = await this.publisher.call<Task.Trade>('GET', path);
          return trade.status === 'refunded' ? trade : null;
        }),
      ({ status }) => status,
    );
    await this.reaches(task, 'cancelled');
  }

  private async pay(who: HostUser, task: Task.Task, type: Task.TradeType, amount: number): Promise<void> {
    const order = await this.report.step(
      'Prepay',
      () =>
        who.call<Task.Prepaid>('POST', '/api/v1/pay/prepay', { task_id: task.id, order_type: type, amount }),
      (made) => `${made.order_no}, ${yuan(made.amount)}`,
    );
    this.trades.push(order.order_no);
    await this.report.step(
      'Open the page and pay',
      async () => {
        await (await fetch(order.pay_url)).body?.cancel();
        return this.sandbox.post<{ transactionId: string }>('/pay', { orderNo: order.order_no });
      },
      ({ transactionId }) => `Shouqianba ${transactionId}`,
    );
  }

  private async reaches(task: Task.Task, status: Task.TaskStatus): Promise<void> {
    await this.report.step(
      'Wait for the task',
      () =>
        eventually(`the task to be ${status}`, 20, async () => {
          const found = await this.publisher.call<Task.Task>('GET', `/api/v1/tasks/${task.id}`);
          return found.status === status ? found : null;
        }),
      (found) => found.status,
    );
  }

  private settlement(task: Task.Task, status: Console.TaskMoneyStatus): Promise<Console.TaskSettlement> {
    return eventually(`the transfer to be ${status}`, 20, async () => {
      const path = `/api/admin/task/settlements?transferStatus=${status}&pageSize=100`;
      const { list } = await this.api.call<Console.TaskSettlementPage>('GET', path);
      return list.find(({ taskId }) => taskId === task.id) ?? null;
    });
  }
}
