import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Console } from '@yajin/contract/console';
import type { WorkOrder } from '@yajin/contract/work-order';
import { DemoCast, DemoData, type Chapter } from '../../demo/index.js';
import { OrdersService } from './orders.service.js';
import { PaymentsService } from './payments.service.js';
import { RefundsService } from './refunds.service.js';
import { ServiceTypesService } from './service-types.service.js';

const MINUTE_MS = 60_000;
const TYPES = [
  { name: '换插座', prepayAmount: 50, note: '含上门费，材料另计' },
  { name: '空调清洗', prepayAmount: 80, note: '挂机' },
  { name: '线路检修', prepayAmount: 60, note: '' },
];
/** How far each order comes. */
const ORDERS = [
  { service: 1, says: '客厅挂机，两年没洗过', to: 'completed' },
  { service: 0, says: '厨房插座没电', to: 'repairing' },
  { service: 2, says: '阳台跳闸', to: 'asked back' },
  { service: 0, says: '卧室插座松动', to: 'paid' },
  { service: 2, says: '', to: 'unpaid' },
] as const;
const ELECTRICIAN = 4901;

/** What the electricians' platform shows in the demo. */
@Injectable()
export class WorkOrderDemo implements Chapter, OnModuleInit {
  private types: Console.WorkOrderServiceType[] = [];

  constructor(
    private readonly data: DemoData,
    private readonly cast: DemoCast,
    private readonly services: ServiceTypesService,
    private readonly orders: OrdersService,
    private readonly payments: PaymentsService,
    private readonly refunds: RefundsService,
  ) {}

  onModuleInit(): void {
    this.data.tell(this);
  }

  events(now: Date): { at: Date; happen: () => Promise<void> }[] {
    const before = (minutes: number): Date => new Date(now.getTime() - minutes * MINUTE_MS);
    return [
      { at: before(172), happen: () => this.open() },
      ...ORDERS.map((_, index) => ({ at: before(155 - 35 * index), happen: () => this.book(index) })),
    ];
  }

  private async open(): Promise<void> {
    const manager = await this.cast.operator('manager1');
    this.types = [];
    for (const type of TYPES) this.types.push(await this.services.create(manager, type, null));
  }

  private async book(index: number): Promise<void> {
    const { service, says, to } = ORDERS[index]!;
    const manager = await this.cast.operator('manager1');
    const userId = 4001 + index;
    const booked = { userId, serviceTypeId: this.types[service]!.id, ...(says ? { description: says } : {}) };
    const { id } = await this.orders.create(manager, booked, null);
    if (to === 'unpaid') return;
    const number = await this.pay(userId, id, 'prepay');
    if (to === 'asked back') await this.refunds.apply(userId, number, '已经自己修好了', null);
    if (to !== 'repairing' && to !== 'completed') return;
    await this.orders.accept(manager, id, ELECTRICIAN);
    await this.orders.price(manager, id, 120);
    await this.pay(userId, id, 'repair');
    await this.orders.start(ELECTRICIAN, id);
    if (to === 'completed') await this.orders.complete(manager, id);
  }

  /** @returns the payment's number */
  private async pay(userId: number, orderId: number, type: WorkOrder.PaymentType): Promise<string> {
    const user = { id: String(userId), role: 'user' };
    const openid = `oWorkOrder${userId}`;
    const body = { order_id: orderId, type, payment_method: 'wechat' as const, openid };
    const { payment_no: number } = await this.payments.create(user, body, '127.0.0.1', null);
    await this.cast.pay({ outTradeNo: number }, openid);
    await this.cast.until('a payment of a work order', async () => {
      const { payment } = await this.payments.get(user, number);
      return payment.status === 'success';
    });
    return number;
  }
}
