import { JwtService } from '@nestjs/jwt';
import type { Gym } from '@yajin/contract/gym';
import { HOST_KEY, hostToken, TestApi } from '@yajin/testing/api';
import { operator } from '@yajin/testing/operators';
import { call, makeOffers, makePerson, place, type Person } from './gym.kit.js';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
  await makeOffers(api);
});
afterAll(() => api.stop());

const list = async (who: Person, query = ''): Promise<Gym.Payment[]> =>
  (await call<Gym.Payment[]>(api, 'GET', `/api/v1/payments/${query}`, { token: who.token })).data;

describe('a payment', () => {
  it('is for a member of one’s own, of what is on offer at its price', async () => {
    const [who, other] = [await makePerson(api), await makePerson(api)];
    const made = await place(api, who);
    expect(made.status).toBe(200);
    expect(made.data).toMatchObject({
      member_id: who.member.id,
      amount: 199,
      status: 'pending',
      description: '月卡',
    });
    expect((await place(api, who, { amount: 198.99 })).body).toMatchObject({
      code: 400,
      data: { errors: [{ field: 'amount', message: '应为在售项目的价格：月卡 199.00 元' }] },
    });
    expect((await place(api, who, { amount: 199.001 })).status).toBe(400);
    expect((await place(api, who, { member_id: other.member.id })).body).toMatchObject({
      code: 404,
      message: '会员不存在',
    });
    expect((await place(api, who, { member_id: 999_999 })).status).toBe(404);
    expect(await list(other)).toEqual([]);
    expect(await list(who)).toEqual([made.data]);
    expect(await list(who, `?member_id=${other.member.id}`)).toEqual([]);
    const admin = { ...who, token: hostToken('gym', 'boss', 'admin') };
    expect(await list(admin, `?member_id=${who.member.id}`)).toEqual([made.data]);
  });

  it('asked for twice under one key is one payment', async () => {
    const who = await makePerson(api);
    const headers = { 'idempotency-key': '7f9c2ba4-e88f-4e3b-8d28-0c2a5b6d7e8f' };
    const body = { member_id: who.member.id, amount: 199, type: 'membership' };
    const [first, second] = await Promise.all(
      [1, 2].map(() =>
        call<Gym.Payment>(api, 'POST', '/api/v1/payments', { token: who.token, body, headers }),
      ),
    );
    expect(second!.data).toEqual(first!.data);
    expect(await list(who)).toHaveLength(1);
  });

  it('is nobody’s without a token of this platform that ends', async () => {
    const sign = (claims: object, options: object): string =>
      new JwtService({}).sign(
        { role: 'user', ...claims },
        { secret: HOST_KEY, audience: 'gym', subject: 'x', ...options },
      );
    const tokens = [
      '',
      hostToken('course', 'x'),
      sign({}, {}),
      sign({}, { expiresIn: -1 }),
      sign({}, { expiresIn: 60, secret: 'another' }),
      sign({}, { expiresIn: 60, algorithm: 'HS512' }),
    ];
    for (const token of tokens)
      expect((await call(api, 'GET', '/api/v1/payments', { token })).status).toBe(401);
    expect((await call(api, 'GET', '/api/v1/payments', { token: sign({}, { expiresIn: 60 }) })).status).toBe(
      200,
    );
  });
});

describe('operators', () => {
  it('keep members and offers; the same price twice cannot be told apart, so it is refused', async () => {
    const who = await makePerson(api);
    const again = await api.admin('POST', '/api/admin/gym/members', { userId: who.user, name: '又一个' });
    expect(again).toMatchObject({ code: 409, message: '该用户已是会员' });
    const offer = { type: 'membership', name: '季卡', amount: 540, quantity: 90 };
    const made = await api.admin<{ id: number }>('POST', '/api/admin/gym/offers', offer);
    expect((await api.admin('POST', '/api/admin/gym/offers', { ...offer, name: '季卡二' })).code).toBe(409);
    const at = `/api/admin/gym/offers/${made.data.id}`;
    expect((await api.admin('PUT', at, { active: false })).data).toMatchObject({ active: false });
    const second = await api.admin<{ id: number }>('POST', '/api/admin/gym/offers', offer);
    expect(second.code).toBe(200);
    expect((await api.admin('PUT', at, { active: true })).code).toBe(409);
    expect((await api.admin('PUT', '/api/admin/gym/offers/999999', { active: true })).code).toBe(404);
    expect((await place(api, who, { amount: 540 })).status).toBe(200);
    const all = await api.admin<{ list: { id: number }[] }>('GET', '/api/admin/gym/offers');
    expect(all.data.list.map(({ id }) => id)).toEqual(expect.arrayContaining([made.data.id, second.data.id]));
  });

  it('without the permission are refused', async () => {
    const { token } = await operator(api, 'coach');
    expect((await api.call('GET', '/api/admin/gym/members', { token })).status).toBe(403);
    expect((await api.call('GET', '/api/admin/gym/members', {})).status).toBe(401);
  });
});
