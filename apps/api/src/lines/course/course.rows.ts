import type { Row } from '@yajin/server';
import type { HostUser } from '../../system/index.js';
import type { CourseBooking } from './course-booking.entity.js';
import type { CoursePayment } from './course-payment.entity.js';

export type BookingRow = Row<CourseBooking>;

export type PaymentRow = Row<CoursePayment>;

/** Whose rows a user sees: null for everybody's. It belongs inside the WHERE. */
export function ownOnly(user: HostUser): string | null {
  return user.role === 'admin' ? null : user.id;
}

/** UTC to the second, as this contract writes times. */
export function instant(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
