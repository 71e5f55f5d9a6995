import { Injectable } from '@nestjs/common';
import { Calls } from '@yajin/server';
import { impossibleNumber, probeCalls } from './gateway-calls.js';
import type { Gateway, Trade } from './gateway.js';
import { Guard } from './guard.js';
import { PaymentOptions } from './payment.options.js';

/** The gateways this deployment speaks to, by name, each behind a guard of its own. */
@Injectable()
export class Gateways {
  /** Hears of a gateway's serial whose key we have not got. */
  onUnknownKey: (gateway: string, serial: string) => void = () => undefined;
  private readonly byName: Map<string, { gateway: Gateway; guard: Guard; probe: () => Promise<Trade> }>;

  constructor({ gateways }: PaymentOptions, calls: Calls) {
    this.byName = new Map(
      gateways.map((gateway) => {
        const guard = new Guard(gateway.name, (serial) => this.onUnknownKey(gateway.name, serial), calls);
        const probe = (): Promise<Trade> => guard.probe(gateway, impossibleNumber(), probeCalls);
        return [gateway.name, { gateway: guard.around(gateway), guard, probe }];
      }),
    );
  }

  get names(): string[] {
    return [...this.byName.keys()];
  }

  get(name: string): Gateway {
    const found = this.byName.get(name);
    if (!found) throw new Error(`no gateway ${name} is configured`);
    return found.gateway;
  }

  /** A signed query for a number that cannot exist. @throws GatewayError, what the gateway has against us or we against it */
  async probe(name: string): Promise<void> {
    await this.byName.get(name)?.probe();
  }

  /** How many of `wanted` calls nobody waits for may be begun now. */
  room(name: string, wanted: number): number {
    return this.byName.get(name)?.guard.room(wanted) ?? 0;
  }

  /** JSON for SQL: by gateway, how many characters of a refund's number it takes. */
  refundLengths(): string {
    const lengths = [...this.byName].map(([name, { gateway }]) => [name, gateway.numberLength.refund]);
    return JSON.stringify(Object.fromEntries(lengths));
  }

  /** Whether it can send an abnormal refund to another account. */
  redirects(name: string): boolean {
    return this.byName.get(name)?.gateway.redirectRefund !== undefined;
  }

  has(name: string): boolean {
    return this.byName.has(name);
  }
}
