import type { Gateway } from './gateway.js';

export class PaymentOptions {
  /** @param publicUrl what notification addresses begin with, without a trailing slash */
  constructor(
    readonly gateways: Gateway[],
    readonly publicUrl: string,
  ) {}
}
