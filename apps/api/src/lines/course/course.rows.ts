import type { Course } from '@yajin/contract/course';
import type { HostUser } from '../../system/index.js';

export interface BookingRow {
  id: string;
  type: Course.OrderType;
  user_id: string;
  course_id: string | null;
  title: string;
  starts_at: Date | null;
  amount_fen: number;
  status: 'unpaid' | 'paid' | 'cancelled' | 'refunded';
  created_at: Date;
}

export interface PaymentRow {
  id: string;
  booking_id: string;
  order_id: number;
  method: Course.PaymentMethod;
  amount_fen: number;
  description: string;
  status: Course.PaymentStatus;
  paid_at: Date | null;
  transaction_id: string | null;
  created_at: Date;
}

/** Whose rows a user sees: null for everybody's. It belongs inside the WHERE. */
export function ownOnly(user: HostUser): string | null {
  return user.role === 'admin' ? null : user.id;
}

/** UTC to the second, as this contract writes times. */
export function instant(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
