import type { Course } from '@yajin/contract/course';
import type { Scene } from '@yajin/payment';

export const LINE = 'course';

export const ORDER_TYPES = ['course_enrollment', 'appointment'] as const;
export const METHOD_IDS = ['alipay', 'wechat', 'bank_card'] as const;
/** What anything may cost at most, whatever it is paid with. */
export const MAX_FEN = 10_000_000;

/** Where the payer opens the payment page. */
export type Device = 'phone' | 'computer';

interface Method {
  name: string;
  /** The adapter that speaks for it. */
  gateway: string;
  minFen: number;
  maxFen: number;
  icon: string;
  scenes: Readonly<Record<Device, Scene>>;
  /** What its app scans is a code of the gateway's own; elsewhere it is the address of our payment page. */
  ownCode: boolean;
}

/** The ways to pay, with their limits. */
export const METHODS: Readonly<Record<Course.PaymentMethod, Method>> = {
  alipay: {
    name: '支付宝',
    gateway: 'alipay',
    minFen: 1,
    maxFen: 5_000_000,
    icon: icon('支', '1677ff'),
    scenes: { phone: 'h5', computer: 'page' },
    ownCode: false,
  },
  wechat: {
    name: '微信支付',
    gateway: 'wechat-v3',
    minFen: 1,
    maxFen: 5_000_000,
    icon: icon('微', '07a35a'),
    scenes: { phone: 'h5', computer: 'native' },
    ownCode: true,
  },
  bank_card: {
    name: '银行卡',
    gateway: 'bank-card',
    minFen: 100,
    maxFen: MAX_FEN,
    icon: icon('卡', '8a5a00'),
    scenes: { phone: 'h5', computer: 'page' },
    ownCode: false,
  },
};

/** A picture that needs no file of its own. */
function icon(letter: string, colour: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="10" fill="#${colour}"/><text x="24" y="33" font-size="26" text-anchor="middle" fill="#fff" font-family="sans-serif">${letter}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
