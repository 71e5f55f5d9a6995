import { Injectable, Logger } from '@nestjs/common';
import { fen, fenFromYuan, yuanFromFen, yuanText, sentence } from '@yajin/core';
import type { Task } from '@yajin/contract/task';
import { GatewayError, Gateways, OrderNotPayable, Payments, TradeQueries, type Order } from '@yajin/payment';
import {
  BusinessError,
  Clock,
  conditions,
  invalid,
  maybeRow,
  numberedPage,
  onlyRow,
  rows,
  type Row,
} from '@yajin/server';
import { toDataURL } from 'qrcode';
import { DataSource, type EntityManager } from 'typeorm';
import { Idempotency, type HostUser, type IdempotencyKey } from '../../system/index.js';
import type { PrepayDto, TransactionsQuery } from './task.dto.js';
import { EXPIRES_MS, GATEWAY, LINE } from './task.options.js';
import {
  newNumber,
  ownOnly,
  presentEntry,
  presentTrade,
  takerOf,
  taskUser,
  TRADES,
  type TaskRow,
  type TradeRow,
} from './task.rows.js';
import type { TaskTrade } from './task-trade.entity.js';
import { TaskEntity } from './task.entity.js';

/** The gateway's page, whose address the code holds too: a wallet that scans it opens the same page. */
const SCENE = 'h5';
const WORDS: Readonly<Record<Task.TradeType, string>> = {
  task_publish: '任务发布费',
  task_take: '任务接取费',
};
const PART: Readonly<Record<Task.TradeType, 'publisher_id' | 'taker_id'>> = {
  task_publish: 'publisher_id',
  task_take: 'taker_id',
};

/** Payments of tasks. */
@Injectable()
export class TradeService {
  private readonly logger = new Logger(TradeService.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly gateways: Gateways,
    private readonly payments: Payments,
    private readonly queries: TradeQueries,
    private readonly idempotency: Idempotency,
  ) {}

  /**
   * An order for a fee, or the one that waits to be paid already.
   * @throws BusinessError 404 for a task in which the user has not that part, 409, 400 for another amount than the fee,
   * 503 when the gateway does not answer
   */
  async prepay(
    user: HostUser,
    body: PrepayDto,
    ip: string,
    key: IdempotencyKey | null,
  ): Promise<Task.Prepaid> {
    const { id } = taskUser(user);
    return this.idempotency.onceThen(
      key,
      async (manager) => (await this.place(manager, id, body)).id,
      (orderId) => this.present(orderId, body, ip),
    );
  }

  private async present(orderId: number, body: PrepayDto, ip: string): Promise<Task.Prepaid> {
    const order = await this.payments.find(this.db, orderId);
    if (!order) throw new Error(`order ${orderId} is gone`);
    const payer = {
      id: null,
      ip: body.client_ip ?? ip,
      ...(body.return_url && { returnUrl: body.return_url }),
    };
    try {
      const { h5Url } = await this.payments.present(order.id, SCENE, payer);
      if (h5Url === null) throw new Error('the gateway gave no address');
      return {
        order_no: order.orderNo,
        trade_no: '',
        pay_url: h5Url,
        qrcode: await toDataURL(h5Url),
        amount: yuanFromFen(order.amountFen),
        expire_time: Math.floor(order.expiresAt.getTime() / 1000),
      };
    } catch (error) {
      if (error instanceof OrderNotPayable) throw new BusinessError(409, '该订单已支付或已关闭');
      if (!(error instanceof GatewayError)) throw error;
      this.logger.warn(`${order.orderNo} cannot be paid: ${error.code} ${error.message}`);
      throw new BusinessError(503, '收钱吧暂时没有响应，请稍后再试');
    }
  }

  private async place(manager: EntityManager, userId: number, body: PrepayDto): Promise<Order> {
    if (!this.gateways.has(GATEWAY)) throw new BusinessError(503, '没有配置收钱吧');
    const { task_id: taskId, order_type: type } = body;
    const task = await maybeRow<TaskRow>(
      manager,
      `SELECT * FROM task_task WHERE id = $1 AND ${PART[type]} = $2 FOR UPDATE`,
      [taskId, userId],
    );
    if (!task) throw new BusinessError(404, sentence('task_unknown'));
    // Not before the task is ours: it may have been held, or waited to be paid, for no longer than this took.
    const now = this.clock.now();
    if (takerOf(task, now) === null && type === 'task_take')
      throw new BusinessError(409, '已超过支付时间，请重新接取');
    if (task.status !== (type === 'task_publish' ? 'pending_payment' : 'open'))
      throw new BusinessError(409, `任务当前不能支付${WORDS[type]}`);
    const feeFen = fen(type === 'task_publish' ? task.publish_fee_fen : task.take_fee_fen);
    if (fenFromYuan(body.amount) !== feeFen)
      throw invalid({ field: 'amount', message: `应为${WORDS[type]} ${yuanText(feeFen)} 元` });
    const waiting = await this.waiting(manager, taskId, userId, type, now);
    if (waiting) return waiting;
    const expiresAt = new Date(now.getTime() + EXPIRES_MS);
    const order = await this.payments.create(manager, {
      line: LINE,
      subject: String(taskId),
      gateway: GATEWAY,
      orderNo: newNumber('SQ', now),
      amountFen: feeFen,
      description: `${WORDS[type]}：${task.title}`,
      attach: body.remark ?? '',
      expiresAt,
    });
    await rows(
      manager,
      'INSERT INTO task_trade (task_id, order_id, user_id, type, created_at) VALUES ($1, $2, $3, $4, $5)',
      [taskId, order.id, userId, type, now],
    );
    // Kept until the payment is decided.
    if (type === 'task_take') await manager.update(TaskEntity, { id: taskId }, { heldUntil: expiresAt });
    return order;
  }

  /** @throws BusinessError 409 for one that is paid, or about to be closed */
  private async waiting(
    manager: EntityManager,
    taskId: number,
    userId: number,
    type: Task.TradeType,
    now: Date,
  ): Promise<Order | null> {
    const row = await maybeRow<Row<TaskTrade, 'orderId'>>(
      manager,
      `SELECT r.order_id FROM task_trade r JOIN pay_order_view o ON o.id = r.order_id
       WHERE r.task_id = $1 AND r.user_id = $2 AND r.type = $3 AND (o.status = 'pending' OR (o.status = 'paid' AND r.outcome IS NULL))`,
      [taskId, userId, type],
    );
    const order = row && (await this.payments.find(manager, row.order_id));
    if (!order) return null;
    if (order.status !== 'pending') throw new BusinessError(409, `${WORDS[type]}已支付`);
    if (order.expiresAt <= now) throw new BusinessError(409, '上一笔支付已过期，正在关闭，请稍后再试');
    return order;
  }

  /** @throws BusinessError 404 */
  async query(user: HostUser, orderNo: string): Promise<Task.Trade> {
    const { where, parameters } = conditions([
      ['o.order_no = ?', orderNo],
      ['r.user_id = ?', ownOnly(taskUser(user))],
    ]);
    const sql = `${TRADES} WHERE ${where}`;
    const row = await maybeRow<TradeRow>(this.db, sql, parameters);
    if (!row) throw new BusinessError(404, sentence('order_unknown'));
    if (row.status !== 'pending') return presentTrade(row);
    // Whoever asks waits for it: the gateway may know more than it has told.
    await this.queries.checkWhileWaiting(row.order_id).catch((error: unknown) => {
      if (!(error instanceof GatewayError)) throw error;
      this.logger.warn(`${orderNo} stays unclear: ${error.code} ${error.message}`);
    });
    return presentTrade(await onlyRow<TradeRow>(this.db, sql, parameters));
  }

  /** One's own, newest first. */
  async list(user: HostUser, query: TransactionsQuery): Promise<Task.TradePage> {
    const { where, parameters } = conditions([
      ['x.user_id = ?', taskUser(user).id],
      ['x.type = ?', query.trade_type],
      ['x.status = ?', query.status],
    ]);
    const { page, page_size } = query;
    const list = { table: `(${TRADES})`, alias: 'x', where, parameters, anchors: null };
    const { ids, total } = await numberedPage(this.db, list, { page, pageSize: page_size });
    const found = await rows<TradeRow>(this.db, `${TRADES} WHERE r.id = ANY($1) ORDER BY r.id DESC`, [ids]);
    return { list: found.map(presentEntry), total, page, page_size };
  }
}
