import type { Server } from 'node:http';
import type { Page } from 'playwright-core';
import { operator } from '@yajin/testing/operators';
import { Console, PHONE } from './console.js';

let console_: Console;
beforeAll(async () => {
  console_ = await Console.start();
});
afterAll(() => console_.stop());
afterEach(() => expect(console_.errors).toEqual([]));

async function logIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

it('a wrong password says so, the right one leads where one wanted to go, and logging out ends it', async () => {
  const page = await console_.open('/refunds/records?refundStatus=failed', { as: null });
  await logIn(page, 'admin', 'nonsense');
  await page.getByRole('alert').getByText('用户名或密码错误').waitFor();
  await logIn(page, 'admin', 'admin123');
  await page.getByRole('heading', { name: '退款记录' }).waitFor();
  expect(page.url()).toContain('/admin/refunds/records?refundStatus=failed');
  const token = await page.evaluate(
    () => (JSON.parse(localStorage.getItem('yajin.session')!) as { token: string }).token,
  );
  await page.getByRole('button', { name: '账号' }).click();
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await page.getByLabel('用户名').waitFor();
  expect((await console_.api.call('GET', '/api/admin/auth/me', { token })).status).toBe(401);
});

it('a volunteer sees members and nothing else, and an address typed by hand is refused', async () => {
  const who = await operator(console_.api, 'volunteer');
  const page = await console_.open('/', { as: who });
  await page.getByRole('heading', { name: '会员' }).waitFor();
  const entries = await page.getByRole('navigation').getByRole('menuitem').allInnerTexts();
  expect(entries).toEqual(['会员']);
  await page.goto(`${console_.api.url}/admin/refunds/pending`);
  await page.getByText('无权限').first().waitFor();
});

it('a session that ends in the middle of typing loses nothing of it', async () => {
  const page = await console_.open('/camps/new');
  await page.getByLabel('名称', { exact: true }).fill('写到一半的训练营');
  await console_.api.rows(
    'DELETE FROM sys_session WHERE id = (SELECT id FROM sys_session ORDER BY created_at DESC LIMIT 1)',
  );
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: '搜索' }).getByRole('combobox').fill('早起');
  const again = page.getByRole('dialog', { name: '登录已过期' });
  await again.getByLabel('密码', { exact: true }).fill('admin123');
  await again.getByRole('button', { name: '登录', exact: true }).click();
  await again.waitFor({ state: 'hidden' });
  await page.keyboard.press('Escape');
  expect(await page.getByLabel('名称', { exact: true }).inputValue()).toBe('写到一半的训练营');
});

it('says that the API is away, and goes on by itself once it is back', async () => {
  const page = await console_.open('/members');
  await page.getByRole('heading', { name: '会员' }).waitFor();
  const server: Server = console_.api.app.getHttpServer();
  const port = Number(new URL(console_.api.url).port);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  try {
    await page.getByRole('searchbox').fill('谁');
    await page.keyboard.press('Enter');
    await page.getByText('无法连接服务器').first().waitFor();
  } finally {
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  }
  await page.getByRole('button', { name: '重试' }).first().click();
  await page.getByText('无法连接服务器').first().waitFor({ state: 'hidden' });
  await page.getByRole('table').first().waitFor();
});

it('on a phone the menu opens from a button and closes with the choice', async () => {
  const page = await console_.open('/camps', { size: PHONE });
  await page.getByRole('button', { name: '打开菜单' }).click();
  await page.getByRole('dialog').getByRole('menuitem', { name: '会员' }).click();
  await page.getByRole('heading', { name: '会员' }).waitFor();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
});

it('Ctrl-K finds a page by keyboard alone', async () => {
  const page = await console_.open('/');
  await page.getByRole('heading', { name: '概览' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('收支');
  await page.getByRole('option', { name: /收支分录/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '收支分录' }).waitFor();
});
