import type { Gym } from '@yajin/contract/gym';

export const LINE = 'gym';

export const PROVIDERS = ['alipay', 'wechat'] as const;
export const TYPES = ['membership', 'course', 'private'] as const;
/** The most that one payment may be. */
export const MAX_FEN = 10_000_000;
/** Days after its payment from which what a member paid is income. Operators usually cancel before; later they still may. */
export const EARNED_AFTER_DAYS = 7;

/** Which adapter speaks for a provider of the contract. */
export const GATEWAYS: Readonly<Record<Gym.Provider, string>> = { alipay: 'alipay', wechat: 'wechat-v3' };

/** What the kernel calls the refunds of this line, before their ids. */
export const REFUND_SOURCE = 'gym_refund:';

/** What the blind index of a provider's transaction id is signed for. */
export const TRANSACTION_INDEX = 'gym transaction';

/** What a payment's transaction id is sealed for. */
export function sealedFor(paymentId: number | string): string {
  return `gym_payment:${paymentId}`;
}
