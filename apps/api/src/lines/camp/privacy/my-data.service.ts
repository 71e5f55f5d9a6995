import { Injectable } from '@nestjs/common';
import { PayerIds } from '@yajin/payment';
import { BusinessError } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { SYSTEM } from '../../../system/index.js';
import { Erasure } from './erasure.js';
import { HeldData, type Held } from './held-data.js';

/** What is held of somebody who has an order's ticket: read, and taken out of everything but the books. */
@Injectable()
export class MyData {
  constructor(
    private readonly held: HeldData,
    private readonly erasure: Erasure,
    private readonly payers: PayerIds,
  ) {}

  /**
   * The ticket's order, and what else its payer paid where the browser has shown to be theirs.
   * @param openid what the browser has proved, if anything: it must then be the payer's. @throws BusinessError 403
   */
  async read(orderId: number, openid: string | null): Promise<Camp.MyData> {
    const [own, others] = await this.all(orderId, openid);
    const presented = this.held.present(own);
    return {
      ...presented,
      // Whoever placed the order has its ticket; who paid it is shown to who paid it.
      openid: openid === null ? null : presented.openid,
      signedIn: openid !== null,
      others: others.map((each) => this.held.present(each)),
    };
  }

  /** The ticket's order alone. @throws BusinessError 403 for somebody else's, 409 while money is not done, saying what */
  async erase(orderId: number, openid: string | null): Promise<Camp.ErasedData> {
    const own = await this.own(orderId, openid);
    await this.erasure.erase(own, SYSTEM);
    return { orderNo: own.order_no, erased: true, orders: [done(own, null)] };
  }

  /** Everything that `read` shows, order by order: one whose money is not done stays, and is said to. @throws BusinessError 403 */
  async eraseAll(orderId: number, openid: string | null): Promise<Camp.ErasedData> {
    const [own, others] = await this.all(orderId, openid);
    const orders: Camp.ErasedOrder[] = [];
    // The ticket's own last: without it nobody could ask again about one that failed.
    for (const held of [...others, own]) orders.push(await this.eraseOne(held));
    return { orderNo: own.order_no, erased: orders.at(-1)?.erased === true, orders: orders.reverse() };
  }

  private async eraseOne(held: Held): Promise<Camp.ErasedOrder> {
    try {
      await this.erasure.erase(held, SYSTEM);
      return done(held, null);
    } catch (error) {
      if (error instanceof BusinessError && error.code === 409) return done(held, error.message);
      throw error;
    }
  }

  /**
   * A WeChat login shows who paid, and opens what else they paid, as it does everywhere. A ticket shows less: whoever placed an
   * order has one, and whoever paid it for them; so neither the payer's nor the planet user's other orders are theirs to see.
   */
  private async all(orderId: number, openid: string | null): Promise<[own: Held, others: Held[]]> {
    const own = await this.own(orderId, openid);
    if (openid === null) return [own, []];
    return [own, await this.held.of(await this.held.paidBy(openid, orderId))];
  }

  private async own(orderId: number, openid: string | null): Promise<Held> {
    const [own] = await this.held.of([orderId]);
    if (!own) throw new BusinessError(1005);
    // What a cache remembers of its ticket opens nothing.
    if (own.erased_at !== null) throw new BusinessError(401);
    if (openid !== null && own.payer_id !== null && !this.payers.is(own, openid))
      throw new BusinessError(403);
    return own;
  }
}

function done(held: Held, reason: string | null): Camp.ErasedOrder {
  return { orderNo: held.order_no, campName: held.camp_name, erased: reason === null, reason };
}
