import { OneOf, Optional, PageQuery, Text } from '@yajin/server';
import type { Console } from '@yajin/contract/console';

const LINES = ['camp', 'course', 'gym', 'task', 'work-order'] as const;

export class PayOrderQuery extends PageQuery(20) {
  @Optional()
  @OneOf(LINES)
  line?: Console.Line;

  @Optional()
  @OneOf(['pending', 'paid', 'closed'])
  status?: Console.OrderStatus;

  @Optional()
  @Text({ max: 100, min: 0 })
  keyword?: string;
}

export class PayRefundQuery extends PageQuery(20) {
  @Optional()
  @OneOf(LINES)
  line?: Console.Line;

  @Optional()
  @OneOf(['pending', 'processing', 'success', 'failed'])
  status?: Console.MoneyStatus;
}

export class PayOrderParam {
  @Text({ max: 64 })
  orderNo: string;
}

export class PayLineQuery {
  @OneOf(LINES)
  line: Console.Line;
}
