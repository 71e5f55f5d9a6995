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
  type BillForm,
  type Handed,
} from '../money/bill.js';
import { settledFen } from '../money/coupon.js';
import {
  accountStatement,
  moveAccount,
  MOVEMENT_KINDS,
  type OtherMovement,
  type StatementChange,
} from '../money/statement.js';
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

/** What bills and statements are made to say that did not happen so, how they come, and what moves the account beside trades. */
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
    return { channel, changes, ...saveForms(world, channel, body) };
  });
  app.get<{ Querystring: Record<string, unknown> }>('/statements', ({ query }) =>
    accountStatement(world, choiceField(query, 'channel', BILLED), dayField(query)),
  );
  app.post<ControlBody>('/statements', ({ body }) => {
    const channel = choiceField(body, 'channel', BILLED);
    const handed = `${channel}/statement` as const;
    if (body['reset'] === true) correctBills(world, handed);
    const moved = body['movements'] === undefined ? [] : listField(body, 'movements');
    const numbers = moved
      .map((given) => readMovement(given, world.clock.now().getTime()))
      .map((each) => moveAccount(world, channel, each));
    const changes = body['changes'] === undefined ? [] : listField(body, 'changes').map(readStatementChange);
    planBill(world, handed, changes);
    return { channel, numbers, changes, ...saveForms(world, handed, body) };
  });
}

function saveForms(world: World, handed: Handed, body: Record<string, unknown>): { forms?: BillForm[] } {
  if (body['forms'] === undefined) return {};
  const given = Array.isArray(body['forms']) ? body['forms'] : [];
  const forms = given.map((form: unknown) => choiceField({ form }, 'form', BILL_FORMS));
  saveBillForms(world, handed, dayField(body), forms);
  return { forms };
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

/** A withdrawal's sum is what goes; what nobody knows goes out where it is less than nothing. */
function readMovement(body: Record<string, unknown>, now: number): OtherMovement {
  const kind = choiceField(body, 'kind', ['withdrawal', 'other']);
  return {
    kind,
    number: optionalTextField(body, 'number') ?? null,
    said: kind === 'other' ? textField(body, 'said') : (optionalTextField(body, 'said') ?? ''),
    fen: integerField(body, 'fen', kind === 'other' ? Number.MIN_SAFE_INTEGER : 1),
    at: body['at'] === undefined ? now : instantField(body, 'at'),
  };
}

function readStatementChange(body: Record<string, unknown>): StatementChange {
  const which = {
    number: textField(body, 'number'),
    kind: body['kind'] === undefined ? null : choiceField(body, 'kind', MOVEMENT_KINDS),
  };
  const change = choiceField(body, 'change', ['omit', 'amount', 'gap']);
  if (change === 'omit') return { ...which, change };
  const least = change === 'gap' ? Number.MIN_SAFE_INTEGER : 0;
  return { ...which, change, fen: integerField(body, 'fen', least) };
}
