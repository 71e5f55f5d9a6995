import type { Gym } from '@yajin/contract/gym';

export const LINE = 'gym';

export const PROVIDERS = ['alipay', 'wechat'] as const;
export const TYPES = ['membership', 'course', 'private'] as const;
/** The most that one payment may be. */
export const MAX_FEN = 10_000_000;

/** Which adapter speaks for a provider of the contract. */
export const GATEWAYS: Readonly<Record<Gym.Provider, string>> = { alipay: 'alipay', wechat: 'wechat-v3' };
