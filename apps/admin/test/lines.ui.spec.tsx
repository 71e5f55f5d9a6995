/** @jest-environment <rootDir>/tools/jest-dom.mjs */
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Camp, Console } from '@yajin/web';
import { begin, end } from '../src/kit/session.js';
import { Booking } from '../src/lines/course/booking.js';
import { Enrolments } from '../src/lines/course/bookings.js';
import { TaskDrawer } from '../src/lines/task/task-drawer.js';
import { showPage, Wire } from './page.kit.js';

const AT = '2026-03-01T06:30:05';
const ORDERS = 'GET /api/admin/pay/orders';
const STORY = 'GET /api/admin/pay/orders/PAY-1';
const order = {
  orderNo: 'PAY-1',
  description: 'Piano',
  amount: 99,
  status: 'paid',
  createdAt: AT,
  party: { payer: null, about: null },
} as unknown as Console.PayOrder;
const story = {
  order,
  attempts: [],
  refunds: [],
  transfers: [],
  postings: [],
  refusals: [],
  notifications: [],
};
const money = { [ORDERS]: { list: [order], total: 1 }, [STORY]: story };

beforeEach(() => begin({ token: 't', userId: 1, permissions: ['pay:write'] } as unknown as Camp.LoginResult));
afterEach(() => {
  end();
  jest.useRealTimers();
});

test('a booking that is open follows its refund until it is back, with the list behind it, and then offers nothing more', async () => {
  jest.useFakeTimers();
  const BOOKING = 'GET /api/admin/course/bookings/b1';
  const LIST = 'GET /api/admin/course/enrolments';
  const booking = (status: Console.CourseBooking['status']) =>
    ({ id: 'b1', title: 'Piano', courseId: null, userId: 'u1', amount: 99, status, createdAt: AT }) as object;
  const answers: Record<string, object> = {
    ...money,
    [BOOKING]: { booking: booking('paid'), refundable: 0, refunds: [{ status: 'processing' }] },
    [LIST]: { list: [booking('paid')], total: 1 },
  };
  new Wire(answers);
  showPage(
    <>
      <Enrolments />
      <Booking />
    </>,
    'en',
    '/?object=b1',
  );
  const drawer = await screen.findByRole('dialog');
  await within(drawer).findByText('Paid');
  answers[BOOKING] = { booking: booking('refunded'), refundable: 0, refunds: [{ status: 'completed' }] };
  answers[LIST] = { list: [booking('refunded')], total: 1 };
  await act(() => jest.advanceTimersByTimeAsync(3_000));
  await within(drawer).findByText('Refunded');
  await waitFor(() => expect(document.querySelector('table')?.textContent).toContain('Refunded'));
  expect(drawer.querySelector('.ant-drawer-footer')).toBeNull();
});

test('a task that is rejected in its drawer reads its orders anew, whose money is on its way back', async () => {
  const task = { id: 3, title: 'Paint', publishFee: 9, takeFee: 1, status: 'pending_review', createdAt: AT };
  const wire = new Wire({
    ...money,
    'GET /api/admin/task/tasks/3': { task, settlement: null, refunds: [] },
    'POST /api/admin/task/tasks/3/review': task,
  });
  showPage(<TaskDrawer />, 'en', '/?object=3');
  await screen.findByText(/Open the order/);
  const asked = (): number[] => [ORDERS, STORY].map((call) => wire.sent(call).length);
  expect(asked()).toEqual([1, 1]);
  await userEvent.click(screen.getByRole('button', { name: /Reject/ }));
  await userEvent.click(await screen.findByRole('button', { name: 'Reject and refund ¥9.00' }));
  await waitFor(() => expect(asked()).toEqual([2, 2]));
});
