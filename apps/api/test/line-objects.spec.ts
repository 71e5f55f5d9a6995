import type { Console } from '@yajin/contract/console';
import { TestApi } from '@yajin/testing/api';
import { unique } from '@yajin/testing/factories';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

it('an object of a small line that is not there is not found', async () => {
  for (const objects of ['gym/members', 'task/tasks', 'work-order/orders', 'task/tasks'])
    expect(await api.admin('GET', `/api/admin/${objects}/999999`)).toMatchObject({ status: 404 });
});

it('a member of the gym is shown by their number', async () => {
  const body = { userId: String(unique()), name: '林小满' };
  const made = await api.admin<Console.GymMember>('POST', '/api/admin/gym/members', body);
  const found = await api.admin<Console.GymMember>('GET', `/api/admin/gym/members/${made.data.id}`);
  expect(found.data).toMatchObject({ id: made.data.id, name: '林小满' });
});
