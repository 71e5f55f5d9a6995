import { Injectable } from '@nestjs/common';
import type { Scene } from '@yajin/payment';
import { Clock, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { DemoCast, DemoClock, DemoOptions, DemoSandbox } from '../../../demo/index.js';
import type { Actor, SysUser } from '../../../system/index.js';
import { CampScanner } from '../camp.scanner.js';
import { CampService } from '../camp/camp.service.js';
import { PublicCampService } from '../camp/public-camp.service.js';
import { EnrolService } from '../h5/enrol.service.js';
import { MemberPageService } from '../h5/member-page.service.js';
import { SignInService } from '../h5/sign-in.service.js';
import { TicketService } from '../h5/ticket.service.js';
import type { CampPlan } from './camps.data.js';
import type { Person } from './people.data.js';

const MINUTE_MS = 60_000;

export interface Enrolment {
  person: Person;
  /** What they enter as their nickname. */
  nickname: string;
  /** Whether they came by a personal link that carries our signature. */
  signed: boolean;
  scene: Scene;
  /** Minutes until they pay; null when they never do. */
  paysAfter: number | null;
  /** Whether a coach ticks them off in the group. */
  joins: boolean;
}

export interface Post {
  userId: string;
  name: string;
  alias: string | null;
  text: string;
  /** Local time. */
  createTime: string;
}

/** What organisers and members do in the demo, each through what they would really use. */
@Injectable()
export class DemoActions {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly time: DemoClock,
    private readonly sandbox: DemoSandbox,
    private readonly cast: DemoCast,
    private readonly options: DemoOptions,
    private readonly camps: CampService,
    private readonly publicCamps: PublicCampService,
    private readonly enrolment: EnrolService,
    private readonly signIn: SignInService,
    private readonly tickets: TicketService,
    private readonly pages: MemberPageService,
    private readonly scanner: CampScanner,
  ) {}

  /** A demo operator as whoever does something. */
  async actor(username: string): Promise<Actor> {
    const user = await maybeRow<Row<SysUser, 'id'>>(this.db, 'SELECT id FROM sys_user WHERE username = $1', [
      username,
    ]);
    return { id: user?.id ?? null, username, ip: null };
  }

  /** @returns the camp's id */
  async open(
    plan: CampPlan,
    project: string,
    dates: { startDate: string; endDate: string },
    staff: Map<string, number>,
  ): Promise<number> {
    const idsOf = (names: string[]): number[] => names.flatMap((name) => staff.get(name) ?? []);
    const image = (kind: string): string =>
      `${this.options.publicUrl}/api/demo/images/${kind}-${plan.key}.svg`;
    const admin = await this.actor('admin');
    const camp = {
      name: plan.name,
      description: plan.description,
      rules: plan.rules,
      deposit: plan.deposit,
      startDate: dates.startDate,
      endDate: dates.endDate,
      requiredDays: plan.requiredDays,
      posterUrl: image('poster'),
      groupQrcodeUrl: image('group'),
      planetProjectId: project,
      coachIds: idsOf(plan.coaches),
      volunteerIds: idsOf(plan.volunteers),
    };
    const { id } = await this.camps.create(admin, camp, null);
    await this.sandbox.post('/planet/checkins', { checkinId: project, title: plan.name, days: plan.days });
    if (plan.opensIn !== null) await this.camps.publish(admin, id);
    return id;
  }

  /** Some people enrol at the same time, and pay some minutes later or not at all. */
  async enrol(campId: number, group: Enrolment[]): Promise<void> {
    const began = this.clock.now().getTime();
    const orders = await Promise.all(group.map((enrolment) => this.place(campId, enrolment)));
    const placed = group.map((enrolment, index) => ({ ...enrolment, order: orders[index]! }));
    const paying = placed.filter(({ paysAfter }) => paysAfter !== null);
    if (paying.length === 0) return;
    await this.time.jump(
      new Date(began + Math.max(...paying.map(({ paysAfter }) => paysAfter ?? 0)) * MINUTE_MS),
      false,
    );
    await Promise.all(
      paying.map(({ order, person, paysAfter }) =>
        this.sandbox.post('/pay', {
          orderNo: order.orderNo,
          openid: person.openid,
          paidAt: began + (paysAfter ?? 0) * MINUTE_MS,
        }),
      ),
    );
    await this.decided(paying.map(({ order }) => order.orderId));
    await this.tickOff(paying.filter(({ joins }) => joins).map(({ order }) => order.orderId));
  }

  /** The order is closed when its time is up; then money comes all the same, and goes back by itself. */
  async payTooLate(campId: number, enrolment: Enrolment): Promise<void> {
    const { orderNo, orderId } = await this.place(campId, enrolment);
    await this.time.jump(new Date(this.clock.now().getTime() + 40 * MINUTE_MS), false);
    const once = { times: 1, match: orderNo };
    await this.sandbox.post('/faults', { payAfterClose: once, payAfterExpiry: once });
    await this.sandbox.post('/pay', { orderNo, openid: enrolment.person.openid });
    await this.paidBack(orderId);
  }

  /** Two orders for one planet user, paid both: the later one is a duplicate and goes back by itself. */
  async payTwice(campId: number, enrolment: Enrolment): Promise<void> {
    const first = await this.place(campId, enrolment);
    const second = await this.place(campId, enrolment);
    const { openid } = enrolment.person;
    await this.sandbox.post('/pay', { orderNo: first.orderNo, openid });
    await this.decided([first.orderId]);
    await this.sandbox.post('/pay', { orderNo: second.orderNo, openid });
    await this.paidBack(second.orderId);
  }

  /** Somebody scans the fixed code. */
  async payFixedCode(campId: number, amountFen: number, openid: string): Promise<void> {
    const { outTradeNo } = await this.sandbox.post<{ outTradeNo: string }>('/fixed-qr-payment', {
      campId,
      amountFen,
      openid,
    });
    await this.until('the fixed-code payment', async () => {
      const found = await maybeRow(
        this.db,
        `SELECT 1 FROM pay_attempt_view a WHERE a.out_trade_no = $1
           AND (EXISTS (SELECT FROM camp_order c WHERE c.order_id = a.order_id)
             OR EXISTS (SELECT FROM camp_unallocated u WHERE u.order_id = a.order_id))`,
        [outTradeNo],
      );
      return found !== null;
    });
  }

  /** A payer by the fixed code comes back through WeChat and says who they are. */
  async bind(campId: number, person: Person): Promise<void> {
    const { code } = await this.sandbox.post<{ code: string }>('/oauth-code', { openid: person.openid });
    const { tickets } = await this.signIn.signIn(code);
    const ticket = tickets.find(
      (candidate) => candidate.campId === campId && candidate.bindStatus === 'pending',
    );
    if (!ticket) throw new Error(`${person.name} has nothing to bind in camp ${campId}`);
    const orderId = await this.tickets.orderOf(ticket.accessToken);
    const { orderNo } = ticket;
    const said = { orderNo, planetUserId: person.planetUserId, planetNickname: person.name };
    await this.pages.bind(orderId, said, asker(person));
    await this.tickOff([orderId]);
  }

  async checkIn(project: string, posts: Post[]): Promise<void> {
    await this.sandbox.post('/planet/posts', { checkinId: project, posts });
  }

  async sync(campId: number): Promise<void> {
    await this.scanner.syncCamp(campId);
  }

  /** Waits for what happens behind the scenes. @throws Error after half a minute */
  until(what: string, happened: () => Promise<boolean>): Promise<void> {
    return this.cast.until(what, happened);
  }

  private async place(
    campId: number,
    { person, nickname, signed, scene }: Enrolment,
  ): Promise<Camp.CreatedPayment> {
    const link = new URL(this.publicCamps.personalLink(campId, person.planetUserId));
    const form = {
      campId,
      planetUserId: person.planetUserId,
      planetNickname: nickname,
      wechatNickname: person.wechatNickname,
      ...(signed ? { sig: link.searchParams.get('sig') ?? '' } : {}),
    };
    const order = await this.enrolment.place(form, null, asker(person));
    await this.enrolment.params(order.orderId, scene, {
      openid: person.openid,
      ip: '127.0.0.1',
      ticketOf: order.orderId,
    });
    return order;
  }

  private async decided(orderIds: number[]): Promise<void> {
    await this.until('the payments', async () => {
      const { open } = await onlyRow<{ open: number }>(
        this.db,
        'SELECT count(*) AS open FROM camp_order WHERE order_id = ANY($1) AND outcome IS NULL',
        [orderIds],
      );
      return open === 0;
    });
  }

  private async paidBack(orderId: number): Promise<void> {
    await this.until('the automatic refund', async () => {
      const found = await maybeRow(
        this.db,
        `SELECT 1 FROM camp_refund WHERE order_id = $1 AND auditor = 'system' AND refund_status = 'success'`,
        [orderId],
      );
      return found !== null;
    });
  }

  /** What coaches note about the members' group. */
  private async tickOff(orderIds: number[]): Promise<void> {
    await rows(
      this.db,
      'UPDATE camp_member SET joined_group = true, joined_at = $2, updated_at = $2 WHERE order_id = ANY($1)',
      [orderIds, this.clock.now()],
    );
  }
}

/** On a phone of their own, where they have logged in. */
function asker(person: Person): { browser: string; openid: string } {
  return { browser: `demo ${person.planetUserId}`, openid: person.openid };
}
