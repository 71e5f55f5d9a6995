import { IdText, OneOf, Optional, PageQuery, Text } from '@yajin/server';
import type { Console } from '@yajin/contract/console';
import { REFUND_STATUSES, TASK_STATUSES } from './task.options.js';

export class TaskItemQuery extends PageQuery(20) {
  @Optional()
  @OneOf(TASK_STATUSES)
  status?: Console.TaskItemStatus;

  @Optional()
  @Text({ max: 100, min: 0 })
  keyword?: string;

  @Optional()
  @IdText()
  userId?: number;
}

export class SettlementQuery extends PageQuery(20) {
  @Optional()
  @OneOf(REFUND_STATUSES)
  transferStatus?: Console.TaskMoneyStatus;
}

export class TaskRefundQuery extends PageQuery(20) {
  @Optional()
  @OneOf(REFUND_STATUSES)
  status?: Console.TaskMoneyStatus;
}

export class TaskIdParam {
  @IdText()
  id: number;
}

export class ReviewTaskItemDto implements Console.ReviewTaskItem {
  @OneOf(['approve', 'reject'])
  action: 'approve' | 'reject';

  @Optional()
  @Text({ max: 200, min: 0 })
  reason?: string;
}
