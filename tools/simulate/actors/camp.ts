import type { Camp } from '@yajin/contract';
import { Actor } from '../actor.ts';
import { exchange } from '../client.ts';
import type { SimulatedCamp } from '../prepare.ts';
import type { CampStory, OrganiserStory } from '../stories.ts';
import type { World } from '../world.ts';

export async function campMember(world: World, story: CampStory): Promise<void> {
  const me = new Actor(world, `camp-${story.who}`);
  const camp = world.camp;
  const planetUserId = `88455815${String(world.plan.seed % 1000).padStart(3, '0')}${String(story.who).padStart(4, '0')}`;
  const openid = `oPayer${planetUserId}`;
  if (story.keepsPromise) await checkIn(world, camp, planetUserId);
  if (story.by === 'fixed code') return byFixedCode(me, story, camp, planetUserId, openid);
  const opened = await me.ask<Camp.PublicCampDetail>({ method: 'GET', path: `/api/h5/camps/${camp.id}` });
  const placed = await me.press<Camp.CreatedPayment>(
    {
      method: 'POST',
      path: '/api/h5/payments',
      body: { campId: camp.id, planetUserId, planetNickname: `同学${story.who}` },
      ...(opened.cookie ? { cookie: opened.cookie } : {}),
    },
    story.clicks,
  );
  const orders = [...new Map(placed.map((order) => [order.orderId, order])).values()];
  for (const order of orders) {
    for (const scene of story.scenes)
      await me.ask({ method: 'GET', path: `/api/h5/payments/${order.orderId}/params?scene=${scene}` });
  }
  await Promise.all(orders.map((order) => me.pay(order.orderId, story.tab, story.when, openid)));
  for (const { orderNo, accessToken } of orders)
    await me.ask({ method: 'GET', path: `/api/h5/payments/${orderNo}/status?wait=1`, ticket: accessToken });
}

async function byFixedCode(
  me: Actor,
  story: CampStory,
  camp: SimulatedCamp,
  planetUserId: string,
  openid: string,
): Promise<void> {
  const { sandboxUrl } = me.world;
  const body = { campId: camp.id, amountFen: camp.depositFen + story.amountOffFen, openid };
  const paid = await exchange(sandboxUrl, { method: 'POST', path: '/control/fixed-qr-payment', body });
  me.say(`pays by the fixed code: ${paid?.status ?? 'no answer'}`);
  if (!story.binds) return;
  const ticket = await me.until(async () => {
    const code = await exchange<{ code: string }>(sandboxUrl, {
      method: 'POST',
      path: '/control/oauth-code',
      body: { openid },
    });
    const session = await me.ask<Camp.WechatSession>({
      method: 'POST',
      path: '/api/h5/auth/wechat',
      body: { code: code?.data.code ?? '' },
    });
    return session.data?.tickets?.find(({ campId }) => campId === camp.id) ?? null;
  });
  if (!ticket) return;
  await me.ask({
    method: 'POST',
    path: '/api/h5/payments/bind',
    ticket: ticket.accessToken,
    body: { orderNo: ticket.orderNo, planetUserId, planetNickname: `同学${story.who}` },
  });
}

async function checkIn(world: World, camp: SimulatedCamp, userId: string): Promise<void> {
  const posts = camp.days.map((day) => ({
    userId,
    name: `同学${userId.slice(-1)}`,
    text: '打卡',
    createTime: `${day}T06:30:00`,
  }));
  const body = { checkinId: camp.checkinId, posts };
  await exchange(world.sandboxUrl, { method: 'POST', path: '/control/planet/posts', body });
}

/** Ends the camp; two operators approve the same refunds at once, and try again what failed. */
export async function campOrganiser(world: World, story: OrganiserStory): Promise<void> {
  const me = new Actor(world, 'camp-organiser');
  await world.moveClock(`${world.camp.endDate}T03:00:05`, me.name);
  const listed = await me.until(async () => {
    const path = `/api/admin/refunds/pending?campId=${world.camp.id}&pageSize=100`;
    const { data } = await me.ask<Camp.PendingRefundPage>({ method: 'GET', path, token: me.operator });
    return data?.list?.length ? data.list : null;
  });
  const refundIds = listed?.map(({ id }) => id) ?? [];
  if (refundIds.length > 0)
    await me.together<Camp.BatchApproval>({ method: 'POST', path: '/api/admin/refunds/batch-approve' }, [
      { refundIds },
      { refundIds: [...refundIds].reverse() },
    ]);
  const first = refundIds.at(0);
  if (first !== undefined)
    await me.together({ method: 'POST', path: `/api/admin/refunds/${first}/approve`, body: {} });
  if (story.retries && first !== undefined)
    await me.together({ method: 'POST', path: `/api/admin/refunds/${first}/retry`, body: {} });
  if (story.returnsUnallocated) await returnUnallocated(me);
}

async function returnUnallocated(me: Actor): Promise<void> {
  const { data } = await me.ask<Camp.UnallocatedPage>({
    method: 'GET',
    path: '/api/admin/unallocated?status=pending',
    token: me.operator,
  });
  const [first] = data?.list ?? [];
  if (!first) return;
  await me.together({
    method: 'POST',
    path: `/api/admin/unallocated/${first.id}/refund`,
    body: { reason: '无法归属' },
  });
}
