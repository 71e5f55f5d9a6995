import { setTimeout as sleep } from 'node:timers/promises';
import { exchange, GaveUp, insist, type Answer, type Ask } from './client.ts';
import { Random } from './random.ts';
import type { Clicks, Tab, When } from './stories.ts';
import type { World } from './world.ts';

/** How long somebody thinks before the next thing they do. */
const MOST_THOUGHT_MS = 250;

const JUST_IN_TIME_MS = 5_000;

/** Somebody in a story. */
export class Actor {
  readonly world: World;
  readonly name: string;
  /** What they decide on the way. */
  readonly random: Random;

  constructor(world: World, name: string) {
    this.world = world;
    this.name = name;
    this.random = new Random(world.plan.seed, name);
  }

  say(text: string): void {
    this.world.timeline.add(this.name, text);
  }

  /** Asks until the answer is clear. @throws GaveUp */
  async ask<Data>(ask: Ask): Promise<Answer<Data>> {
    const origins = this.world.origins(this.random.whole(0, 1));
    await sleep(this.random.whole(0, MOST_THOUGHT_MS));
    const answer = await insist<Data>(origins, ask, this.world.deadline);
    this.say(`${ask.method} ${ask.path}: ${answer.status}`);
    return answer;
  }

  /** @throws GaveUp unless the answer is a success */
  async done<Data>(ask: Ask): Promise<Data> {
    const { status, data } = await this.ask<Data>(ask);
    if (status >= 300) throw new GaveUp(`${ask.method} ${ask.path} answered ${status}`);
    return data;
  }

  /** A button pressed once or twice. @returns the successes, in no order. @throws GaveUp when there is none */
  async press<Data>(ask: Ask, clicks: Clicks): Promise<Data[]> {
    const key = this.random.uuid();
    const keys =
      clicks === 'once' ? [key] : clicks === 'twice with one key' ? [key, key] : [key, this.random.uuid()];
    const answers = await Promise.all(keys.map((each) => this.ask<Data>({ ...ask, key: each })));
    const successes = answers.filter(({ status }) => status < 300).map(({ data }) => data);
    if (successes.length === 0)
      throw new GaveUp(`${ask.method} ${ask.path} answered ${answers[0]?.status ?? 0}`);
    return successes;
  }

  /** Two operators do the same thing at once; one may be too late. */
  async together<Data>(
    ask: Omit<Ask, 'token'>,
    bodies: (object | undefined)[] = [ask.body],
  ): Promise<Data[]> {
    const answers = await Promise.all(
      this.world.operators.map((token, index) => {
        const body = bodies[index % bodies.length];
        return this.ask<Data>({ ...ask, token, ...(body === undefined ? {} : { body }) });
      }),
    );
    return answers.filter(({ status }) => status < 300).map(({ data }) => data);
  }

  get operator(): string {
    return this.world.operators[0] ?? '';
  }

  /** Follows an address as a browser does: some gateways know a trade only from then on. */
  async visit(address: string): Promise<string> {
    const { origin, pathname, search } = new URL(address);
    const answer = await exchange<string>(origin, { method: 'GET', path: pathname + search });
    this.say(`opens ${pathname}: ${answer?.status ?? 'no answer'}`);
    return typeof answer?.data === 'string' ? answer.data : '';
  }

  /** Pays at the gateway, wherever it lets them. */
  async pay(orderId: number, tab: Tab, when: When, openid?: string): Promise<void> {
    if (when !== 'at once') await this.wait();
    const paidAt = when === 'in flight' ? await this.justInTime(orderId) : undefined;
    const as = { ...(openid ? { openid } : {}), ...(paidAt ? { paidAt } : {}) };
    const attempts = await this.world.find<{ out_trade_no: string }>(
      'SELECT out_trade_no FROM pay_attempt WHERE order_id = $1 AND scene IS NOT NULL ORDER BY created_at, out_trade_no',
      [orderId],
    );
    const [first, ...others] = tab === 'the last' ? attempts.reverse() : attempts;
    if (!first) return;
    // Whoever is turned away at one address goes to the next they have open.
    if (!(await this.payAt(first.out_trade_no, as)) || tab === 'all')
      for (const { out_trade_no } of others)
        if ((await this.payAt(out_trade_no, as)) && tab !== 'all') return;
  }

  /** Shortly before the order's end, or now where that is still to come. */
  private async justInTime(orderId: number): Promise<string | undefined> {
    const sql = 'SELECT expires_at FROM pay_order WHERE id = $1';
    const [order] = await this.world.find<{ expires_at: Date }>(sql, [orderId]);
    const latest = order ? order.expires_at.getTime() - JUST_IN_TIME_MS : 0;
    return latest < (await this.world.now()).getTime() ? new Date(latest).toISOString() : undefined;
  }

  /** @returns whether the gateway took it */
  private async payAt(outTradeNo: string, as: object): Promise<boolean> {
    const body = { outTradeNo, ...as };
    const trades = await this.world.control<{ outTradeNo: string; state: string }[]>('/trades');
    const wasClosed = trades.some((trade) => trade.outTradeNo === outTradeNo && trade.state === 'CLOSED');
    const answer = await exchange(this.world.sandboxUrl, { method: 'POST', path: '/control/pay', body });
    if (wasClosed && answer?.status === 200) this.world.paidAfterClose.add(outTradeNo);
    this.say(`pays ${outTradeNo}: ${answer?.status ?? 'no answer'}`);
    return answer?.status === 200;
  }

  /** Looks until it is there. @returns null when the time for acting is over */
  async until<Value>(look: () => Promise<Value | null>): Promise<Value | null> {
    for (;;) {
      const value = await look();
      if (value !== null) return value;
      if (Date.now() > this.world.deadline) return null;
      await sleep(150);
    }
  }

  /** Until shortly before the time for acting is over. */
  private async wait(): Promise<void> {
    await sleep(Math.max(0, this.world.deadline - 700 - Date.now()));
  }
}
