import { consoleDocument } from '@yajin/contract/console';
import { courseDocument } from '@yajin/contract/course';
import { addDays, businessDate } from '@yajin/core';
import { unique } from '@yajin/testing/factories';
import type { TestApi } from '@yajin/testing/api';
import { createOnce, type Asked } from '../../../../test/once.kit.js';
import { enrol, makeCourse, makePerson, paidBooking } from './course.kit.js';

/** By an operator. */
const operated = async (api: TestApi, path: string, body: object, change: object): Promise<Asked> => ({
  path: `/api/admin/course/${path}`,
  token: await api.adminToken(),
  body,
  other: { ...body, ...change },
});

createOnce(
  [{ document: courseDocument }, { document: consoleDocument, below: '/api/admin/course/' }],
  {
    createOrder: {
      table: 'course_payment',
      tells: true,
      request: async (api) => {
        const who = makePerson();
        const booking = await enrol(api, who);
        const { type: order_type, id: order_id, amount } = booking;
        // WeChat gives a code of its own, so that it is asked before the answer.
        const body = { order_type, order_id, amount, payment_method: 'wechat' };
        return {
          path: '/payments/orders',
          token: who.token,
          body,
          other: { ...body, description: '另一笔' },
        };
      },
    },
    requestRefund: {
      table: 'course_refund',
      request: async (api) => {
        const who = makePerson();
        const { payment } = await paidBooking(api, who);
        const body = { payment_id: payment.payment_id, amount: 100, reason: '课程内容不符合预期' };
        return { path: '/payments/refunds', token: who.token, body, other: { ...body, amount: 101 } };
      },
    },
    refundCourseBooking: {
      table: 'course_refund',
      request: async (api) => {
        const { booking } = await paidBooking(api, makePerson());
        return operated(
          api,
          `bookings/${booking.id}/refund`,
          { amount: 100, reason: '课程改期' },
          { amount: 101 },
        );
      },
    },
    createCourse: {
      table: 'course_course',
      request: (api) => operated(api, 'courses', { title: `课程${unique()}`, price: 9 }, { price: 8 }),
    },
    createEnrolment: {
      table: 'course_booking',
      request: async (api) => {
        const body = { courseId: (await makeCourse(api)).id, userId: makePerson().user };
        return operated(api, 'enrolments', body, { userId: makePerson().user });
      },
    },
    createAppointment: {
      table: 'course_booking',
      request: (api) => {
        const startsAt = `${addDays(businessDate(api.clock.now()), 2)}T10:00:00`;
        const body = { userId: makePerson().user, title: '一对一辅导', startsAt, amount: 9 };
        return operated(api, 'appointments', body, { amount: 8 });
      },
    },
  },
  ['receiveWebhook', 'cancelCourseBooking', 'retryCourseRefund'],
);
