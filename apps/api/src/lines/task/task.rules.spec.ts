import { fen, sumFen } from '@yajin/core';
import type { Task } from '@yajin/contract/task';
import { TASK_STATUSES, TRADE_TYPES } from './task.options.js';
import {
  LEADS_TO,
  numberOf,
  portionsOf,
  refundable,
  split,
  taskTransitions,
  type Share,
  type TaskEvent,
} from './task.rules.js';

describe('the split of what was collected', () => {
  const SHARES: Share[] = ['publisher', 'taker', 'platform'];

  it('gives each share exactly its amount, and every order away exactly once', () => {
    const random = ((seed: number) => () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    })(20_260_601);
    const upTo = (most: number): number => Math.floor(random() * (most + 1));
    for (let round = 0; round < 5000; round += 1) {
      const orders = [
        { orderId: 1, amountFen: fen(upTo(10_000)) },
        { orderId: 2, amountFen: fen(upTo(7)) },
      ];
      const collected = sumFen(orders.map(({ amountFen }) => amountFen));
      const publisher = fen(upTo(collected));
      const taker = fen(upTo(collected - publisher));
      const portions = split(publisher, taker, orders)!;
      const of = (share: Share): number =>
        sumFen(portionsOf(portions, share).map(({ amountFen }) => amountFen));
      expect(SHARES.map(of)).toEqual([publisher, taker, collected - publisher - taker]);
      for (const { orderId, amountFen } of orders)
        expect(
          sumFen(portions.filter((portion) => portion.orderId === orderId).map((each) => each.amountFen)),
        ).toBe(amountFen);
      expect(portions.every(({ amountFen }) => amountFen > 0)).toBe(true);
    }
  });

  it('is refused when the shares are one fen more than was collected', () => {
    const orders = [
      { orderId: 1, amountFen: fen(1990) },
      { orderId: 2, amountFen: fen(7) },
    ];
    expect(split(fen(1990), fen(8), orders)).toBeNull();
    expect(split(fen(1990), fen(7), orders)).toHaveLength(2);
    expect(split(fen(0), fen(1), [])).toBeNull();
  });

  it('leaves the orders it was given as they are', () => {
    const orders = [{ orderId: 1, amountFen: fen(100) }];
    split(fen(10), fen(20), orders);
    expect(orders).toEqual([{ orderId: 1, amountFen: 100 }]);
  });
});

describe('a task', () => {
  it('moves as the contract says and no other way', () => {
    const table = Object.entries(taskTransitions).flatMap(([from, events]) =>
      Object.entries(events).map(([event, to]) => [from, event, to]),
    );
    for (const [, event, to] of table) expect(LEADS_TO[event as TaskEvent]).toBe(to);
    expect(table).toHaveLength(15);
    for (const end of ['completed', 'rejected', 'cancelled'] as const)
      expect(taskTransitions[end]).toEqual({});
  });

  it('gives money back before the work begins, to a taker before it is handed in, and by an admin until it is settled', () => {
    const may = (type: Task.TradeType, admin: boolean): string[] =>
      TASK_STATUSES.filter((status) => refundable(type, status, admin));
    const [publish, take] = TRADE_TYPES;
    expect(may(publish, false)).toEqual(['pending_review', 'open']);
    expect(may(take, false)).toEqual(['in_progress']);
    expect(may(publish, true)).toEqual(['pending_review', 'open', 'in_progress', 'submitted', 'accepted']);
    expect(may(take, true)).toEqual(['in_progress', 'submitted', 'accepted']);
  });
});

it('numbers tell their kind and their second', () => {
  expect(numberOf('SQ', '2024-01-01T12:00:00', 123_456)).toBe('SQ202401011200000000123456');
});
