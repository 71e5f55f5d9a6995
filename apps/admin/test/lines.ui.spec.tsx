/** @jest-environment <rootDir>/tools/jest-dom.mjs */
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ComponentProps } from 'react';
import type { Camp, Console } from '@yajin/web';
import { begin, end } from '../src/kit/session.js';
import { Booking } from '../src/lines/course/booking.js';
import { Enrolments } from '../src/lines/course/bookings.js';
import { GymPayments } from '../src/lines/gym/payments.js';
import { TaskDrawer } from '../src/lines/task/task-drawer.js';
import { About, Person } from '../src/pages/pay/kit/party.js';
import { OrderDrawer } from '../src/pages/pay/order-drawer.js';
import { PayRefunds } from '../src/pages/pay/refunds.js';
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

test('an order of the gym leads to its member and to the payments of its offer, each by its own number', () => {
  const of: ComponentProps<typeof About>['of'] = {
    line: 'gym',
    orderNo: 'PAY-1',
    party: { name: 'Lin', userId: 'u1', memberId: 7, about: 'A month', aboutId: '3', payer: null },
  };
  showPage(
    <>
      <Person of={of} />
      <About of={of} otherwise="" />
    </>,
  );
  const place = (name: string) => screen.getByRole('link', { name }).getAttribute('href');
  expect(place('Lin')).toBe('/pay/gym?object=7');
  expect(place('A month')).toBe('/pay/gym?tab=payments&offerId=3');
});

test('a member who is opened from a narrowed list of gym payments leaves it as narrow as it was', async () => {
  const payment = { id: 1, orderNo: 'PAY-1', memberId: 7, memberName: 'Lin', amount: 9, type: 'course' };
  new Wire({
    'GET /api/admin/gym/payments': {
      list: [
        {
          ...payment,
          userId: 'u1',
          offerName: 'One',
          quantity: 1,
          status: 'pending',
          refund: null,
          createdAt: AT,
        },
      ],
      total: 30,
    },
  });
  showPage(<GymPayments />, 'en', '/?tab=payments&type=course&page=2');
  const link = await screen.findByRole('link', { name: 'Lin' });
  expect(link.getAttribute('href')).toBe('/pay/gym?tab=payments&type=course&page=2&object=7');
});

test('the user of a task leads to what they published or took, not to titles that hold their number', async () => {
  const task = {
    id: 3,
    title: 'Paint',
    publisherId: 12,
    takerId: null,
    publishFee: 9,
    takeFee: 1,
    status: 'open',
  };
  new Wire({
    ...money,
    'GET /api/admin/task/tasks/3': { task: { ...task, createdAt: AT }, settlement: null, refunds: [] },
  });
  showPage(<TaskDrawer />, 'en', '/?object=3');
  const link = await screen.findByRole('link', { name: '12' });
  expect(link.getAttribute('href')).toBe('/pay/task?tab=tasks&userId=12');
});

test('an order whose refunds wait for one gateway’s balance offers the way on once, and one for each gateway', async () => {
  begin({ token: 't', userId: 1, permissions: ['refund:audit'] } as unknown as Camp.LoginResult);
  const refund = (id: number, gateway: string) => ({
    ...{ id, status: 'pending', amount: 9, source: 'x', line: 'task', createdAt: AT, gateway },
    ...{ hold: null, outside: null, outRefundNos: [], pause: { gateway, until: AT } },
  });
  const refunds = [refund(1, 'wechat'), refund(2, 'wechat'), refund(3, 'alipay')];
  new Wire({ [STORY]: { ...story, order: { ...order, refunded: 0, expiresAt: AT, paidAt: AT }, refunds } });
  showPage(<OrderDrawer orderNo="PAY-1" close={jest.fn()} />);
  await waitFor(() => expect(screen.getAllByRole('button', { name: 'Go on now' })).toHaveLength(2));
});

test('a refund that may still be taken back says until when, in the list and in what happened to its order', async () => {
  const refund = {
    ...{
      id: 7,
      orderNo: 'PAY-1',
      line: 'camp',
      amount: 99,
      reason: 'Camp deposit given back',
      reasonCode: null,
    },
    ...{ status: 'pending', outRefundNos: ['r-7'], refundId: null, failure: null, failCode: null },
    ...{
      createdAt: AT,
      succeededAt: null,
      gateway: 'wechat-v3',
      gatewayState: 'created',
      processingSince: null,
    },
    ...{ canRetry: false, retriable: false, canRedirect: false, canSettleOutside: false, outside: null },
    ...{ hold: null, pause: null, source: 'camp_refund:7', executeAfter: '2026-03-01T06:35:05' },
    party: order.party,
  };
  const list = { list: [refund], total: 1, pauses: [] };
  const whole = { ...order, refunded: 0, expiresAt: AT, paidAt: AT };
  new Wire({ [STORY]: { ...story, order: whole, refunds: [refund] }, 'GET /api/admin/pay/refunds': list });
  showPage(<PayRefunds />, 'en', '/?open=PAY-1');
  const dialog = await screen.findByRole('dialog');
  await within(dialog).findByText(/sent after 2026-03-01 06:35; until then the decision can be taken back/);
  expect(screen.getByText(/^Sent after 2026-03-01 06:35/)).toBeTruthy();
});
