import { Injectable } from '@nestjs/common';
import { fenFromYuan, sentence } from '@yajin/core';
import { BusinessError, Clock, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import type { Console } from '@yajin/contract/console';
import type { WorkOrder } from '@yajin/contract/work-order';
import { Audit, Idempotency, type IdempotencyKey, type Operator } from '../../system/index.js';
import { ConsoleLists } from './console-lists.js';
import {
  ASKED_BACK,
  closeOrder,
  earn,
  giveUp,
  lockOrder,
  type OrderRow,
  type PaymentRow,
} from './work-order.rows.js';
import { orderTransitions, type OrderEvent } from './work-order.rules.js';
import { WorkOrderEntity } from './work-order.entity.js';

/** Work orders, from the booking to the end of the work. */
@Injectable()
export class OrdersService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly lists: ConsoleLists,
    private readonly idempotency: Idempotency,
  ) {}

  /** Books on behalf of a user of the platform. @throws BusinessError 404 for a service that is not offered */
  create(
    operator: Operator,
    body: Console.CreateWorkOrder,
    key: IdempotencyKey | null,
  ): Promise<Console.WorkOrder> {
    return this.idempotency.once(key, async (manager) => {
      const order = await maybeRow<OrderRow>(
        manager,
        `INSERT INTO work_order (service_type_id, user_id, description, prepay_fen, created_at)
         SELECT id, $2, $3, prepay_fen, $4 FROM work_order_service_type WHERE id = $1 AND active RETURNING *`,
        [body.serviceTypeId, body.userId, body.description ?? '', this.clock.now()],
      );
      if (!order) throw new BusinessError(404, sentence('service_type_gone'));
      await this.audit.record(manager, operator, {
        action: 'work_order.create',
        target: ['work_order', order.id],
        after: { ...body, prepayFen: order.prepay_fen },
      });
      return this.lists.order(order.id, manager);
    });
  }

  /** An electrician takes the order. @throws BusinessError 404, 409 */
  accept(operator: Operator, id: number, electricianId: number): Promise<void> {
    return this.change(operator, id, 'accept', async (manager, status) => {
      await manager.update(WorkOrderEntity, { id }, { status, electricianId });
      return { electricianId };
    });
  }

  /**
   * Asks for the repair fee; it can be corrected until somebody begins to pay it. A payment whose parameters nobody was
   * given is given up for it.
   * @throws BusinessError 404, 409
   */
  price(operator: Operator, id: number, amount: number): Promise<void> {
    return this.change(operator, id, 'price', async (manager, status) => {
      const begun = await maybeRow<PaymentRow & { given: boolean }>(
        manager,
        `SELECT p.*, EXISTS (SELECT FROM pay_attempt_view a WHERE a.order_id = p.pay_order_id AND a.state <> 'created') AS given
         FROM work_order_payment p WHERE p.work_order_id = $1 AND p.type = 'repair' AND p.status IN ('pending', 'success')
         ORDER BY p.status = 'success' DESC LIMIT 1`,
        [id],
      );
      if (begun && (begun.given || !(await giveUp(manager, begun, this.clock))))
        throw new BusinessError(409, sentence('repair_fee_fixed'));
      const finalFen = fenFromYuan(amount);
      await manager.update(WorkOrderEntity, { id }, { status, finalFen });
      return { finalFen };
    });
  }

  /** The work is done: what was paid for it is earned. @throws BusinessError 404, 409 */
  complete(operator: Operator, id: number): Promise<void> {
    return this.change(operator, id, 'complete', async (manager, status) => {
      await manager.update(WorkOrderEntity, { id }, { status });
      await earn(manager, id, this.clock.now());
      return {};
    });
  }

  /** What was paid stays refundable; what is paid from now on goes back by itself. @throws BusinessError 404, 409 */
  close(operator: Operator, id: number, reason: string | undefined): Promise<void> {
    return this.change(operator, id, 'close', async (manager) => {
      await closeOrder(manager, id, 'operator');
      return { reason: reason || null };
    });
  }

  /**
   * The electrician who took the order begins the repair.
   * @throws BusinessError 404 for an order that is not theirs, 409 unless its repair fee is paid and not asked back
   */
  async start(electricianId: number, id: number): Promise<WorkOrder.OrderAnswer> {
    return this.db.transaction(async (manager) => {
      const mine = await maybeRow<Row<WorkOrderEntity, 'id'>>(
        manager,
        'SELECT id FROM work_order WHERE id = $1 AND electrician_id = $2',
        [id, electricianId],
      );
      const order = mine && (await lockOrder(manager, id));
      if (!order) throw new BusinessError(404, sentence('work_order_unknown'));
      const status = next(order, 'start');
      const paid = await rows(
        manager,
        `SELECT 1 FROM work_order_payment p
         WHERE p.work_order_id = $1 AND p.type = 'repair' AND p.status = 'success' AND NOT ${ASKED_BACK}`,
        [id],
      );
      if (paid.length === 0) throw new BusinessError(409, sentence('repair_fee_open'));
      const moved = await onlyRow<OrderRow>(
        manager,
        'UPDATE work_order SET status = $2 WHERE id = $1 AND status = $3 RETURNING *',
        [id, status, order.status],
      );
      return { order: { id, status: moved.status } };
    });
  }

  /** One step of an operator's, written down. `step` makes it and says what else changed. */
  private async change(
    operator: Operator,
    id: number,
    event: OrderEvent,
    step: (manager: EntityManager, status: WorkOrder.OrderStatus) => Promise<object>,
  ): Promise<void> {
    await this.db.transaction(async (manager) => {
      const order = await lockOrder(manager, id);
      if (!order) throw new BusinessError(404, sentence('work_order_unknown'));
      const status = next(order, event);
      const after = await step(manager, status);
      await this.audit.record(manager, operator, {
        action: `work_order.${event}`,
        target: ['work_order', id],
        before: { status: order.status },
        after: { status, ...after },
      });
    });
  }
}

/** @throws BusinessError 409 where the order's state does not allow it */
function next(order: OrderRow, event: OrderEvent): WorkOrder.OrderStatus {
  const status = orderTransitions[order.status][event];
  if (status === undefined) throw new BusinessError(409, sentence('work_order_state'));
  return status;
}
