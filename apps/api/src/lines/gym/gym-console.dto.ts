import { IdText, OneOf, Optional, PageQuery, Text, Whole, Yuan, says } from '@yajin/server';
import type { Console } from '@yajin/contract/console';
import { IsBoolean } from 'class-validator';
import { MAX_FEN, TYPES } from './gym.options.js';

export class GymMemberQuery extends PageQuery(20) {
  @Optional()
  @Text({ max: 100, min: 0 })
  keyword?: string;
}

export class CreateGymMemberDto implements Console.CreateGymMember {
  @Text({ max: 64 })
  userId: string;

  @Text({ max: 50 })
  name: string;
}

export class CreateGymOfferDto implements Console.CreateGymOffer {
  @OneOf(TYPES)
  type: Console.GymType;

  @Text({ max: 50 })
  name: string;

  @Yuan({ minFen: 1, maxFen: MAX_FEN })
  amount: number;

  @Whole({ min: 1, max: 3660 })
  quantity: number;
}

export class GymPaymentQuery extends PageQuery(20) {
  @Optional()
  @OneOf(['pending', 'success', 'failed'])
  status?: Console.GymPayment['status'];

  @Optional()
  @OneOf(['none', 'pending', 'processing', 'success', 'failed'])
  refund?: 'none' | Console.MoneyStatus;

  @Optional()
  @OneOf(TYPES)
  type?: Console.GymType;

  @Optional()
  @IdText()
  memberId?: number;

  @Optional()
  @IdText()
  offerId?: number;

  @Optional()
  @Text({ max: 100, min: 0 })
  keyword?: string;
}

export class GymMemberParam {
  @IdText()
  id: number;
}

export class GymPaymentParam {
  @IdText()
  id: number;
}

export class RefundGymPaymentDto implements Console.RefundGymPayment {
  @Text({ max: 80 })
  reason: string;
}

export class GymOfferParam {
  @IdText()
  id: number;
}

export class UpdateGymOfferDto implements Console.UpdateGymOffer {
  @IsBoolean(says('not_flag'))
  active: boolean;
}
