import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import {
  checkIns,
  decided,
  expectBooksToAgree,
  finishedCamp,
  member,
  pay,
  payerOf,
  person,
  placedOrder,
  publishedCamp,
  records,
  wechatLogin,
} from '@yajin/testing/factories';
import { allProved, browser, contested, memberFrom, signatureOf } from '@yajin/testing/identity';
import { eventually, TestApi } from '@yajin/testing/api';
import { finish, pendingOf, sync } from '@yajin/testing/matching';
import { hold } from '@yajin/testing/scan';
import { waitingAt } from '@yajin/testing/gates';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const read = (ticket: string) => api.call<Camp.MyData>('GET', '/api/h5/my-data', { ticket });
const erase = (ticket: string, headers: Record<string, string> = {}) =>
  api.call<Camp.ErasedData>('DELETE', '/api/h5/my-data', { ticket, headers });

/** Two members of a camp that is over, who have proved who they are, paid back. */
async function paidBack() {
  const made = await finishedCamp(api, 2);
  await allProved(api, made.camp);
  for (const id of made.refundIds) await api.admin('POST', `/api/admin/refunds/${id}/approve`, {});
  await eventually(
    async () =>
      (await records(api, made.camp)).every(({ refundStatus }) => refundStatus === 'success') || null,
    'the refunds',
  );
  await api.quiet();
  return made;
}

it('while money is not done nothing is erased, and what is missing is said', async () => {
  const camp = await publishedCamp(api);
  expect(await erase((await placedOrder(api, camp, person())).accessToken)).toMatchObject({
    code: 409,
    message: '订单尚未支付或关闭，完成后才能删除个人信息',
  });
  expect(await erase((await member(api, camp, person())).accessToken)).toMatchObject({
    code: 409,
    message: '训练营尚未结算押金，完成后才能删除个人信息',
  });
  const { orders } = await finishedCamp(api, 1);
  expect(await erase(orders[0]!.accessToken)).toMatchObject({
    code: 409,
    message: expect.stringContaining('退款尚未到账'),
  });
  expect((await read(orders[0]!.accessToken)).data.planetUserId).not.toBeNull();
});

it('without a ticket, or in the browser of somebody else’s WeChat, nothing is read or erased', async () => {
  const { orders } = await paidBack();
  expect((await read('tk_')).code).toBe(401);
  expect((await erase('tk_')).code).toBe(401);
  const { cookie } = await wechatLogin(api, person());
  expect((await erase(orders[0]!.accessToken, { cookie })).code).toBe(403);
  expect((await read(orders[0]!.accessToken)).data.planetUserId).not.toBeNull();
});

it('what is erased is nowhere in the database, a sync does not bring it back, and the other member is as before', async () => {
  const { camp, orders } = await paidBack();
  const [gone, stays] = [
    (await read(orders[0]!.accessToken)).data,
    (await read(orders[1]!.accessToken)).data,
  ];
  await api.rows(
    `INSERT INTO camp_identity_code (member_id, code, planet_user_id, expires_at) VALUES ($1, 'a code', $2, now())`,
    [gone.memberId, gone.planetUserId],
  );
  expect((await erase(orders[0]!.accessToken)).data).toMatchObject({
    orderNo: orders[0]!.orderNo,
    erased: true,
    orders: [{ orderNo: orders[0]!.orderNo, erased: true, reason: null }],
  });
  const texts = [await payerOf(api, orders[0]!), gone.planetUserId!, gone.planetNickname!];
  expect(await hold(api, texts)).toEqual([]);
  await sync(api, camp);
  await api.quiet();
  expect(await hold(api, texts)).toEqual([]);
  expect((await read(orders[1]!.accessToken)).data).toEqual(stays);
  expect((await records(api, camp)).map(({ refundStatus }) => refundStatus)).toEqual(['success', 'success']);
  expect(
    await api.auditEntries(
      `SELECT username, target_id FROM sys_audit WHERE action = 'privacy.erase' AND target_id = $1`,
      [String(orders[0]!.orderId)],
    ),
  ).toEqual([{ username: 'system', target_id: String(orders[0]!.orderId) }]);
  await expectBooksToAgree(api);
});

it('two clicks at once, beside a sync, erase once', async () => {
  const { camp, orders } = await paidBack();
  const gone = (await read(orders[0]!.accessToken)).data;
  const [first, second] = await Promise.all([
    erase(orders[0]!.accessToken),
    erase(orders[0]!.accessToken),
    api.admin('POST', `/api/admin/checkins/sync/${camp.id}`),
  ]);
  expect([first.code, second.code].filter((code) => code !== 200 && code !== 401)).toEqual([]);
  expect(
    await api.auditEntries(`SELECT 1 FROM sys_audit WHERE action = 'privacy.erase' AND target_id = $1`, [
      String(orders[0]!.orderId),
    ]),
  ).toHaveLength(1);
  await api.quiet();
  expect(await hold(api, [await payerOf(api, orders[0]!), gone.planetUserId!])).toEqual([]);
  await expectBooksToAgree(api);
});

it('a sync that reads a member’s posts while they are being erased brings nobody back', async () => {
  const { camp, orders } = await paidBack();
  const { accessToken, orderId } = orders[0]!;
  const gone = (await read(accessToken)).data;
  // Erasing stops at its last step, having taken the person out already.
  const holder = api.owner.createQueryRunner();
  await holder.startTransaction();
  await holder.query('SELECT 1 FROM camp_ticket WHERE order_id = $1 FOR UPDATE', [orderId]);
  const erased = erase(accessToken);
  await waitingAt(api, 'DELETE FROM camp_ticket');
  const synced = api.admin('POST', `/api/admin/checkins/sync/${camp.id}`);
  await waitingAt(api, 'FROM camp WHERE id = $1 FOR');
  await holder.rollbackTransaction();
  await holder.release();
  expect((await erased).code).toBe(200);
  expect((await synced).code).toBe(200);
  await api.quiet();
  expect(await hold(api, [gone.planetUserId!, gone.planetNickname!])).toEqual([]);
});

it('neither a link made for a member nor check-ins of theirs from a file leave their planet id behind', async () => {
  const camp = await publishedCamp(api, { days: 4, requiredDays: 1 });
  const who = person();
  const order = await memberFrom(api, camp, who, browser(), await signatureOf(api, camp, who));
  // A project without a post is not known to zsxq, and its refund list waits.
  await checkIns(api, camp, person(), 1);
  await api.moveClock(`${camp.start}T13:00:00`);
  const upload = async (day: string) => {
    const content = Buffer.from(`星球ID,昵称,日期\n${who.planetUserId},,${day}`).toString('base64');
    const body = { campId: camp.id, fileName: '打卡.csv', content };
    return (await api.admin<Console.CheckinUploadPreview>('POST', '/api/admin/checkin-uploads', body)).data;
  };
  const { id } = (await upload(camp.start)).upload;
  await api.admin('POST', `/api/admin/checkin-uploads/${id}/apply`, { closes: false });
  expect(await hold(api, [`upload:${who.planetUserId}`])).toEqual(['public.camp_checkin.topic_id']);
  await api.moveClock(`${camp.end}T03:00:10`);
  const [refund] = (
    await api.admin<Camp.PendingRefundPage>('GET', `/api/admin/refunds/pending?campId=${camp.id}`)
  ).data.list;
  await api.admin('POST', `/api/admin/refunds/${refund!.id}/reject`, { reason: '核对' });
  await upload(camp.start);
  await api.quiet();
  expect((await erase(order.accessToken)).code).toBe(200);
  expect(await hold(api, [who.planetUserId, who.nickname, who.openid])).toEqual([]);
  expect((await upload(camp.start)).counts).toMatchObject({ new: 0, unmatched: 1 });
});

it('an id that a member only typed, and that an operator took from them, goes too when nobody else has it', async () => {
  const camp = await publishedCamp(api, { days: 4, requiredDays: 1 });
  const who = person();
  const order = await member(api, camp, who);
  const { memberId } = (await read(order.accessToken)).data;
  await checkIns(api, camp, person(), 1);
  await api.admin('POST', `/api/admin/members/${memberId}/unmatch`, { reason: '核对' });
  await api.moveClock(`${camp.end}T03:00:10`);
  await api.quiet();
  expect(await hold(api, [who.planetUserId])).toContain('public.planet_user.planet_user_id');
  expect((await erase(order.accessToken)).code).toBe(200);
  expect(await hold(api, [who.planetUserId, who.nickname, who.openid])).toEqual([]);
});

it('who typed an id that its owner took back stays until people have looked, so that their deposit is not lost by erasing', async () => {
  const camp = await publishedCamp(api, { days: 4, requiredDays: 1 });
  const [typed, owner] = [person(), person()];
  const first = await member(api, camp, { ...typed, planetUserId: owner.planetUserId });
  const links = await api.admin<Camp.PersonalLinks>('POST', `/api/admin/camps/${camp.id}/links`, {
    planetUserIds: [owner.planetUserId],
  });
  const sig = new URL(links.data.list[0]!.url).searchParams.get('sig');
  const second = await api.call<Camp.CreatedPayment>('POST', '/api/h5/payments', {
    body: { campId: camp.id, planetUserId: owner.planetUserId, planetNickname: owner.nickname, sig },
  });
  await api.call('GET', `${second.data.payUrl}?scene=native`);
  await pay(api, second.data, owner);
  await decided(api, second.data);
  await checkIns(api, camp, typed, 1);
  await api.moveClock(`${camp.end}T03:00:10`);
  await api.quiet();
  expect(await erase(first.accessToken)).toMatchObject({
    code: 409,
    message: '身份等待核实，完成后才能删除个人信息',
  });
  expect(
    await api.rows(`SELECT 1 FROM pay_ledger WHERE order_id = $1 AND credit = 'income'`, [first.orderId]),
  ).toEqual([]);
  const [other] = await api.rows<{ id: number }>('SELECT id FROM planet_user WHERE planet_user_id = $1', [
    typed.planetUserId,
  ]);
  const { memberId } = (await read(first.accessToken)).data;
  const matched = await api.admin('POST', `/api/admin/members/${memberId}/match`, {
    planetUserId: other!.id,
  });
  expect(matched.code).toBe(200);
  await api.quiet();
  expect((await erase(first.accessToken)).message).toContain('退款尚未到账');
});

describe('whoever only typed a planet id', () => {
  const texts = (campId: number) =>
    api.rows<{ content: string; name: string }>(
      `SELECT c.content, p.planet_user_id AS name FROM camp_checkin c JOIN planet_user p ON p.id = c.planet_user_ref
       WHERE c.camp_id = $1 ORDER BY c.id`,
      [campId],
    );

  it('reads how many check-ins it has, and no word of them', async () => {
    const { camp, orders } = await finishedCamp(api, 1);
    const ticket = orders[0]!.accessToken;
    expect((await read(ticket)).data).toMatchObject({ checkins: [], checkinsWithheld: 2 });
    await allProved(api, camp);
    const { data } = await read(ticket);
    expect([data.checkins.length, data.checkinsWithheld]).toEqual([2, 0]);
    expect(data.checkins[0]!.content).not.toBe('');
  });

  it('takes nothing from the owner by erasing: the fields of their own go, the posts and their author stay', async () => {
    const { camp, orders, refundIds } = await finishedCamp(api, 1);
    const before = await texts(camp.id);
    await api.admin('POST', `/api/admin/refunds/${refundIds[0]}/reject`, { reason: '核对' });
    await api.quiet();
    expect((await erase(orders[0]!.accessToken)).code).toBe(200);
    expect(await texts(camp.id)).toEqual(before);
    expect(before.map(({ content }) => content)).not.toContain('');
    expect(
      await api.rows('SELECT planet_user_ref, filled_planet_user_id FROM camp_member WHERE camp_id = $1', [
        camp.id,
      ]),
    ).toEqual([{ planet_user_ref: null, filled_planet_user_id: null }]);
  });

  it('erases nothing while another waits for the same planet user, who gets all of its check-ins', async () => {
    const { camp, holder, newcomer, owner } = await contested(api, { days: 4, requiredDays: 2 });
    await checkIns(api, camp, owner, 2);
    await finish(api, camp);
    const [listed] = await pendingOf(api, camp);
    await api.admin('POST', `/api/admin/refunds/${listed!.id}/reject`, { reason: '身份有争议' });
    await api.quiet();
    const before = await texts(camp.id);
    expect(await erase(holder.order.accessToken)).toMatchObject({
      status: 409,
      message: '星球 ID 有争议，完成后才能删除个人信息',
    });
    expect((await read(holder.order.accessToken)).data.openReason).toBe('星球 ID 有争议');
    const settled = await api.admin('POST', `/api/admin/members/${newcomer.id}/settle-review`, {
      favour: 'member',
      reason: '本人',
    });
    expect(settled.code).toBe(200);
    await sync(api, camp);
    expect(await texts(camp.id)).toEqual(before);
    const [listedNow] = await pendingOf(api, camp);
    expect(listedNow).toMatchObject({ memberId: newcomer.id, checkinCount: 2 });
    await expectBooksToAgree(api);
  });
});
