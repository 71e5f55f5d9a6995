import { Id, IdText, OneOf, Optional, Text, WholeText } from '@yajin/server';
import type { WorkOrder } from '@yajin/contract/work-order';

const METHODS = ['wechat', 'test'] as const;
const TYPES = ['prepay', 'repair'] as const;
const STATUSES = ['pending', 'success', 'failed', 'expired', 'refunded'] as const;
const ACTIONS = ['approve', 'reject'] as const;
const NUMBER = { max: 32 };

export class CreatePaymentDto implements WorkOrder.CreatePaymentRequest {
  @Id()
  order_id: number;

  @Optional()
  @OneOf(METHODS)
  payment_method: WorkOrder.PaymentMethod = 'wechat';

  @Optional()
  @OneOf(TYPES)
  type: WorkOrder.PaymentType = 'prepay';

  @Optional()
  @Text({ max: 128 })
  openid?: string;
}

export class PaymentParam {
  @Text(NUMBER)
  payment_no: string;
}

export class ConfirmDto implements WorkOrder.ConfirmRequest {
  @Text(NUMBER)
  payment_no: string;
}

export class RefundDto implements WorkOrder.RefundRequest {
  @Optional()
  @Text({ max: 80, min: 0 })
  reason?: string;
}

export class DecideDto implements WorkOrder.RefundDecision {
  @OneOf(ACTIONS)
  action: WorkOrder.RefundDecision['action'];

  @Optional()
  @Text({ max: 500, min: 0 })
  admin_notes?: string;
}

export class ListPaymentsQuery {
  @Optional()
  @WholeText({ min: 1, max: 1_000_000 })
  page: number = 1;

  @Optional()
  @WholeText({ min: 1, max: 100 })
  limit: number = 20;

  @Optional()
  @OneOf(STATUSES)
  status?: WorkOrder.PaymentStatus;

  @Optional()
  @OneOf(METHODS)
  payment_method?: WorkOrder.PaymentMethod;

  @Optional()
  @Text({ max: 100, min: 0 })
  search?: string;
}

export class SummaryQuery {
  @Optional()
  @Text({ max: 100, min: 0 })
  date_range?: string;
}

export class OrderParam {
  @IdText()
  id: number;
}
