import { Injectable } from '@nestjs/common';
import { localTime } from '@yajin/core';
import { BusinessError, maybeRow, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import type { PayOrderView } from '@yajin/payment';
import { Audit, type Actor } from '../../../system/index.js';
import { Erasure } from './erasure.js';
import { HeldData, type Held } from './held-data.js';

/** Answers to people who ask operators about their data. Whether it is them, the operator has to find out. */
@Injectable()
export class PrivacyRequests {
  constructor(
    private readonly db: DataSource,
    private readonly held: HeldData,
    private readonly erasure: Erasure,
    private readonly audit: Audit,
  ) {}

  /** One order's data, and which other orders may be the same person's; that it was read is recorded. @throws BusinessError 404 */
  async read(actor: Actor, orderNo: string): Promise<Camp.PersonalData> {
    const held = await this.find(orderNo);
    const related = await this.held.related(held);
    await this.audit.record(this.db, actor, { action: 'privacy.export', target: ['order', held.order_id] });
    return {
      data: this.held.present(held),
      erasedAt: held.erased_at && localTime(held.erased_at),
      related,
    };
  }

  /** Once: a second time changes nothing. @throws BusinessError 404, 409 while money is not done, saying what */
  async erase(actor: Actor, orderNo: string): Promise<Camp.ErasedData> {
    const held = await this.find(orderNo);
    await this.erasure.erase(held, actor);
    return {
      orderNo,
      erased: true,
      orders: [{ orderNo, campName: held.camp_name, erased: true, reason: null }],
    };
  }

  private async find(orderNo: string): Promise<Held> {
    const order = await maybeRow<Row<PayOrderView, 'id'>>(
      this.db,
      'SELECT id FROM pay_order_view WHERE order_no = $1',
      [orderNo],
    );
    const [held] = order ? await this.held.of([order.id]) : [];
    if (!held) throw new BusinessError(404);
    return held;
  }
}
