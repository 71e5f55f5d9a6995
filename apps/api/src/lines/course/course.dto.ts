import { applyDecorators } from '@nestjs/common';
import type { Course } from '@yajin/contract/course';
import { DateText, OneOf, Optional, Text, WholeText, Yuan, says } from '@yajin/server';
import { IsUUID, ValidateBy } from 'class-validator';
import { MAX_FEN, METHOD_IDS, ORDER_TYPES } from './course.options.js';
import type { Period } from './course.rules.js';

const HISTORY_TYPES = [...ORDER_TYPES, 'refund'] as const;
const STATUSES = ['pending', 'completed', 'failed', 'cancelled'] as const;
const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;
const MOST_ENTRIES = 20;
const MOST_KEY = 64;
const MOST_TEXT = 500;
const CONTROL = /\p{Cc}/u;

export function Uuid(): PropertyDecorator {
  return IsUUID('all', says('not_uuid'));
}

/** Flat and small, of what a JSON column can keep. */
function Metadata(): PropertyDecorator {
  return applyDecorators(
    ValidateBy(
      { name: 'metadata', validator: { validate: isMetadata } },
      { message: `应为对象，最多 ${MOST_ENTRIES} 项，值为文本、数字、布尔或 null` },
    ),
  );
}

function isMetadata(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= MOST_ENTRIES &&
    entries.every(([key, each]) => isStorable(key, MOST_KEY) && isSimple(each))
  );
}

function isSimple(value: unknown): boolean {
  if (typeof value === 'string') return isStorable(value, MOST_TEXT);
  return value === null || typeof value === 'boolean' || Number.isFinite(value);
}

function isStorable(text: string, max: number): boolean {
  return text.length <= max && text.isWellFormed() && !CONTROL.test(text);
}

export class CreateOrderDto implements Course.CreateOrderRequest {
  @OneOf(ORDER_TYPES)
  order_type: Course.OrderType;

  @Uuid()
  order_id: string;

  @Yuan({ minFen: 1, maxFen: MAX_FEN })
  amount: number;

  @Optional()
  @OneOf(['CNY'])
  currency?: 'CNY';

  @OneOf(METHOD_IDS)
  payment_method: Course.PaymentMethod;

  @Optional()
  @Text({ max: 200, min: 0 })
  description?: string;

  @Optional()
  @Metadata()
  metadata?: Course.Metadata;
}

export class RequestRefundDto implements Course.RefundRequest {
  @Uuid()
  payment_id: string;

  @Yuan({ minFen: 1, maxFen: MAX_FEN })
  amount: number;

  @Text({ max: 80 })
  reason: string;

  @Optional()
  @Text({ max: 500, min: 0 })
  description?: string;
}

export class HistoryQuery {
  @Optional()
  @OneOf(HISTORY_TYPES)
  type?: Course.HistoryEntry['type'];

  @Optional()
  @OneOf(STATUSES)
  status?: Course.PaymentStatus;

  @Optional()
  @DateText()
  start_date?: string;

  @Optional()
  @DateText()
  end_date?: string;

  @Optional()
  @WholeText({ min: 1, max: 1_000_000 })
  page: number = 1;

  @Optional()
  @WholeText({ min: 1, max: 100 })
  page_size: number = 20;
}

export class StatsQuery {
  @Optional()
  @OneOf(PERIODS)
  period: Period = 'month';

  @Optional()
  @DateText()
  start_date?: string;

  @Optional()
  @DateText()
  end_date?: string;
}

export class OrderParam {
  @Uuid()
  order_id: string;
}

export class PaymentParam {
  @Uuid()
  payment_id: string;
}

export class RefundParam {
  @Uuid()
  refund_id: string;
}

export class GatewayParam {
  @OneOf(METHOD_IDS)
  gateway: Course.PaymentMethod;
}
