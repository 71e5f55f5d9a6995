import { Id, IdText, OneOf, Optional, Text, WholeText, Yuan } from '@yajin/server';
import type { Gym } from '@yajin/contract/gym';
import { MAX_FEN, PROVIDERS, TYPES } from './gym.options.js';

export class CreatePaymentDto implements Gym.CreatePaymentRequest {
  @Id()
  member_id: number;

  @Yuan({ minFen: 1, maxFen: MAX_FEN })
  amount: number;

  @OneOf(TYPES)
  type: Gym.PaymentType;

  @Optional()
  @Text({ max: 200, min: 0 })
  description?: string;
}

export class ListPaymentsQuery {
  @Optional()
  @IdText()
  member_id?: number;

  @Optional()
  @WholeText({ min: 1, max: 1_000_000 })
  page: number = 1;

  @Optional()
  @WholeText({ min: 1, max: 100 })
  page_size: number = 100;
}

export class PaymentParam {
  @IdText()
  id: number;
}

export class PayQuery {
  @OneOf(PROVIDERS)
  provider: Gym.Provider;
}

export class CallbackParam {
  @OneOf(PROVIDERS)
  provider: Gym.Provider;
}
