import { barriers } from '@yajin/testing/barriers';
import { operator } from '@yajin/testing/operators';
import { Console, PHONE } from './console.js';

let console_: Console;
beforeAll(async () => {
  console_ = await Console.start();
});
afterAll(() => console_.stop());
afterEach(() => expect(console_.errors).toEqual([]));

async function givenUp(name: string, told: object): Promise<void> {
  const { api } = console_;
  const [row] = await api.rows<{ id: number }>(
    `SELECT (graphile_worker.add_job($1, $2::json, run_at := now() + interval '1 hour')).id`,
    [name, JSON.stringify(told)],
  );
  await api.owner.query(
    `UPDATE graphile_worker._private_jobs SET attempts = max_attempts, last_error = 'WeChat said nothing' WHERE id = $1`,
    [row!.id],
  );
}

it('an admin reads why jobs were given up, retries them all, and drops one with a reason, which a second click does once', async () => {
  const { api } = console_;
  const page = await console_.open('/system/jobs');
  await page.getByText('没有后台任务').waitFor();
  await givenUp('camp.notify', { refundId: 987 });
  await givenUp('camp.notify', { refundId: 988 });
  await givenUp('camp.list', { campId: 3 });
  await page.goto(`${api.url}/admin/system/health`);
  await page.getByRole('link', { name: '去处理' }).click();
  await page.waitForURL(/\/system\/jobs/);
  const row = page.getByRole('row').filter({ hasText: '退款记录 987' });
  await row.getByText('WeChat said nothing').waitFor();
  await row.getByText('已用尽次数').waitFor();
  const listing = page.getByRole('row').filter({ hasText: '补列退款名单' });
  await listing.getByText('关系到资金，只能重试').waitFor();
  expect(await listing.getByRole('button', { name: /^丢弃/ }).count()).toBe(0);

  const phone = await console_.open('/system/jobs', { size: PHONE });
  await phone.getByText('退款记录 987').waitFor();
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  expect(await barriers(phone)).toEqual([]);
  await phone.context().close();

  await row.getByRole('button', { name: /^丢弃 退款到账通知/ }).click();
  const asked = page.getByRole('dialog', { name: '丢弃 1 个任务' });
  await asked.getByRole('button', { name: '确认丢弃' }).click();
  await asked.getByText('必填').waitFor();
  await asked.getByLabel('理由').fill('已电话告知');
  let sent = 0;
  page.on('request', (request) => (sent += request.url().endsWith('/jobs/drop') ? 1 : 0));
  await asked.getByRole('button', { name: '确认丢弃' }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await page.getByText('已丢弃 1 个任务').waitFor();
  await row.waitFor({ state: 'detached' });
  expect(sent).toBe(1);

  await page.getByRole('button', { name: '重试本页 2 个' }).click();
  await page.getByRole('dialog', { name: '重试 2 个任务？' }).getByRole('button', { name: '重试' }).click();
  await page.getByText('2 个任务即将执行').waitFor();
  await page.getByText('没有后台任务').waitFor();
  await page.goto(`${api.url}/admin/system/logs`);
  await page.getByRole('row').filter({ hasText: '丢弃后台任务' }).first().waitFor();
  await page.context().close();
});

it('nobody but an admin finds the page in the menu', async () => {
  const page = await console_.open('/system/notifications', { as: await operator(console_.api, 'manager') });
  await page.getByRole('menuitem', { name: '支付通知' }).waitFor();
  expect(await page.getByRole('menuitem', { name: '后台任务' }).count()).toBe(0);
  await page.context().close();
});
