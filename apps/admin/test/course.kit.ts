import type { Console } from '@yajin/contract/console';
import type { Course } from '@yajin/contract/course';
import { unique } from '@yajin/testing/factories';
import { eventually, hostToken, type TestApi } from '@yajin/testing/api';

/** Somebody has paid 299 for a place in a course, by WeChat. */
export async function paidCourse(api: TestApi): Promise<Console.CourseBooking> {
  const at = '/api/admin/course';
  const [userId, title] = [`student-${unique()}`, `课程${unique()}`];
  const course = await api.admin<Console.Course>('POST', `${at}/courses`, { title, price: 299 });
  const { data: booking } = await api.admin<Console.CourseBooking>('POST', `${at}/enrolments`, {
    courseId: course.data.id,
    userId,
  });
  const body = {
    order_type: booking.type,
    order_id: booking.id,
    amount: booking.amount,
    payment_method: 'wechat',
  };
  const placed = await api.call<Course.CreatedOrder>('POST', '/payments/orders', {
    token: hostToken('course', userId),
    body,
  });
  const [open] = await api.rows<{ number: string }>(
    `SELECT a.out_trade_no AS number FROM course_payment p JOIN pay_attempt a ON a.order_id = p.order_id
     WHERE p.id = $1 AND a.state = 'open'`,
    [placed.data.payment_id],
  );
  await api.control('POST', '/control/pay', { outTradeNo: open?.number });
  return eventually(async () => {
    const path = `${at}/bookings/${booking.id}`;
    const { data } = await api.admin<Console.CourseBookingDetail>('GET', path);
    return data.booking.status === 'paid' && data.booking;
  }, 'the booking to be paid');
}
