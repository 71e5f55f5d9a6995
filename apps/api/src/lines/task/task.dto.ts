import { Id, IdText, OneOf, Optional, Text, WebAddress, WholeText, Yuan } from '@yajin/server';
import type { Task } from '@yajin/contract/task';
import { IsIP, Matches } from 'class-validator';
import { MAX_FEE_FEN, MAX_SHARE_FEN, TASK_STATUSES, TRADE_STATUSES, TRADE_TYPES } from './task.options.js';

const OrderNo = (): PropertyDecorator => Matches(/^SQ\d{14,30}$/, { message: '应为订单号 SQ…' });

class Paged {
  @Optional()
  @WholeText({ min: 1, max: 1_000_000 })
  page: number = 1;

  @Optional()
  @WholeText({ min: 1, max: 100 })
  page_size: number = 20;
}

export class CreateTaskDto implements Task.CreateTaskRequest {
  @Text({ max: 100 })
  title: string;

  @Optional()
  @Text({ max: 2000, min: 0 })
  description?: string;

  @Yuan({ minFen: 1, maxFen: MAX_FEE_FEN })
  publish_fee: number;

  @Yuan({ minFen: 0, maxFen: MAX_FEE_FEN })
  take_fee: number;
}

export class ListTasksQuery extends Paged {
  @Optional()
  @OneOf(TASK_STATUSES)
  status?: Task.TaskStatus;
}

export class TaskParam {
  @IdText()
  id: number;
}

export class ReviewTaskDto implements Task.TaskReview {
  @OneOf(['approve', 'reject'])
  action: 'approve' | 'reject';

  @Optional()
  @Text({ max: 200, min: 0 })
  reason?: string;
}

export class TaskResultDto implements Task.TaskResult {
  @Text({ max: 2000 })
  result: string;
}

export class PrepayDto implements Task.PrepayRequest {
  @Id()
  task_id: number;

  @OneOf(TRADE_TYPES)
  order_type: Task.TradeType;

  @Yuan({ minFen: 1, maxFen: MAX_FEE_FEN })
  amount: number;

  @Optional()
  @WebAddress()
  return_url?: string;

  @Optional()
  @IsIP(undefined, { message: '应为 IP 地址' })
  client_ip?: string;

  @Optional()
  @Text({ max: 100, min: 0 })
  remark?: string;
}

export class TradeQuery {
  @OrderNo()
  order_no: string;
}

export class RefundDto implements Task.RefundRequest {
  @OrderNo()
  order_no: string;

  @Yuan({ minFen: 1, maxFen: MAX_FEE_FEN })
  amount: number;

  @Text({ max: 80 })
  reason: string;
}

export class SettleDto implements Task.SettlementRequest {
  @Id()
  task_id: number;

  @Yuan({ minFen: 0, maxFen: MAX_SHARE_FEN })
  publisher_amount: number;

  @Yuan({ minFen: 0, maxFen: MAX_SHARE_FEN })
  taker_amount: number;
}

export class TransactionsQuery extends Paged {
  @Optional()
  @OneOf(TRADE_TYPES)
  trade_type?: Task.TradeType;

  @Optional()
  @OneOf(TRADE_STATUSES)
  status?: Task.TradeStatus;
}
