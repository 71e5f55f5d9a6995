import { isBusinessDate, localTime } from '@yajin/core';
import type { FastifyInstance } from 'fastify';
import {
  BILL_FORMS,
  billEntries,
  correctBills,
  numberOf,
  planBill,
  saveBillForms,
  type BillChange,
} from '../money/bill.js';
import { settledFen } from '../money/coupon.js';
import type { World } from '../world.js';
import {
  choiceField,
  ControlError,
  instantField,
  integerField,
  listField,
  optionalTextField,
  textField,
} from './body.js';
import type { ControlBody } from './body.js';

/** What bills are made to say that did not happen so, and how they come. */
export function billControlRoutes(app: FastifyInstance, world: World): void {
  app.get<{ Querystring: Record<string, unknown> }>('/bills', ({ query }) => {
    const [channel, day] = [choiceField(query, 'channel', BILLED), dayField(query)];
    return billEntries(world, channel, day).map((entry) => ({
      number: numberOf(entry),
      outTradeNo: entry.trade.out_trade_no,
      outRefundNo: entry.refund?.out_refund_no ?? null,
      amountFen: entry.amountFen,
      settledFen: settledFen(entry.trade, entry.amountFen, entry.couponFen),
      feeFen: entry.feeFen,
      at: localTime(new Date(entry.at)),
    }));
  });
  app.post<ControlBody>('/bills', ({ body }) => {
    const channel = choiceField(body, 'channel', BILLED);
    if (body['reset'] === true) correctBills(world, channel);
    const changes = body['changes'] === undefined ? [] : listField(body, 'changes').map(readBillChange);
    planBill(world, channel, changes);
    if (body['forms'] === undefined) return { channel, changes };
    const given = Array.isArray(body['forms']) ? body['forms'] : [];
    const forms = given.map((form: unknown) => choiceField({ form }, 'form', BILL_FORMS));
    saveBillForms(world, channel, dayField(body), forms);
    return { channel, changes, forms };
  });
}

const BILLED = ['wechat-v3', 'wechat-v2', 'alipay'] as const;

function dayField(body: Record<string, unknown>): string {
  const day = textField(body, 'day');
  if (!isBusinessDate(day)) throw new ControlError(400, 'day must be a date');
  return day;
}

function readBillChange(body: Record<string, unknown>): BillChange {
  const number = textField(body, 'number');
  const change = choiceField(body, 'change', [
    'omit',
    'twice',
    'transaction',
    'amount',
    'fee',
    'time',
    'add',
  ]);
  switch (change) {
    case 'omit':
    case 'twice':
    case 'transaction':
      return { change, number };
    case 'amount':
    case 'fee':
      return { change, number, fen: integerField(body, 'fen', 0) };
    case 'time':
      return { change, number, at: instantField(body, 'at') };
    case 'add': {
      const outRefundNo = optionalTextField(body, 'outRefundNo') ?? null;
      return { change, number, outRefundNo, fen: integerField(body, 'fen', 1), at: instantField(body, 'at') };
    }
  }
}
