import type { Camp } from '@yajin/contract';
import { addDays, businessDate } from '@yajin/core';
import { TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const NEEDS = [
  'name',
  'posterUrl',
  'groupQrcodeUrl',
  'deposit',
  'startDate',
  'endDate',
  'requiredDays',
  'planetProjectId',
];
const whole = (): Camp.CampDraftRequest => {
  const startDate = addDays(businessDate(api.clock.now()), 5);
  return {
    name: '早起三十天',
    posterUrl: 'https://cdn.example.com/p.png',
    groupQrcodeUrl: 'https://cdn.example.com/q.png',
    deposit: 99,
    startDate,
    endDate: addDays(startDate, 30),
    requiredDays: 21,
    planetProjectId: '2424424000',
  };
};
const save = async (body: Camp.CampDraftRequest): Promise<Camp.CreatedCamp> =>
  (await api.admin<Camp.CreatedCamp>('POST', '/api/admin/camps/drafts', body)).data;
const detail = async (id: number): Promise<Camp.CampDetail> =>
  (await api.admin<Camp.CampDetail>('GET', `/api/admin/camps/${id}`)).data;
const publish = async (id: number) =>
  api.call<{ errors: { field: string }[] }>('POST', `/api/admin/camps/${id}/publish`, {
    token: await api.adminToken(),
  });
const put = async (path: string, body: object) =>
  api.call<Camp.UpdatedCamp>('PUT', path, { token: await api.adminToken(), body });

it('a draft is saved with nothing in it, says all that is missing, and is not published until it is there', async () => {
  const { id, missing, deposit, totalDays } = await save({});
  expect({ missing, deposit, totalDays }).toEqual({ missing: NEEDS, deposit: 0, totalDays: 0 });
  const refused = await publish(id);
  expect(refused.code).toBe(1103);
  expect(refused.data.errors.map(({ field }) => field)).toEqual(NEEDS);
  const { data } = await api.admin<Camp.CampPage>('GET', '/api/admin/camps?status=draft');
  expect(data.list.find((camp) => camp.id === id)?.missing).toEqual(NEEDS);

  expect(
    (await put(`/api/admin/camps/${id}/draft`, { ...whole(), groupQrcodeUrl: null, name: ' ' })).code,
  ).toBe(200);
  expect((await detail(id)).missing).toEqual(['name', 'groupQrcodeUrl']);
  const log = await api.admin<Camp.AuditLogPage>('GET', '/api/admin/logs?action=camp.update&pageSize=1');
  expect(log.data.list[0]).toMatchObject({ targetId: String(id), after: { deposit: 99, requiredDays: 21 } });
  // What stood in place of something missing was never anybody's.
  expect(log.data.list[0]?.before).toEqual({});
  expect((await publish(id)).data.errors.map(({ field }) => field)).toEqual(['name', 'groupQrcodeUrl']);
  // As callers of the ordinary update have it: what is given is there from then on.
  await put(`/api/admin/camps/${id}`, { name: '早起三十天' });
  await put(`/api/admin/camps/${id}`, { groupQrcodeUrl: 'https://cdn.example.com/q.png' });
  expect(await detail(id)).toMatchObject({ missing: [], ...whole() });
  expect((await publish(id)).code).toBe(200);
});

it.each(NEEDS)(
  'a draft that lacks %s alone keeps all the rest, and lacks nothing once it is given',
  async (need) => {
    const { id } = await save({ ...whole(), [need]: null });
    const kept = await detail(id);
    expect(kept.missing).toEqual([need]);
    expect(kept).toMatchObject(Object.fromEntries(Object.entries(whole()).filter(([name]) => name !== need)));
    await put(`/api/admin/camps/${id}`, { [need]: whole()[need as keyof Camp.CampDraftRequest] });
    expect(await detail(id)).toMatchObject({ missing: [], ...whole() });
  },
);

it('a draft whose check-in project is no number is kept, and not published', async () => {
  const { id, missing } = await save({ ...whole(), planetProjectId: 'abc' });
  expect(missing).toEqual([]);
  expect(await publish(id)).toMatchObject({
    code: 1103,
    data: { errors: [{ field: 'planetProjectId', code: 'not_number' }] },
  });
});

it('what contradicts itself is no draft either, and a published camp is none', async () => {
  const { startDate } = whole();
  const token = await api.adminToken();
  const wrong = await api.call<{ errors: { field: string }[] }>('POST', '/api/admin/camps/drafts', {
    token,
    body: { startDate, endDate: startDate },
  });
  expect(wrong).toMatchObject({ code: 400, data: { errors: [{ field: 'endDate' }] } });
  const { id } = await save(whole());
  await publish(id);
  expect((await put(`/api/admin/camps/${id}/draft`, {})).code).toBe(1102);
  expect((await detail(id)).missing).toEqual([]);
});

it('the ordinary way to make a camp still asks for everything, and no row that is published lacks anything', async () => {
  const answer = await api.call<{ errors: { field: string }[] }>('POST', '/api/admin/camps', {
    token: await api.adminToken(),
    body: { name: '缺' },
  });
  expect(answer.code).toBe(400);
  await expect(api.rows(`UPDATE camp SET missing = '{name}' WHERE status <> 'draft'`)).rejects.toThrow(
    /camp_complete/,
  );
});

it('the log tells what was filled in, and not what stood in place of the rest', async () => {
  const { id } = await save({ name: '只有名字' });
  const { data } = await api.admin<Camp.AuditLogPage>('GET', '/api/admin/logs?action=camp.create&pageSize=1');
  expect(data.list[0]).toMatchObject({ targetId: String(id), after: { name: '只有名字' } });
  expect(JSON.stringify(data.list[0])).not.toContain('unset.invalid');
});
