import type { Console } from '@yajin/contract/console';
import type { Course } from '@yajin/contract/course';
import { Actor } from '../actor.ts';
import type { CourseMethod, CourseStory } from '../stories.ts';
import type { World } from '../world.ts';

/** A student pays for a course, perhaps by several methods, and asks parts of the money back. */
export async function courseStudent(world: World, story: CourseStory): Promise<void> {
  const me = new Actor(world, `course-${story.who}`);
  const user = `student-${story.who}`;
  const token = world.hostToken('course', user);
  const course = await me.done<Console.Course>({
    method: 'POST',
    path: '/api/admin/course/courses',
    token: me.operator,
    body: { title: `课程 ${story.who}`, price: story.price },
  });
  const booking = await me.done<Console.CourseBooking>({
    method: 'POST',
    path: '/api/admin/course/enrolments',
    token: me.operator,
    body: { courseId: course.id, userId: user },
  });
  const opened: Opened[] = [];
  for (const method of story.methods) opened.push(await open(me, story, token, booking, method));
  const tabs = [...new Set(opened.map(({ orderId }) => orderId))];
  if (story.opensLate) for (const { address } of opened) if (address) await me.visit(address);
  const chosen = story.tab === 'all' ? tabs : [(story.tab === 'the first' ? tabs.at(0) : tabs.at(-1)) ?? 0];
  await Promise.all(chosen.map((orderId) => me.pay(orderId, 'all', story.when)));
  const path = `/payments/orders/${booking.id}/status`;
  const paid = await me.until(async () => {
    const { data } = await me.ask<Course.OrderStatus>({ method: 'GET', path, token });
    return data?.status === 'completed' ? data : null;
  });
  if (!paid) return;
  for (const { part, clicks } of story.refunds) {
    const amount = Math.max(1, Math.round(story.price * part * 100)) / 100;
    const body = { payment_id: paid.payment_id, amount, reason: '课程内容不符合预期' };
    await me.press<Course.RequestedRefund>(
      { method: 'POST', path: '/payments/refunds', token, body },
      clicks,
    );
  }
}

interface Opened {
  /** The kernel's. */
  orderId: number;
  /** Where the gateway is to be paid; null where that is a code. */
  address: string | null;
}

async function open(
  me: Actor,
  story: CourseStory,
  token: string,
  booking: Console.CourseBooking,
  method: CourseMethod,
): Promise<Opened> {
  const [placed] = await me.press<Course.CreatedOrder>(
    {
      method: 'POST',
      path: '/payments/orders',
      token,
      body: {
        order_type: booking.type,
        order_id: booking.id,
        amount: booking.amount,
        payment_method: method,
      },
    },
    story.clicks,
  );
  const id = placed?.payment_id ?? '';
  const page = await me.ask<string>({ method: 'GET', path: `/payments/pages/${id}` });
  const link = typeof page.data === 'string' ? /<a href="([^"]+)"/.exec(page.data)?.[1] : undefined;
  const address = link?.replaceAll('&amp;', '&') ?? null;
  if (address !== null && !story.opensLate) await me.visit(address);
  const sql = 'SELECT order_id FROM course_payment WHERE id = $1';
  const [row] = await me.world.find<{ order_id: number }>(sql, [id]);
  return { orderId: row?.order_id ?? 0, address };
}
