import type { Camp } from '@yajin/contract';
import { addDays, businessDate } from '@yajin/core';
import {
  checkIns,
  decided,
  pay,
  person,
  publishedCamp,
  type MadeCamp,
  type Person,
} from '@yajin/testing/factories';
import { TestApi, type Answer } from '@yajin/testing/api';
import { audited, operator, ROLES } from '@yajin/testing/operators';
import { sync } from '@yajin/testing/matching';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

function handOut(campId: number, planetUserIds: unknown[]): Promise<Answer<Camp.PersonalLinks>> {
  return api.admin<Camp.PersonalLinks>('POST', `/api/admin/camps/${campId}/links`, { planetUserIds });
}

/** What the member's page reads from its address. */
async function linkOf(camp: MadeCamp, who: Person): Promise<{ planetUserId: string; sig: string }> {
  const { data } = await handOut(camp.id, [who.planetUserId]);
  const { searchParams } = new URL(data.list[0]!.url);
  return { planetUserId: searchParams.get('planetUserId') ?? '', sig: searchParams.get('sig') ?? '' };
}

async function order(camp: MadeCamp, who: Person, sig: string): Promise<Camp.CreatedPayment> {
  const placed = await api.call<Camp.CreatedPayment>('POST', '/api/h5/payments', {
    body: { campId: camp.id, planetUserId: who.planetUserId, planetNickname: who.nickname, sig },
  });
  expect(placed.code).toBe(200);
  await api.call('GET', `${placed.data.payUrl}?scene=native`);
  return placed.data;
}

/** How sure the system is, once they have paid, of who a member is. */
async function identityAfter(camp: MadeCamp, who: Person, sig: string): Promise<string | null> {
  const placed = await order(camp, who, sig);
  await pay(api, placed, who);
  const { memberId } = await decided(api, placed);
  const detail = await api.admin<Camp.MemberDetail>('GET', `/api/admin/members/${memberId}`);
  expect(detail.data.matchInfo).toMatchObject({ method: 'dynamic_qrcode', confidence: 100 });
  return detail.data.paymentInfo.identity;
}

describe('a personal link that the system hands out', () => {
  it('names the planet user to the payment: the identity is signed', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const { planetUserId, sig } = await linkOf(camp, who);
    expect(planetUserId).toBe(who.planetUserId);
    expect(await identityAfter(camp, who, sig)).toBe('signed');
  });

  it('tells its owner the nickname that the planet knows', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    await checkIns(api, camp, who, 1);
    await sync(api, camp);
    const query = new URLSearchParams(await linkOf(camp, who)).toString();
    const shown = await api.call<Camp.PublicCampDetail>('GET', `/api/h5/camps/${camp.id}?${query}`);
    expect(shown.data.prefillInfo).toEqual({
      planetUserId: who.planetUserId,
      planetNickname: who.nickname,
      editable: false,
      signed: true,
    });
  });

  it('is worth nothing for somebody else, for another camp, or when forged', async () => {
    const [camp, other] = [await publishedCamp(api), await publishedCamp(api)];
    const { sig } = await linkOf(camp, person());
    expect(await identityAfter(camp, person(), sig)).toBe('typed');
    const who = person();
    const foreign = await linkOf(camp, who);
    expect(await identityAfter(other, who, foreign.sig)).toBe('typed');
    const forged = `${foreign.sig.startsWith('A') ? 'B' : 'A'}${foreign.sig.slice(1)}`;
    expect(await identityAfter(camp, who, forged)).toBe('typed');
  });

  it('is the same whenever it is asked for, in the order asked for, and on record', async () => {
    const camp = await publishedCamp(api);
    const ids = ['88455815452182', '15', '18445000000000000001'];
    const first = await handOut(camp.id, [...ids.slice(0, 1), ` ${ids[1]} `, ...ids.slice(2)]);
    expect(first.data.list.map(({ planetUserId }) => planetUserId)).toEqual(ids);
    expect(first.data.list.map(({ url }) => new URL(url).searchParams.get('planetUserId'))).toEqual(ids);
    expect(new Set(first.data.list.map(({ url }) => url)).size).toBe(3);
    expect((await handOut(camp.id, ids)).data).toEqual(first.data);
    const [, , record] = await audited(api, 'camp', camp.id);
    const signatures = first.data.list.map(({ url }) => new URL(url).searchParams.get('sig')!.slice(0, 12));
    expect(record).toMatchObject({ username: 'admin', action: 'camp.links', after: { signatures } });
    // The log cannot forget: nobody's planet id is in it.
    for (const id of ids) expect(JSON.stringify(record)).not.toContain(`"${id}"`);
  });
});

describe('handing out', () => {
  it('waits until the camp is published (1102), and knows no camp that is not there', async () => {
    const start = addDays(businessDate(api.clock.now()), 5);
    const draft = await api.admin<Camp.CreatedCamp>('POST', '/api/admin/camps', {
      name: '草稿',
      posterUrl: 'https://cdn.example.com/poster.jpg',
      deposit: 99,
      startDate: start,
      endDate: addDays(start, 7),
      requiredDays: 3,
      groupQrcodeUrl: 'https://cdn.example.com/group.jpg',
      planetProjectId: '15555411414112',
    });
    expect((await handOut(draft.data.id, ['1'])).code).toBe(1102);
    expect((await handOut(987_654_321, ['1'])).code).toBe(404);
  });

  it.each([
    ['nobody', []],
    ['too many', Array.from({ length: 201 }, (_, index) => String(index))],
    ['the same twice', ['1', ' 1']],
    ['blank', ['1', ' ']],
    ['no text', [1]],
  ])('refuses a list of %s', async (_, planetUserIds) => {
    const camp = await publishedCamp(api);
    const answer = await handOut(camp.id, planetUserIds);
    expect(answer).toMatchObject({
      status: 400,
      data: { errors: [{ field: expect.stringMatching(/^planetUserIds/) }] },
    });
  });

  it('is for those who run camps: staff of the camp are refused', async () => {
    const staff = Object.fromEntries(
      await Promise.all(ROLES.map(async (role) => [role, await operator(api, role)] as const)),
    );
    const camp = await publishedCamp(api, {
      coachIds: [staff['coach']!.id],
      volunteerIds: [staff['volunteer']!.id],
    });
    const answers: Record<string, number> = {};
    for (const role of ROLES) {
      const { code } = await api.call('POST', `/api/admin/camps/${camp.id}/links`, {
        token: staff[role]!.token,
        body: { planetUserIds: ['1'] },
      });
      answers[role] = code;
    }
    expect(answers).toEqual({ admin: 200, manager: 200, coach: 403, volunteer: 403, finance: 403 });
  });
});
