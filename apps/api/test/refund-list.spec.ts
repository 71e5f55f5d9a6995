import { TestApi } from '@yajin/testing/api';
import { publishedCamp, records } from '@yajin/testing/factories';
import { atGate, waitingAt } from '@yajin/testing/gates';
import { finish, match, pendingOf, poster, refOf, scanner } from '@yajin/testing/matching';
import { CampScanner } from '../src/lines/camp/camp.scanner.js';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

it('a match that is made while the refund list waits for its camp is part of what is listed, so that a rejection of it holds', async () => {
  const camp = await publishedCamp(api, { startsIn: 10, days: 4, requiredDays: 2 });
  const id = await scanner(api, camp);
  const who = await poster(api, camp, '等待者', 3);
  await finish(api, camp);
  const list = (): Promise<void> => api.app.get(CampScanner).listRefunds(camp.id);
  const ref = await refOf(api, who);
  await atGate(api, ['SELECT 1 FROM camp WHERE id = $1 FOR KEY SHARE', camp.id], async () => {
    const begun = list();
    await waitingAt(api, 'SELECT 1 FROM camp WHERE id = $1 FOR UPDATE');
    expect((await match(api, id, ref)).code).toBe(200);
    return { begun };
  });
  const [record] = await pendingOf(api, camp);
  const body = { reason: '不符合要求' };
  expect((await api.admin('POST', `/api/admin/refunds/${record!.id}/reject`, body)).code).toBe(200);
  await list();
  expect(await pendingOf(api, camp)).toEqual([]);
  expect((await records(api, camp)).map(({ auditStatus }) => auditStatus)).toEqual(['rejected']);
});
