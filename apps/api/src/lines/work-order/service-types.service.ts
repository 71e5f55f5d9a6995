import { Injectable } from '@nestjs/common';
import { fen, fenFromYuan, yuanFromFen, localTime, sentence } from '@yajin/core';
import { BusinessError, Clock, maybeRow, rows, type Row } from '@yajin/server';
import type { Console } from '@yajin/contract/console';
import { DataSource } from 'typeorm';
import { Audit, Idempotency, type IdempotencyKey, type Operator } from '../../system/index.js';
import type { WorkOrderServiceType } from './work-order-service-type.entity.js';

/** What can be booked, and what is paid for it in advance. An order keeps the amount it was booked at. */
@Injectable()
export class ServiceTypesService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
  ) {}

  async list(): Promise<Console.WorkOrderServiceTypeList> {
    const found = await rows<Row<WorkOrderServiceType>>(
      this.db,
      'SELECT * FROM work_order_service_type ORDER BY active DESC, id DESC',
    );
    return { list: found.map(present) };
  }

  /** @throws BusinessError 409 when one of that name is offered */
  async create(
    operator: Operator,
    body: Console.CreateWorkOrderServiceType,
    key: IdempotencyKey | null,
  ): Promise<Console.WorkOrderServiceType> {
    return this.idempotency.once(key, async (manager) => {
      const row = await maybeRow<Row<WorkOrderServiceType>>(
        manager,
        `INSERT INTO work_order_service_type (name, prepay_fen, note, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (name) WHERE active DO NOTHING RETURNING *`,
        [body.name, fenFromYuan(body.prepayAmount), body.note ?? '', this.clock.now()],
      );
      if (!row) throw new BusinessError(409, sentence('service_type_exists'));
      await this.audit.record(manager, operator, {
        action: 'work_order.service_type_create',
        target: ['work_order_service_type', row.id],
        after: changing(row),
      });
      return present(row);
    });
  }

  /** @throws BusinessError 404, 409 when another one of that name is offered */
  async update(
    operator: Operator,
    id: number,
    body: Console.UpdateWorkOrderServiceType,
  ): Promise<Console.WorkOrderServiceType> {
    return this.db.transaction(async (manager) => {
      const before = await maybeRow<Row<WorkOrderServiceType>>(
        manager,
        'SELECT * FROM work_order_service_type WHERE id = $1 FOR UPDATE',
        [id],
      );
      if (!before) throw new BusinessError(404, sentence('service_type_unknown'));
      const { name = before.name, note = before.note, active = before.active, prepayAmount } = body;
      const prepayFen = prepayAmount === undefined ? before.prepay_fen : fenFromYuan(prepayAmount);
      const row = await maybeRow<Row<WorkOrderServiceType>>(
        manager,
        `UPDATE work_order_service_type SET name = $2, prepay_fen = $3, note = $4, active = $5 WHERE id = $1
         AND NOT ($5 AND EXISTS (SELECT FROM work_order_service_type WHERE name = $2 AND active AND id <> $1)) RETURNING *`,
        [id, name, prepayFen, note, active],
      );
      if (!row) throw new BusinessError(409, sentence('service_type_exists'));
      await this.audit.record(manager, operator, {
        action: 'work_order.service_type_update',
        target: ['work_order_service_type', id],
        before: changing(before),
        after: changing(row),
      });
      return present(row);
    });
  }
}

function changing({ name, prepay_fen: prepayFen, note, active }: Row<WorkOrderServiceType>): object {
  return { name, prepayFen, note, active };
}

function present(row: Row<WorkOrderServiceType>): Console.WorkOrderServiceType {
  return {
    id: row.id,
    name: row.name,
    prepayAmount: yuanFromFen(fen(row.prepay_fen)),
    note: row.note,
    active: row.active,
    createdAt: localTime(row.created_at),
  };
}
