import {
  DatedPageQuery,
  FlagText,
  Ids,
  IdsText,
  IdText,
  OneOf,
  Optional,
  PageQuery,
  Text,
  Whole,
  WholeText,
  says,
} from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { ArrayMinSize, IsBoolean } from 'class-validator';
import { CONFIDENT, REVIEW } from '../member/match.rules.js';

export class RefundIdParam {
  @IdText()
  id: number;
}

/** As many as a batch takes. */
const MOST_ROWS = 1_000;
/** A thousand of them would be a longer address than proxies take by default, 8 KiB. */
const MOST_IDS = 400;

export class PendingRefundQuery extends PageQuery(20, MOST_ROWS) {
  @Optional()
  @IdText()
  campId?: number;

  @Optional()
  @IdsText(MOST_IDS)
  ids?: number[];

  @Optional()
  @WholeText({ min: 0, max: 100 })
  minConfidence?: number;

  @Optional()
  @WholeText({ min: 0, max: 100 })
  maxConfidence?: number;

  @Optional()
  @OneOf(['ready', 'check', 'low'])
  lane?: Camp.ReviewLane;
}

export class RefundRecordQuery extends DatedPageQuery(20, MOST_ROWS) {
  @Optional()
  @IdText()
  campId?: number;

  @Optional()
  @OneOf(['pending', 'processing', 'success', 'failed', 'rejected'])
  refundStatus?: Camp.RefundStatus;

  @Optional()
  @OneOf(['pending', 'approved', 'rejected'])
  auditStatus?: Camp.AuditStatus;

  @Optional()
  @OneOf(['deposit', 'other'])
  kind?: Camp.RefundKind;

  @Optional()
  @FlagText()
  open?: boolean;

  @Optional()
  @IdsText(MOST_IDS)
  ids?: number[];
}

export class ApproveRefundDto implements Camp.ApproveRefundRequest {
  @Optional()
  @Text({ max: 500, min: 0 })
  comment?: string;
}

export class RejectRefundDto implements Camp.RejectRefundRequest {
  @Text({ max: 500 })
  reason: string;

  @Optional()
  @IsBoolean(says('not_flag'))
  tellMember: boolean = false;
}

export class BatchApproveDto implements Camp.BatchApproveRefundsRequest {
  @Ids(1000)
  @ArrayMinSize(1, says('none_chosen'))
  refundIds: number[];

  @Optional()
  @Whole({ min: REVIEW, max: 100 })
  minConfidence: number = CONFIDENT;

  @Optional()
  @IsBoolean(says('not_flag'))
  includeUnproved: boolean = true;

  @Optional()
  @Text({ max: 500, min: 0 })
  comment?: string;
}

export class UndoRefundsDto implements Camp.UndoRefundsRequest {
  @Ids(1000)
  @ArrayMinSize(1, says('none_chosen'))
  refundIds: number[];
}
