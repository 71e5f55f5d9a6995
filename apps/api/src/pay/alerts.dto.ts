import { OneOf, Optional, PageQuery, Text } from '@yajin/server';
import { consoleDocument, type Console } from '@yajin/contract/console';

const KINDS = consoleDocument.components.schemas['PayAlertKind']?.['enum'] as Console.PayAlertKind[];

export class AlertQuery extends PageQuery(20) {
  @Optional()
  @OneOf(['open', 'seen', 'resolved'])
  state?: Console.PayAlertState;

  @Optional()
  @OneOf(KINDS)
  kind?: Console.PayAlertKind;
}

export class ResolvePayAlertDto implements Console.ResolvePayAlert {
  @Text({ max: 500 })
  note: string;
}
