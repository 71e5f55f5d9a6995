import { Injectable, type OnModuleInit } from '@nestjs/common';
import { onlyRow, type Row } from '@yajin/server';
import type { PayAttemptView } from '@yajin/payment';
import { DataSource } from 'typeorm';
import { DemoCast, DemoData, type Chapter } from '../../demo/index.js';
import { GymConsoleService } from './gym-console.service.js';
import { GymRefunds } from './gym.refunds.js';
import { GymService } from './gym.service.js';

const MINUTE_MS = 60_000;
const OFFERS = [
  { type: 'membership', name: '月卡', amount: 199, quantity: 30 },
  { type: 'membership', name: '季卡', amount: 499, quantity: 90 },
  { type: 'course', name: '团课十次', amount: 380, quantity: 10 },
  { type: 'private', name: '私教课五次', amount: 1500, quantity: 5 },
] as const;
type Offer = (typeof OFFERS)[number]['name'];
/** Who buys what, and by which provider; nobody pays for what has none. */
const MEMBERS: {
  name: string;
  buys: [offer: Offer, provider: 'alipay' | 'wechat' | null][];
  cancels?: true;
}[] = [
  { name: '林小满', buys: [['月卡', 'wechat']] },
  {
    name: '周启航',
    buys: [
      ['季卡', 'alipay'],
      ['私教课五次', 'alipay'],
    ],
  },
  { name: '何苗', buys: [['团课十次', 'wechat']], cancels: true },
  { name: '沈一舟', buys: [['月卡', null]] },
  { name: '顾南', buys: [] },
];

/** What the gym shows in the demo. */
@Injectable()
export class GymDemo implements Chapter, OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly data: DemoData,
    private readonly cast: DemoCast,
    private readonly console: GymConsoleService,
    private readonly gym: GymService,
    private readonly refunds: GymRefunds,
  ) {}

  onModuleInit(): void {
    this.data.tell(this);
  }

  events(now: Date): { at: Date; happen: () => Promise<void> }[] {
    const before = (minutes: number): Date => new Date(now.getTime() - minutes * MINUTE_MS);
    return [
      { at: before(170), happen: () => this.open() },
      ...MEMBERS.map((_, index) => ({ at: before(150 - 30 * index), happen: () => this.join(index) })),
    ];
  }

  private async open(): Promise<void> {
    const manager = await this.cast.operator('manager1');
    for (const offer of OFFERS) await this.console.createOffer(manager, offer, null);
  }

  private async join(index: number): Promise<void> {
    const { name, buys, cancels } = MEMBERS[index]!;
    const manager = await this.cast.operator('manager1');
    const user = { id: `gym-${1001 + index}`, role: 'user' };
    const member = await this.console.createMember(manager, { userId: user.id, name }, null);
    for (const [offer, provider] of buys) {
      const { type, amount } = OFFERS.find((each) => each.name === offer)!;
      const payment = await this.gym.create(user, { member_id: member.id, type, amount }, null);
      if (provider === null) continue;
      const { pay_url: page } = await this.gym.payAddress(user, payment.id, provider, '127.0.0.1');
      const open = await onlyRow<Row<PayAttemptView, 'outTradeNo'>>(
        this.db,
        `SELECT a.out_trade_no FROM gym_payment p JOIN pay_attempt_view a ON a.order_id = p.order_id
         WHERE p.id = $1 AND a.state = 'open'`,
        [payment.id],
      );
      await this.cast.pay({ outTradeNo: open.out_trade_no }, `oGym${user.id}`, page);
      await this.cast.until('a payment of the gym', async () => {
        const all = await this.gym.list(user, { page: 1, page_size: 100 });
        return all.some(({ id, status }) => id === payment.id && status === 'success');
      });
      if (cancels) await this.refunds.refund(manager, payment.id, '搬家了，离得太远');
    }
  }
}
