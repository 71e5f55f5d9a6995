import { Injectable } from '@nestjs/common';
import {
  fen,
  fenFromYuan,
  localTime,
  parseLocalTime,
  statesAccepting,
  yuanFromFen,
  sentence,
} from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import { cancelOrder } from '@yajin/payment';
import { BusinessError, Clock, conditions, invalid, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, Idempotency, type IdempotencyKey, type Operator } from '../../system/index.js';
import { listPage } from './console-page.js';
import type {
  BookingQuery,
  CourseQuery,
  CreateAppointmentDto,
  CreateCourseDto,
  CreateEnrolmentDto,
} from './course-console.dto.js';
import type { BookingRow } from './course.rows.js';
import { paymentTransitions } from './course.rules.js';
import type { CoursePayment } from './course-payment.entity.js';
import { CourseEntity } from './course.entity.js';
import { CourseBooking } from './course-booking.entity.js';

/** Courses, enrolments and appointments, as operators keep them. */
@Injectable()
export class BookingConsoleService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
  ) {}

  /** Newest first. */
  courses(query: CourseQuery): Promise<Console.CoursePage> {
    const from = conditions([['strpos(folded(t.title), folded(?)) > 0', query.keyword || null]]);
    return listPage(this.db, 'course_course t', from, query, presentCourse);
  }

  async createCourse(
    operator: Operator,
    { title, price }: CreateCourseDto,
    key: IdempotencyKey | null,
  ): Promise<Console.Course> {
    return this.idempotency.once(key, async (manager) => {
      const row = await onlyRow<Row<CourseEntity>>(
        manager,
        'INSERT INTO course_course (title, price_fen, created_at) VALUES ($1, $2, $3) RETURNING *',
        [title, fenFromYuan(price), this.clock.now()],
      );
      await this.audit.record(manager, operator, {
        action: 'course.course_create',
        target: ['course', row.id],
        after: { title, price },
      });
      return presentCourse(row);
    });
  }

  /** @throws BusinessError 404 */
  async setActive(operator: Operator, id: string, active: boolean): Promise<Console.Course> {
    return this.db.transaction(async (manager) => {
      const before = await maybeRow<Row<CourseEntity>>(
        manager,
        'SELECT * FROM course_course WHERE id = $1 FOR UPDATE',
        [id],
      );
      if (!before) throw new BusinessError(404);
      await manager.update(CourseEntity, { id }, { active });
      await this.audit.record(manager, operator, {
        action: 'course.course_update',
        target: ['course', id],
        before: { active: before.active },
        after: { active },
      });
      return presentCourse({ ...before, active });
    });
  }

  /** Newest first. */
  list(type: BookingRow['type'], query: BookingQuery): Promise<Console.CourseBookingPage> {
    const from = conditions([
      ['t.type = ?', type],
      ['t.status = ?', query.status],
      ['t.course_id = ?', query.courseId],
      ['(strpos(folded(t.title), folded(?)) > 0 OR t.user_id = ?)', query.keyword || null],
    ]);
    return listPage(this.db, 'course_booking t', from, query, presentBooking);
  }

  /** @throws BusinessError 404 for the course, 409 when it takes nobody, or has the user already */
  async enrol(
    operator: Operator,
    { courseId, userId }: CreateEnrolmentDto,
    key: IdempotencyKey | null,
  ): Promise<Console.CourseBooking> {
    return this.idempotency.once(key, async (manager) => {
      const course = await maybeRow<Row<CourseEntity>>(
        manager,
        'SELECT * FROM course_course WHERE id = $1 FOR SHARE',
        [courseId],
      );
      if (!course) throw new BusinessError(404, sentence('course_unknown'));
      if (!course.active) throw new BusinessError(409, sentence('course_closed'));
      const row = await maybeRow<BookingRow>(
        manager,
        `INSERT INTO course_booking (type, user_id, course_id, title, amount_fen, created_at)
         VALUES ('course_enrollment', $1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING *`,
        [userId, courseId, course.title, course.price_fen, this.clock.now()],
      );
      if (!row) throw new BusinessError(409, sentence('course_booked'));
      return this.created(manager, operator, row);
    });
  }

  /** @throws BusinessError 400 for a time that has passed */
  async appoint(
    operator: Operator,
    body: CreateAppointmentDto,
    key: IdempotencyKey | null,
  ): Promise<Console.CourseBooking> {
    const now = this.clock.now();
    const startsAt = parseLocalTime(body.startsAt);
    return this.idempotency.once(key, async (manager) => {
      if (startsAt <= now) throw invalid({ field: 'startsAt', ...sentence('not_future') });
      const row = await onlyRow<BookingRow>(
        manager,
        `INSERT INTO course_booking (type, user_id, title, starts_at, amount_fen, created_at)
         VALUES ('appointment', $1, $2, $3, $4, $5) RETURNING *`,
        [body.userId, body.title, startsAt, fenFromYuan(body.amount), now],
      );
      return this.created(manager, operator, row);
    });
  }

  /** @throws BusinessError 404, 409 unless it is still to be paid */
  async cancel(operator: Operator, id: string): Promise<Console.CourseBooking> {
    return this.db.transaction(async (manager) => {
      const row = await maybeRow<BookingRow>(
        manager,
        `UPDATE course_booking SET status = 'cancelled' WHERE id = $1 AND status = 'unpaid' RETURNING *`,
        [id],
      );
      if (!row) {
        throw new BusinessError((await manager.existsBy(CourseBooking, { id })) ? 409 : 404);
      }
      const pending = await rows<Row<CoursePayment, 'orderId'>>(
        manager,
        'UPDATE course_payment SET status = $2 WHERE booking_id = $1 AND status = ANY($3) RETURNING order_id',
        [id, paymentTransitions.pending.cancelled, statesAccepting(paymentTransitions, 'cancelled')],
      );
      for (const { order_id: orderId } of pending) await cancelOrder(manager, orderId, this.clock);
      await this.audit.record(manager, operator, {
        action: 'course.booking_cancel',
        target: ['course_booking', id],
        before: { status: 'unpaid' },
        after: { status: row.status },
      });
      return presentBooking(row);
    });
  }

  private async created(
    manager: EntityManager,
    operator: Operator,
    row: BookingRow,
  ): Promise<Console.CourseBooking> {
    const shown = presentBooking(row);
    const { type, userId, courseId, title, startsAt, amount } = shown;
    await this.audit.record(manager, operator, {
      action: 'course.booking_create',
      target: ['course_booking', row.id],
      after: { type, userId, courseId, title, startsAt, amount },
    });
    return shown;
  }
}

function presentCourse(row: Row<CourseEntity>): Console.Course {
  return {
    id: row.id,
    title: row.title,
    price: yuanFromFen(fen(row.price_fen)),
    active: row.active,
    createdAt: localTime(row.created_at),
  };
}

export function presentBooking(row: BookingRow): Console.CourseBooking {
  return {
    id: row.id,
    type: row.type,
    userId: row.user_id,
    courseId: row.course_id,
    title: row.title,
    startsAt: row.starts_at && localTime(row.starts_at),
    amount: yuanFromFen(fen(row.amount_fen)),
    status: row.status,
    createdAt: localTime(row.created_at),
  };
}
