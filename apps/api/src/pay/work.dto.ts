import { FlagText, Id, OneOf, Optional, PageQuery, Text } from '@yajin/server';
import type { Console } from '@yajin/contract/console';
import { WORK_KINDS } from '@yajin/payment';
import { LINES } from './pay.dto.js';

export class WorkQuery extends PageQuery(20) {
  @Optional()
  @OneOf(WORK_KINDS)
  kind?: Console.PayWorkKind;

  @Optional()
  @OneOf(LINES)
  line?: Console.Line;

  @Optional()
  @FlagText()
  mine?: boolean;
}

export class TakePayWorkDto implements Console.TakePayWork {
  @OneOf(WORK_KINDS)
  kind: Console.PayWorkKind;

  @Id()
  id: number;
}

export class FinishPayNotificationDto implements Console.FinishPayNotification {
  @Text({ max: 500 })
  note: string;
}
