import type { Console } from '@yajin/contract/console';
import type { Course } from '@yajin/contract/course';
import { TestApi } from '@yajin/testing/api';
import { operator } from '@yajin/testing/operators';
import { appoint, enrol, makeCourse, makePerson, openPage, order, statusOf } from './course.kit.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

describe('the methods', () => {
  it('are three with their limits, and one switched off takes no new payment', async () => {
    const who = makePerson();
    const booking = await enrol(api, who);
    const methods = async (): Promise<Course.Method[]> =>
      (await api.call<Course.Methods>('GET', '/payments/methods', { token: who.token })).data.payment_methods;
    expect((await methods()).map(({ icon: _icon, ...method }) => method)).toEqual([
      { id: 'alipay', name: '支付宝', enabled: true, min_amount: 0.01, max_amount: 50_000 },
      { id: 'wechat', name: '微信支付', enabled: true, min_amount: 0.01, max_amount: 50_000 },
      { id: 'bank_card', name: '银行卡', enabled: true, min_amount: 1, max_amount: 100_000 },
    ]);
    const before = await order(api, who, booking);
    const off = await api.admin<Console.CourseMethod>('PUT', '/api/admin/course/methods/alipay', {
      enabled: false,
    });
    expect(off.data).toMatchObject({ id: 'alipay', enabled: false, configured: true });
    expect((await methods())[0]!.enabled).toBe(false);
    expect(await order(api, who, booking)).toMatchObject({
      code: 422,
      data: { errors: [{ field: 'payment_method', message: '支付宝暂不可用' }] },
    });
    expect((await openPage(api, before.data.payment_id)).status).toBe(200);
    await api.admin('PUT', '/api/admin/course/methods/alipay', { enabled: true });
    expect((await order(api, who, booking)).code).toBe(0);
    expect((await api.admin('PUT', '/api/admin/course/methods/cash', { enabled: true })).code).toBe(400);
    const { list } = (await api.admin<Console.CourseMethodList>('GET', '/api/admin/course/methods')).data;
    expect(list.map(({ enabled }) => enabled)).toEqual([true, true, true]);
  });
});

describe('operators', () => {
  it('keep courses, and enrol each user once in one that is open', async () => {
    const who = makePerson();
    const course = await makeCourse(api, 1234.56);
    const at = `/api/admin/course/courses/${course.id}`;
    expect(course).toMatchObject({ price: 1234.56, active: true });
    const enrolment = { courseId: course.id, userId: who.user };
    const answers = await Promise.all(
      [1, 2].map(() => api.admin<Console.CourseBooking>('POST', '/api/admin/course/enrolments', enrolment)),
    );
    expect(answers.map(({ code }) => code).sort()).toEqual([200, 409]);
    const booking = answers.find(({ code }) => code === 200)!.data;
    expect(booking).toMatchObject({ courseId: course.id, amount: 1234.56, status: 'unpaid', startsAt: null });
    expect((await api.admin('PUT', at, { active: false })).data).toMatchObject({ active: false });
    const late = { courseId: course.id, userId: makePerson().user };
    expect((await api.admin('POST', '/api/admin/course/enrolments', late)).code).toBe(409);
    const nowhere = { ...late, courseId: NOBODY };
    expect((await api.admin('POST', '/api/admin/course/enrolments', nowhere)).code).toBe(404);
    expect((await api.admin('PUT', `/api/admin/course/courses/${NOBODY}`, { active: true })).code).toBe(404);
    const found = await api.admin<Console.CoursePage>(
      'GET',
      `/api/admin/course/courses?keyword=${course.title}`,
    );
    expect(found.data).toMatchObject({ total: 1, list: [{ id: course.id, active: false }] });
    const cancel = `/api/admin/course/bookings/${booking.id}/cancel`;
    expect((await api.admin('POST', cancel)).data).toMatchObject({ status: 'cancelled' });
    expect((await api.admin('POST', cancel)).code).toBe(409);
    expect((await api.admin('POST', `/api/admin/course/bookings/${NOBODY}/cancel`)).code).toBe(404);
    const list = await api.admin<Console.CourseBookingPage>(
      'GET',
      `/api/admin/course/enrolments?status=cancelled&keyword=${who.user}`,
    );
    expect(list.data.list.map(({ id }) => id)).toEqual([booking.id]);
    expect(
      await api.auditEntries(`SELECT action FROM sys_audit WHERE target_id = ANY($1) ORDER BY id`, [
        [course.id, booking.id],
      ]),
    ).toEqual(
      ['course.course_create', 'course.booking_create', 'course.course_update', 'course.booking_cancel'].map(
        (action) => ({ action }),
      ),
    );
  });

  it('asking twice under one key make one course', async () => {
    const headers = { 'idempotency-key': '0b6c3f57-8c55-4a8f-9a61-6f1d4f3f0c11' };
    const token = await api.adminToken();
    const ask = (price: number): Promise<{ code: number; data: Console.Course }> =>
      api.call('POST', '/api/admin/course/courses', { token, headers, body: { title: '一次', price } });
    const [first, second] = await Promise.all([ask(1), ask(1)]);
    expect(second.data).toEqual(first.data);
    expect((await ask(2)).code).toBe(409);
  });

  it('make appointments in the future only', async () => {
    const who = makePerson();
    const booking = await appoint(api, who);
    expect(booking).toMatchObject({ type: 'appointment', courseId: null, amount: 0.07 });
    const body = { userId: who.user, title: '辅导', amount: 1 };
    for (const startsAt of ['2020-01-01T10:00:00', '2030-02-30T10:00:00', '2030-01-01', 7])
      expect((await api.admin('POST', '/api/admin/course/appointments', { ...body, startsAt })).code).toBe(
        400,
      );
    const list = await api.admin<Console.CourseBookingPage>(
      'GET',
      `/api/admin/course/appointments?keyword=${who.user}`,
    );
    expect(list.data.list.map(({ id }) => id)).toEqual([booking.id]);
    await order(api, who, booking);
    expect((await statusOf(api, who, booking)).amount).toBe(0.07);
  });

  it('without the permission are refused', async () => {
    const { token } = await operator(api, 'coach');
    for (const path of ['courses', 'enrolments', 'appointments', 'methods', 'refunds']) {
      expect((await api.call('GET', `/api/admin/course/${path}`, { token })).status).toBe(403);
      expect((await api.call('GET', `/api/admin/course/${path}`, {})).status).toBe(401);
      const { token: member } = makePerson();
      expect((await api.call('GET', `/api/admin/course/${path}`, { token: member })).status).toBe(401);
    }
  });
});
