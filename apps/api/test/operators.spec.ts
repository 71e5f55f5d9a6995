import { addDays, businessDate } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import { campDocument } from '@yajin/contract';
import { operations } from '@yajin/contract/testing';
import { member, person, publishedCamp } from '@yajin/testing/factories';
import { TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const login = (username: string, password: string) =>
  api.call<Camp.LoginResult>('POST', '/api/admin/auth/login', { body: { username, password } });

describe('logging in', () => {
  it('gives a token that works until the logout', async () => {
    const { data } = await login('admin', 'admin123');
    expect(data).toMatchObject({ username: 'admin', role: 'admin', expiresIn: 86400 });
    expect((await api.call('GET', '/api/admin/camps', { token: data.token })).status).toBe(200);
    expect((await api.call('POST', '/api/admin/auth/logout', { token: data.token })).message).toBe(
      '登出成功',
    );
    expect((await api.call('GET', '/api/admin/camps', { token: data.token })).status).toBe(401);
  });

  it('reads the same for a wrong password and an unknown user', async () => {
    const [wrong, unknown] = [await login('admin', 'admin124'), await login('nobody', 'admin123')];
    expect(wrong).toMatchObject({ status: 401, message: '用户名或密码错误' });
    expect(unknown).toMatchObject({ status: 401, message: '用户名或密码错误' });
  });

  it.each(['', 'Bearer', 'Bearer x.y.z', 'Basic YWRtaW46YWRtaW4xMjM=', `Bearer ${'e30.'.repeat(3)}`])(
    'refuses the header %j',
    async (header) => {
      const answer = await api.call('GET', '/api/admin/camps', {
        headers: header ? { authorization: header } : {},
      });
      expect(answer.status).toBe(401);
    },
  );

  it('does not take a member’s session for an operator’s', async () => {
    const { code } = await api.control<{ code: string }>('POST', '/control/oauth-code', {
      openid: 'oSomebody000000000000001',
    });
    const session = await api.call('POST', '/api/h5/auth/wechat', { body: { code } });
    const token = /yajin_wechat=([^;]+)/.exec(session.headers.get('set-cookie') ?? '')?.[1] ?? '';
    expect(token).toMatch(/^ey/);
    expect((await api.call('GET', '/api/admin/camps', { token })).status).toBe(401);
  });
});

describe('camps', () => {
  const body = (): Camp.CreateCampRequest => {
    const start = addDays(businessDate(api.clock.now()), 5);
    return {
      name: "读书营 📚 '; DROP TABLE camp;--",
      posterUrl: 'https://cdn.example.com/p.jpg',
      deposit: 0.07,
      startDate: start,
      endDate: addDays(start, 21),
      requiredDays: 15,
      groupQrcodeUrl: 'https://cdn.example.com/g.jpg',
      planetProjectId: '15555411412112',
      rules: ['每天早上6:00前完成打卡'],
    };
  };
  const create = async (): Promise<Camp.CreatedCamp> =>
    (await api.admin<Camp.CreatedCamp>('POST', '/api/admin/camps', body())).data;

  it('keep exactly what was entered', async () => {
    const sent = body();
    const made = await create();
    expect(made).toMatchObject({
      ...sent,
      totalDays: 21,
      status: 'draft',
      enrollUrl: null,
      memberCount: 0,
      paidAmount: 0,
    });
    const detail = await api.admin<Camp.CampDetail>('GET', `/api/admin/camps/${made.id}`);
    expect(detail.data).toMatchObject({ ...sent, statistics: { totalMembers: 0, avgCheckinRate: 0 } });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a deposit of nothing', { deposit: 0 }, 'deposit'],
    ['three decimals', { deposit: 1.001 }, 'deposit'],
    ['a deposit beyond the limit', { deposit: 50000.01 }, 'deposit'],
    ['text for money', { deposit: '99' }, 'deposit'],
    ['a date that does not exist', { startDate: '2026-02-30' }, 'startDate'],
    ['an end before the start', { endDate: '2020-01-01' }, 'endDate'],
    ['more days than there are', { requiredDays: 22 }, 'requiredDays'],
    ['a blank name', { name: '  ' }, 'name'],
    ['a name too long', { name: '长'.repeat(101) }, 'name'],
    ['a null byte', { name: 'a\u0000b' }, 'name'],
    ['a script as address', { posterUrl: 'javascript:alert(1)' }, 'posterUrl'],
    ['a field nobody knows', { status: 'ongoing' }, 'status'],
    ['staff that do not exist', { coachIds: [999999] }, 'coachIds'],
  ])('are not made of %s', async (_, change, field) => {
    const answer = await api.admin<{ errors: { field: string; message: string }[] }>(
      'POST',
      '/api/admin/camps',
      { ...body(), ...change },
    );
    expect(answer.status).toBe(400);
    expect(answer.data.errors[0]?.field).toBe(field);
    expect(answer.data.errors[0]?.message).toMatch(/[\u4e00-\u9fff]/);
  });

  it('fix what members pay for once published (1102), and can still change the rest', async () => {
    const camp = await create();
    await api.admin('POST', `/api/admin/camps/${camp.id}/publish`);
    expect((await api.admin('POST', `/api/admin/camps/${camp.id}/publish`)).code).toBe(1102);
    for (const change of [
      { deposit: 1 },
      { requiredDays: 14 },
      { endDate: addDays(camp.endDate, 1) },
      { planetProjectId: '1' },
    ]) {
      expect((await api.admin('PUT', `/api/admin/camps/${camp.id}`, change)).code).toBe(1102);
    }
    const same = await api.admin<Camp.UpdatedCamp>('PUT', `/api/admin/camps/${camp.id}`, {
      deposit: camp.deposit,
      name: '新名字',
    });
    expect(same).toMatchObject({ message: '更新成功', data: { name: '新名字' } });
    expect((await api.admin('DELETE', `/api/admin/camps/${camp.id}`)).code).toBe(1102);
  });

  it('are not published when they should have begun (1103)', async () => {
    const camp = await create();
    await api.rows(`UPDATE camp SET start_date = '2020-01-01', end_date = '2020-02-01' WHERE id = $1`, [
      camp.id,
    ]);
    const answer = await api.admin<{ errors: { field: string }[] }>(
      'POST',
      `/api/admin/camps/${camp.id}/publish`,
    );
    expect(answer).toMatchObject({ code: 1103, data: { errors: [{ field: 'startDate' }] } });
  });

  it('are deleted as drafts only: not with members (1101), not once published (1102)', async () => {
    const draft = await create();
    const remove = (id: number) => api.admin('DELETE', `/api/admin/camps/${id}`);
    expect(await remove(draft.id)).toMatchObject({ code: 200, message: '删除成功' });
    expect((await remove(draft.id)).status).toBe(404);
    const camp = await publishedCamp(api);
    expect((await remove(camp.id)).code).toBe(1102);
    await member(api, camp, person());
    expect(await remove(camp.id)).toMatchObject({ code: 1101, message: '该训练营已有会员报名，无法删除' });
  });

  it('that are drafts or deleted do not exist for members', async () => {
    const camp = await create();
    expect((await api.call('GET', `/api/h5/camps/${camp.id}`)).status).toBe(404);
    await api.admin('DELETE', `/api/admin/camps/${camp.id}`);
    expect((await api.admin('GET', `/api/admin/camps/${camp.id}`)).status).toBe(404);
  });

  it('answer 304 to whoever has the list already', async () => {
    const first = await api.call('GET', '/api/h5/camps');
    const again = await fetch(`${api.url}/api/h5/camps`, {
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });
});

describe('a request that makes no sense', () => {
  it.each<[string, string, unknown]>([
    ['POST', '/api/admin/auth/login', '{"username":'],
    ['POST', '/api/admin/auth/login', '[]'],
    ['POST', '/api/admin/auth/login', '"x"'],
    ['POST', '/api/admin/auth/login', { username: { $ne: 1 }, password: 'x' }],
    ['POST', '/api/h5/payments', { campId: 1e30, planetUserId: '1', planetNickname: 'x' }],
    ['POST', '/api/h5/payments', undefined],
    ['GET', '/api/h5/camps?page=0', undefined],
    ['GET', '/api/h5/camps?pageSize=101', undefined],
    ['GET', '/api/h5/camps?page=1e3', undefined],
    ['GET', '/api/h5/camps?surprise=1', undefined],
    ['GET', '/api/h5/camps/abc', undefined],
    ['GET', '/api/h5/payments/99999999999999999999/params', undefined],
  ])('%s %s %j is 400 in Chinese', async (method, path, body) => {
    const answer = await api.call(method, path, body === undefined ? {} : { body });
    expect(answer.status).toBe(400);
    expect(answer.message).toMatch(/[\u4e00-\u9fff]/);
  });

  it('for a route that does not exist gets the envelope', async () => {
    const answer = await api.call('GET', '/api/nowhere');
    expect(answer).toMatchObject({ status: 404, code: 404, message: '资源不存在', data: null });
  });
});

it('every operation that asks for a permission is refused to whoever has not got it', async () => {
  const roles = { volunteer: ['member:read', 'member:join'] };
  await api.rows(
    `INSERT INTO sys_user (username, password_hash, real_name, role, created_at)
     SELECT 'helper', password_hash, '王志愿者', 'volunteer', now() FROM sys_user WHERE username = 'admin'`,
  );
  const { token } = (await login('helper', 'admin123')).data;
  const served = operations(campDocument).filter(
    ({ permission }) => permission && !roles.volunteer.includes(permission),
  );
  let refused = 0;
  for (const { method, path } of served) {
    const answer = await fetch(api.url + path.replace(/\{\w+\}/g, '1'), {
      method,
      headers: { authorization: `Bearer ${token}` },
    });
    if (answer.status === 404) continue; // not served yet
    expect([path, answer.status]).toEqual([path, 403]);
    refused += 1;
  }
  expect(refused).toBeGreaterThanOrEqual(15);
});
