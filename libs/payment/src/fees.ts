/** What gateways keep of a payment, as operators have set it, until a bill says it. */
export class FeeRates {
  /** @param rate in ten-thousandths of the sum; null while nobody has said */
  constructor(readonly rate: (gateway: string) => Promise<number | null>) {}
}
