import type { Camp } from '@yajin/web';
import {
  chunks,
  judge,
  stages,
  totalYuan,
  type Batch,
  type Chosen,
} from '../src/pages/refunds/batch.rules.js';

const row = (id: number, rest: Partial<Chosen> = {}): Chosen => ({
  id,
  name: `m${id}`,
  campName: 'camp',
  amount: 99,
  confidence: 100,
  mismatch: false,
  unproved: false,
  disputed: false,
  ...rest,
});
const byId = (rows: Chosen[]): Map<number, Chosen> => new Map(rows.map((one) => [one.id, one]));

const careful = { minConfidence: 80, includeUnproved: false };

test('totals are exact where floats are not', () => {
  expect(0.1 + 0.2).not.toBe(0.3);
  expect(totalYuan([{ amount: 0.1 }, { amount: 0.2 }])).toBe(0.3);
  expect(totalYuan(Array.from({ length: 1000 }, () => ({ amount: 59.9 })))).toBe(59_900);
});

describe('judge', () => {
  const rows = [row(1), row(2, { confidence: 79 }), row(3, { mismatch: true }), row(4)];

  test('leaves out what is too doubtful, mismatched or no longer pending', () => {
    const { included, excluded } = judge(rows, byId(rows.slice(0, 3)), careful);
    expect(included.map(({ id }) => id)).toEqual([1]);
    expect(excluded.map(({ row: { id }, why }) => [id, why])).toEqual([
      [2, 'low'],
      [3, 'mismatch'],
      [4, 'gone'],
    ]);
  });

  test('leaves out whose id was only typed, unless the operator takes them in', () => {
    const all = [row(1), row(2, { unproved: true }), row(3, { unproved: true, mismatch: true })];
    const { included, excluded } = judge(all, byId(all), careful);
    expect(included.map(({ id }) => id)).toEqual([1]);
    expect(excluded.map(({ row: { id }, why }) => [id, why])).toEqual([
      [2, 'unproved'],
      [3, 'mismatch'],
    ]);
    const brave = judge(all, byId(all), { ...careful, includeUnproved: true });
    expect(brave.included.map(({ id }) => id)).toEqual([1, 2]);
  });

  test('leaves out whose id another payer claims, whatever the operator takes in', () => {
    const all = [row(1, { unproved: true }), row(2, { unproved: true, disputed: true })];
    const { included, excluded } = judge(all, byId(all), { ...careful, includeUnproved: true });
    expect(included.map(({ id }) => id)).toEqual([1]);
    expect(excluded.map(({ row: { id }, why }) => [id, why])).toEqual([[2, 'disputed']]);
  });

  test('a lower threshold takes more of the doubtful in', () => {
    expect(judge(rows, byId(rows), { ...careful, minConfidence: 79 }).included.map(({ id }) => id)).toEqual([
      1, 2, 4,
    ]);
  });

  test('judges by what a row is now, not by what it was when chosen', () => {
    const { included, excluded } = judge(
      [row(1), row(2, { mismatch: true })],
      byId([row(1, { confidence: 60 }), row(2)]),
      careful,
    );
    expect(included.map(({ id }) => id)).toEqual([2]);
    expect(excluded.map(({ why }) => why)).toEqual(['low']);
  });
});

test('chunks lose and repeat nothing', () => {
  const items = Array.from({ length: 2001 }, (_, place) => place);
  expect(chunks(items, 1000).map((part) => part.length)).toEqual([1000, 1000, 1]);
  expect(chunks(items, 1000).flat()).toEqual(items);
});

test('stages follow the records; an approval is not a refund yet', () => {
  const record = (auditStatus: Camp.AuditStatus, refundStatus: Camp.RefundStatus): Camp.RefundRecord =>
    ({ auditStatus, refundStatus }) as Camp.RefundRecord;
  const batch: Batch = {
    ids: [1, 2, 3, 4, 5, 6, 7, 8],
    names: {},
    amount: 0,
    minConfidence: 80,
    includeUnproved: false,
    comment: '',
    skipped: [
      { id: 7, reason: '昵称不一致' },
      { id: 8, reason: '已审核，无需重复操作' },
      { id: 9, reason: 'left out before' },
    ],
    sent: [],
  };
  const records = new Map([
    [1, record('approved', 'success')],
    [2, record('approved', 'processing')],
    [3, record('approved', 'pending')],
    [4, record('approved', 'failed')],
    [5, record('pending', 'pending')],
    [7, record('pending', 'pending')],
    [8, record('approved', 'success')],
    [9, record('approved', 'success')],
  ]);
  expect(Object.fromEntries(stages(batch, records))).toEqual({
    1: 'refunded',
    2: 'processing',
    3: 'queued',
    4: 'failed',
    5: 'waiting',
    6: 'waiting',
    7: 'skipped',
    8: 'refunded',
    9: 'skipped',
  });
});
