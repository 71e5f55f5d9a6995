import { Id, IdText, OneOf, Optional, PlanetId, Text, WholeText } from '@yajin/server';
import type { Scene } from '@yajin/payment';
import { Matches } from 'class-validator';
import type { Camp } from '@yajin/contract';

export class WechatSignInDto implements Camp.WechatSignInRequest {
  @Text({ max: 512 })
  code: string;
}

/** Which notice somebody has agreed to; nothing from callers that know of none. */
class Consent {
  @Optional()
  @Text({ max: 32 })
  consentVersion?: string;

  @Optional()
  @OneOf(['zh', 'en'])
  consentLanguage?: Camp.NoticeLanguage;
}

export class CreatePaymentDto extends Consent implements Camp.CreatePaymentRequest {
  @Id()
  campId: number;

  @PlanetId()
  planetUserId: string;

  @Text({ max: 100 })
  planetNickname: string;

  @Optional()
  @Text({ max: 100 })
  wechatNickname?: string;

  @Optional()
  @Text({ max: 128 })
  sig?: string;
}

export class NoticeQuery {
  @Optional()
  @OneOf(['zh', 'en'])
  language: Camp.NoticeLanguage = 'zh';
}

export class EraseQuery {
  @Optional()
  @OneOf(['order', 'person'])
  scope: 'order' | 'person' = 'order';
}

export class SceneQuery {
  @Optional()
  @OneOf(['jsapi', 'native', 'h5'])
  scene?: Scene;
}

export class OrderIdParam {
  @IdText()
  id: number;
}

export class OrderNoParam {
  @Text({ max: 64 })
  orderNo: string;
}

export class WaitQuery {
  @Optional()
  @WholeText({ min: 0, max: 25 })
  wait: number = 0;
}

export class BindPaymentDto extends Consent implements Camp.BindPaymentRequest {
  @Text({ max: 64 })
  orderNo: string;

  @PlanetId()
  planetUserId: string;

  @Text({ max: 100 })
  planetNickname: string;
}

export class ClaimPaymentDto implements Camp.ClaimPaymentRequest {
  @Id()
  campId: number;

  @Matches(/^\d{28,32}$/, { message: '交易单号应为 28–32 位数字，在微信账单里这笔付款的详情中' })
  transactionId: string;
}

export class MemberIdParam {
  @IdText()
  memberId: number;
}

export class CorrectPlanetIdDto implements Camp.CorrectPlanetIdRequest {
  @PlanetId()
  planetUserId: string;

  @Text({ max: 100 })
  planetNickname: string;
}
