import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Console } from '@yajin/contract/console';
import type { Database } from '@yajin/server';
import { DataSource } from 'typeorm';

/** Whom orders are of and what they are for, as their line knows it; the payer is the kernel's to say. */
export type DescribedOrder = Omit<Console.PayParty, 'payer'> & { orderId: number };

/** A name that more orders of a line are called by is no search: what is found beyond is left out. */
const MOST_CALLED = 500;

/** How a line says of orders whose they are. */
export interface OrderDescriber {
  /** In one statement, however many; orders that it knows nothing of are left out. */
  describe(db: Database, orderIds: number[]): Promise<DescribedOrder[]>;
  /** The orders of whoever has `name` in what they are called, or is known by it as a whole: up to `most`, by an index. */
  called(name: string, most: number): Promise<number[]>;
}

interface LineOrder {
  id: number;
  line: string;
}

/** Names the people of orders, for the money pages of all lines: a line registers how it describes its own. */
@Injectable()
export class OrderParties {
  private readonly describers = new Map<string, OrderDescriber>();

  register(line: string, describer: OrderDescriber): void {
    this.describers.set(line, describer);
  }

  /** One statement a line. @returns by the order's id */
  async of(db: Database, orders: readonly LineOrder[]): Promise<Map<number, DescribedOrder>> {
    const described = new Map<number, DescribedOrder>();
    for (const [line, describer] of this.describers) {
      const ids = new Set(orders.flatMap((order) => (order.line === line ? [order.id] : [])));
      if (ids.size === 0) continue;
      for (const order of await describer.describe(db, [...ids])) described.set(order.orderId, order);
    }
    return described;
  }

  /**
   * @param line null for all of them
   * @returns more: whether a line has orders of that name that were left out
   */
  async called(name: string, line: string | null): Promise<{ ids: number[]; more: boolean }> {
    const asked = [...this.describers].filter(([each]) => line === null || each === line);
    const found = await Promise.all(asked.map(([, describer]) => describer.called(name, MOST_CALLED + 1)));
    return {
      ids: found.flatMap((ids) => ids.slice(0, MOST_CALLED)),
      more: found.some((ids) => ids.length > MOST_CALLED),
    };
  }
}

/** A line's describer, which registers itself. */
@Injectable()
export abstract class LineOrders implements OrderDescriber, OnModuleInit {
  protected abstract readonly line: string;

  constructor(
    protected readonly db: DataSource,
    private readonly parties: OrderParties,
  ) {}

  onModuleInit(): void {
    this.parties.register(this.line, this);
  }

  abstract describe(db: Database, orderIds: number[]): Promise<DescribedOrder[]>;
  abstract called(name: string, most: number): Promise<number[]>;
}
