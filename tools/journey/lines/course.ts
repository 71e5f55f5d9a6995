import type { Console } from '@yajin/contract/console';
import type { Course } from '@yajin/contract/course';
import { booksOf, compareBooks, HostUser } from '../host.ts';
import { yuan, type Report } from '../report.ts';
import { eventually, expectEqual, JourneyFailed, type Api, type Sandbox } from '../wire.ts';

const PASSWORD = process.env['ADMIN_PASSWORD'] || 'admin123';
const METHODS = ['alipay', 'wechat', 'bank_card'] as const;
const PRICE = 299;

/** A student pays for a course by each method and for an appointment, changes the method, and gets money back. */
export async function journey(api: Api, sandbox: Sandbox, report: Report): Promise<void> {
  const user = `journey-${Date.now()}`;
  const student = new HostUser(api, 'course', user);
  const journey = new Journey(api, sandbox, report, student);
  report.chapter('The course platform');
  await report.step(
    'Log in as an operator',
    async () => {
      const login = await api.call<{ token: string; username: string }>('POST', '/api/admin/auth/login', {
        body: { username: 'admin', password: PASSWORD },
      });
      api.login(login.token);
      return login;
    },
    ({ username }) => username,
  );
  const before = await booksOf(api, 'course');
  await report.step(
    'See the methods',
    async () => {
      const { payment_methods: methods } = await student.call<Course.Methods>('GET', '/payments/methods');
      expectEqual(
        'the methods switched on',
        methods.filter(({ enabled }) => enabled).map(({ id }) => id),
        METHODS,
      );
      return methods;
    },
    (methods) => methods.map(({ name, max_amount: max }) => `${name} up to ${max}`).join(', '),
  );
  const payments: Course.OrderStatus[] = [];
  for (const method of METHODS) payments.push(await journey.pay(await journey.enrol(user), method));
  const appointment = await journey.appoint(user);
  const abandoned = await journey.order(appointment, 'alipay');
  payments.push(await journey.pay(appointment, 'wechat'));
  await report.step(
    'The first method is cancelled',
    async () => {
      const { payments: all } = await student.call<Course.History>(
        'GET',
        '/payments/history?type=appointment',
      );
      expectEqual(
        'the states, newest first',
        all.map(({ status }) => status),
        ['completed', 'cancelled'],
      );
      return abandoned.payment_id;
    },
    (id) => id,
  );
  for (const [payment, amount] of [
    [payments[0], 100.5],
    [payments[0], PRICE - 100.5],
    [payments[1], 0.07],
    [payments[2], PRICE],
  ] as const)
    if (payment) await journey.refund(payment, amount);
  await journey.look(user);
  await report.step(
    'Compare the books',
    () => compareBooks(api, sandbox, 'course', before, journey.trades),
    (said) => said,
  );
}

class Journey {
  /** What was paid at the gateways. */
  readonly trades: string[] = [];
  private readonly api: Api;
  private readonly sandbox: Sandbox;
  private readonly report: Report;
  private readonly student: HostUser;

  constructor(api: Api, sandbox: Sandbox, report: Report, student: HostUser) {
    this.api = api;
    this.sandbox = sandbox;
    this.report = report;
    this.student = student;
  }

  enrol(userId: string): Promise<Console.CourseBooking> {
    return this.report.step(
      'Enrol in a new course',
      async () => {
        const course = await this.api.call<Console.Course>('POST', '/api/admin/course/courses', {
          body: { title: 'Go Web开发实战', price: PRICE },
        });
        return this.api.call<Console.CourseBooking>('POST', '/api/admin/course/enrolments', {
          body: { courseId: course.id, userId },
        });
      },
      ({ title, amount, id }) => `${title}, ${yuan(amount)} (${id})`,
    );
  }

  appoint(userId: string): Promise<Console.CourseBooking> {
    return this.report.step(
      'Make an appointment',
      async () => {
        const { now } = await this.sandbox.get<{ now: string }>('/clock');
        const day = new Date(Date.parse(`${now}Z`) + 2 * 86_400_000).toISOString().slice(0, 10);
        return this.api.call<Console.CourseBooking>('POST', '/api/admin/course/appointments', {
          body: { userId, title: '一对一辅导', startsAt: `${day}T10:00:00`, amount: 19.9 },
        });
      },
      ({ title, startsAt, amount }) => `${title}, ${startsAt?.replace('T', ' ')}, ${yuan(amount)}`,
    );
  }

  order(booking: Console.CourseBooking, method: Course.PaymentMethod): Promise<Course.CreatedOrder> {
    return this.report.step(
      `Order by ${method}`,
      () =>
        this.student.call<Course.CreatedOrder>('POST', '/payments/orders', {
          order_type: booking.type,
          order_id: booking.id,
          amount: booking.amount,
          payment_method: method,
          metadata: { course_title: booking.title },
        }),
      ({ payment_id: id, expires_at: until }) => `${id}, until ${until}`,
    );
  }

  async pay(booking: Console.CourseBooking, method: Course.PaymentMethod): Promise<Course.OrderStatus> {
    const placed = await this.order(booking, method);
    await this.report.step(
      'Open the page and pay',
      async () => {
        const page = await (await fetch(placed.payment_url)).text();
        const address = /<a href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');
        if (address !== undefined) await (await fetch(address)).body?.cancel();
        const outTradeNo = await this.numberOf(placed.payment_id);
        await this.sandbox.post('/pay', { outTradeNo });
        this.trades.push(outTradeNo);
        return outTradeNo;
      },
      (outTradeNo) => outTradeNo,
    );
    return this.report.step(
      'Hear of the money',
      () =>
        eventually('the payment to be completed', 20, async () => {
          const status = await this.student.call<Course.OrderStatus>(
            'GET',
            `/payments/orders/${booking.id}/status`,
          );
          return status.status === 'completed' ? status : null;
        }),
      ({ amount, transaction_id: id }) => `${yuan(amount)}, ${id}`,
    );
  }

  refund(payment: Course.OrderStatus, amount: number): Promise<Course.RefundState> {
    return this.report.step(
      'Ask for money back',
      async () => {
        const { refund_id: id } = await this.student.call<Course.RequestedRefund>(
          'POST',
          '/payments/refunds',
          {
            payment_id: payment.payment_id,
            amount,
            reason: '课程内容不符合预期',
          },
        );
        return eventually('the refund to arrive', 30, async () => {
          const state = await this.student.call<Course.RefundState>('GET', `/payments/refunds/${id}/status`);
          return state.status === 'completed' ? state : null;
        });
      },
      (state) => `${yuan(state.amount)} by ${payment.payment_method}, ${state.refund_transaction_id}`,
    );
  }

  async look(user: string): Promise<void> {
    await this.report.step(
      'Look at the enrolments',
      async () => {
        const { list } = await this.api.call<Console.CourseBookingPage>(
          'GET',
          `/api/admin/course/enrolments?keyword=${user}`,
        );
        const states = list.map(({ status }) => status).reverse();
        expectEqual('their states', states, ['refunded', 'paid', 'refunded']);
        return states;
      },
      (states) => states.join(', '),
    );
    await this.report.step(
      'See the statistics',
      async () => {
        const admin = new HostUser(this.api, 'course', 'journey-admin', 'admin');
        const { stats } = await admin.call<Course.StatsAnswer>('GET', '/payments/stats?period=day');
        await this.student.call('GET', '/payments/stats', undefined, 403);
        return stats;
      },
      (stats) =>
        `${yuan(stats.total_amount)} in ${stats.successful_transactions} payments, ${yuan(stats.refund_amount)} back`,
    );
  }

  private async numberOf(paymentId: string): Promise<string> {
    const { attempts } = await this.api.call<Console.OrderStory>(
      'GET',
      `/api/admin/pay/orders/ord_${paymentId}`,
    );
    const open = attempts.find(({ state }) => state === 'open');
    if (!open) throw new JourneyFailed(`Payment ${paymentId} is not open at its gateway.`);
    return open.outTradeNo;
  }
}
