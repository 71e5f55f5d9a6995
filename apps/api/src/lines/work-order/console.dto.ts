import { Id, IdText, OneOf, Optional, PageQuery, Text, Yuan, says } from '@yajin/server';
import type { Console } from '@yajin/contract/console';
import { IsBoolean } from 'class-validator';

const MOST = { minFen: 1, maxFen: 10_000_000 };
const ORDER_STATUSES = [
  'pending_payment',
  'pending',
  'accepted',
  'pending_repair_payment',
  'repairing',
  'completed',
  'closed',
] as const;
const REFUND_STATUSES = ['pending', 'processing', 'refunded', 'rejected', 'failed'] as const;

export class IdParam {
  @IdText()
  id: number;
}

export class CreateServiceTypeDto implements Console.CreateWorkOrderServiceType {
  @Text({ max: 50 })
  name: string;

  @Yuan(MOST)
  prepayAmount: number;

  @Optional()
  @Text({ max: 200, min: 0 })
  note?: string;
}

export class UpdateServiceTypeDto implements Console.UpdateWorkOrderServiceType {
  @Optional()
  @Text({ max: 50 })
  name?: string;

  @Optional()
  @Yuan(MOST)
  prepayAmount?: number;

  @Optional()
  @Text({ max: 200, min: 0 })
  note?: string;

  @Optional()
  @IsBoolean(says('not_flag'))
  active?: boolean;
}

export class OrdersQuery extends PageQuery(20) {
  @Optional()
  @OneOf(ORDER_STATUSES)
  status?: Console.WorkOrderStatus;

  @Optional()
  @IdText()
  userId?: number;

  @Optional()
  @IdText()
  serviceTypeId?: number;
}

export class CreateOrderDto implements Console.CreateWorkOrder {
  @Id()
  userId: number;

  @Id()
  serviceTypeId: number;

  @Optional()
  @Text({ max: 500, min: 0 })
  description?: string;
}

export class AcceptOrderDto implements Console.AcceptWorkOrder {
  @Id()
  electricianId: number;
}

export class PriceOrderDto implements Console.PriceWorkOrder {
  @Yuan(MOST)
  finalAmount: number;
}

export class CloseOrderDto implements Console.CloseWorkOrder {
  @Optional()
  @Text({ max: 200, min: 0 })
  reason?: string;
}

export class RefundsQuery extends PageQuery(20) {
  @Optional()
  @OneOf(REFUND_STATUSES)
  status?: Console.WorkOrderRefundStatus;
}

export class DecideRefundDto implements Console.DecideWorkOrderRefund {
  @OneOf(['approve', 'reject'])
  action: Console.DecideWorkOrderRefund['action'];

  @Optional()
  @Text({ max: 500, min: 0 })
  adminNotes?: string;
}
