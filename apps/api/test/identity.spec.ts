import type { Camp } from '@yajin/contract';
import { checkIns, decided, openOrder, pay, pendingRefunds, person, publishedCamp } from './factories.js';
import type { MadeCamp, Person } from './factories.js';
import { detail, onlyMember, poster, scanner, sync } from './matching.js';
import { TestApi } from './kit.js';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

/** A paid order that came by the personal link an operator handed out. */
async function memberByLink(camp: MadeCamp, who: Person): Promise<Camp.CreatedPayment> {
  const links = await api.admin<Camp.PersonalLinks>('POST', `/api/admin/camps/${camp.id}/links`, {
    planetUserIds: [who.planetUserId],
  });
  const sig = new URL(links.data.list[0]!.url).searchParams.get('sig');
  const placed = await api.call<Camp.CreatedPayment>('POST', '/api/h5/payments', {
    body: { campId: camp.id, planetUserId: who.planetUserId, planetNickname: who.nickname, sig },
  });
  await api.call('GET', `${placed.data.payUrl}?scene=native`);
  await pay(api, placed.data, who);
  await decided(api, placed.data);
  return placed.data;
}

describe('approving in a batch', () => {
  it('takes typed ids as ever without the new field, and leaves them out when told to, naming why', async () => {
    const camp = await publishedCamp(api, { days: 4, requiredDays: 2 });
    const [typed, signed] = [person(), person()];
    const order = await openOrder(api, camp, typed);
    await pay(api, order, typed);
    await decided(api, order);
    await memberByLink(camp, signed);
    for (const who of [typed, signed]) await checkIns(api, camp, who, 2);
    const listed = await pendingRefunds(api, camp);
    const by = Object.fromEntries(listed.map((row) => [row.planetNickname, row]));
    expect(by[typed.nickname]).toMatchObject({ identity: 'typed', matchConfidence: 100 });
    expect(by[signed.nickname]).toMatchObject({ identity: 'signed', matchConfidence: 100 });
    const refundIds = listed.map(({ id }) => id);
    const path = '/api/admin/refunds/batch-approve';
    const careful = await api.admin<Camp.BatchApproval>('POST', path, { refundIds, includeUnproved: false });
    expect(careful.data).toMatchObject({
      approved: 1,
      skippedDetails: [{ refundId: by[typed.nickname]!.id, reason: '身份未验证' }],
    });
    const asEver = await api.admin<Camp.BatchApproval>('POST', path, { refundIds: [by[typed.nickname]!.id] });
    expect(asEver.data).toMatchObject({ approved: 1, skipped: 0 });
    const wrong = await api.admin('POST', path, { refundIds, includeUnproved: 'no' });
    expect(wrong.status).toBe(400);
  });
});

it('WeChat’s default name matches nobody by name', async () => {
  const camp = await publishedCamp(api);
  await poster(api, camp, '微信用户');
  const id = await scanner(api, camp, { planetNickname: '微信用户', wechatNickname: '微信用户' });
  await api.moveClock(`${camp.start}T12:00:00`);
  await sync(api, camp);
  expect(await onlyMember(api, camp)).toBe(id);
  expect((await detail(api, id)).matchInfo).toMatchObject({ status: 'failed', identity: null });
});
