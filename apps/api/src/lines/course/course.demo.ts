import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Console } from '@yajin/contract/console';
import type { Course } from '@yajin/contract/course';
import { addDays, businessDate } from '@yajin/core';
import { onlyRow, type Row } from '@yajin/server';
import type { PayAttemptView } from '@yajin/payment';
import { DataSource } from 'typeorm';
import { DemoCast, DemoData, type Chapter } from '../../demo/index.js';
import { BookingConsoleService } from './booking-console.service.js';
import { BookingRefundsService } from './booking-refunds.service.js';
import { PaymentService } from './payment.service.js';

const MINUTE_MS = 60_000;
const COURSES = [
  { title: 'Go Web 开发实战', price: 299 },
  { title: '摄影入门：看见光', price: 199 },
  { title: '线上写作课（第一期）', price: 99 },
];
/** Who enrols in which course, and how they pay; nobody pays where there is no method. */
const STUDENTS: { course: number; method: Course.PaymentMethod | null; back?: number }[] = [
  { course: 0, method: 'alipay' },
  { course: 0, method: 'wechat', back: 100 },
  { course: 0, method: null },
  { course: 1, method: 'bank_card' },
  { course: 2, method: 'wechat', back: 99 },
];

/** What the course platform shows in the demo. */
@Injectable()
export class CourseDemo implements Chapter, OnModuleInit {
  private courses: Console.Course[] = [];

  constructor(
    private readonly db: DataSource,
    private readonly data: DemoData,
    private readonly cast: DemoCast,
    private readonly bookings: BookingConsoleService,
    private readonly payments: PaymentService,
    private readonly refunds: BookingRefundsService,
  ) {}

  onModuleInit(): void {
    this.data.tell(this);
  }

  events(now: Date): { at: Date; happen: () => Promise<void> }[] {
    const before = (minutes: number): Date => new Date(now.getTime() - minutes * MINUTE_MS);
    return [
      { at: before(175), happen: () => this.open() },
      ...STUDENTS.map((_, index) => ({ at: before(160 - 30 * index), happen: () => this.enrol(index) })),
      { at: before(20), happen: () => this.appoint(now) },
      { at: before(15), happen: () => this.close() },
    ];
  }

  private async open(): Promise<void> {
    const manager = await this.cast.operator('manager1');
    this.courses = [];
    for (const course of COURSES) this.courses.push(await this.bookings.createCourse(manager, course, null));
  }

  private async close(): Promise<void> {
    const last = this.courses.at(-1);
    if (last) await this.bookings.setActive(await this.cast.operator('manager1'), last.id, false);
  }

  private async enrol(index: number): Promise<void> {
    const { course, method, back } = STUDENTS[index]!;
    const manager = await this.cast.operator('manager1');
    const userId = `student-${2001 + index}`;
    const courseId = this.courses[course]!.id;
    const booking = await this.bookings.enrol(manager, { courseId, userId }, null);
    if (method === null) return;
    await this.pay(booking, method);
    if (back !== undefined)
      await this.refunds.refund(manager, booking.id, { amount: back, reason: '课程改期，退还差价' }, null);
  }

  private async appoint(now: Date): Promise<void> {
    const manager = await this.cast.operator('manager1');
    const day = addDays(businessDate(now), 2);
    const appointment = { title: '一对一辅导', startsAt: `${day}T10:00:00`, amount: 160 };
    const paid = await this.bookings.appoint(manager, { ...appointment, userId: 'student-2001' }, null);
    await this.pay(paid, 'wechat');
    const given = await this.bookings.appoint(manager, { ...appointment, userId: 'student-2004' }, null);
    await this.bookings.cancel(manager, given.id);
  }

  private async pay(booking: Console.CourseBooking, method: Course.PaymentMethod): Promise<void> {
    const user = { id: booking.userId, role: 'user' };
    const order = {
      order_type: booking.type,
      order_id: booking.id,
      amount: booking.amount,
      payment_method: method,
    };
    const placed = await this.payments.create(user, order, '127.0.0.1', null);
    const page = await (await fetch(placed.payment_url)).text();
    const address = /<a href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');
    const open = await onlyRow<Row<PayAttemptView, 'outTradeNo'>>(
      this.db,
      `SELECT a.out_trade_no FROM course_payment p JOIN pay_attempt_view a ON a.order_id = p.order_id
       WHERE p.id = $1 AND a.state = 'open'`,
      [placed.payment_id],
    );
    await this.cast.pay({ outTradeNo: open.out_trade_no }, `oCourse${user.id}`, address);
    await this.cast.until('a payment of a course', async () => {
      const { booking: now } = await this.refunds.detail(booking.id);
      return now.status === 'paid';
    });
  }
}
