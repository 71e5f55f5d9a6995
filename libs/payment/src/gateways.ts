import type { Gateway } from './gateway.js';

/** The gateways this deployment speaks to, by name. */
export class Gateways {
  private readonly byName: Map<string, Gateway>;

  constructor(gateways: Gateway[]) {
    this.byName = new Map(gateways.map((gateway) => [gateway.name, gateway]));
  }

  get(name: string): Gateway {
    const gateway = this.byName.get(name);
    if (!gateway) throw new Error(`no gateway ${name} is configured`);
    return gateway;
  }

  /** JSON for SQL: by gateway, how many characters of a refund's number it takes. */
  refundLengths(): string {
    const lengths = [...this.byName].map(([name, { numberLength }]) => [name, numberLength.refund]);
    return JSON.stringify(Object.fromEntries(lengths));
  }

  has(name: string): boolean {
    return this.byName.has(name);
  }
}
