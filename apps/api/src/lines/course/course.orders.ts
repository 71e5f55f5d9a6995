import { Injectable } from '@nestjs/common';
import { rows, type Database } from '@yajin/server';
import { LineOrders, type DescribedOrder } from '../../system/index.js';
import { LINE } from './course.options.js';

/** Names the users and bookings of the course platform's orders on the money pages; what the users are called, only the platform knows. */
@Injectable()
export class CourseOrders extends LineOrders {
  protected readonly line = LINE;

  describe(db: Database, orderIds: number[]): Promise<DescribedOrder[]> {
    return rows<DescribedOrder>(
      db,
      `SELECT p.order_id AS "orderId", NULL::text AS name, b.user_id AS "userId", NULL::bigint AS "memberId", b.title AS about, b.id::text AS "aboutId"
       FROM course_payment p JOIN course_booking b ON b.id = p.booking_id WHERE p.order_id = ANY($1)`,
      [orderIds],
    );
  }

  async called(name: string, most: number): Promise<number[]> {
    const found = await rows<{ id: number }>(
      this.db,
      `SELECT p.order_id AS id FROM course_payment p JOIN course_booking b ON b.id = p.booking_id WHERE b.user_id = $1 LIMIT ${most}`,
      [name],
    );
    return found.map(({ id }) => id);
  }
}
