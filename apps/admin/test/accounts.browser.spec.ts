import type { Camp } from '@yajin/contract';
import type { Page } from 'playwright-core';
import { Console, PHONE } from './console.js';

let console_: Console;
beforeAll(async () => {
  console_ = await Console.start();
}, 60_000);
afterAll(() => console_.stop());
afterEach(() => expect(console_.errors).toEqual([]));

async function logIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

it('whoever has a password that somebody else set changes it before anything else, on a phone too', async () => {
  const user = { username: 'newcomer', password: 'set by another', realName: '新来的', role: 'manager' };
  await console_.api.admin<Camp.CreatedUser>('POST', '/api/admin/users', user);
  const page = await console_.open('/members', { as: null, size: PHONE });
  await logIn(page, 'Newcomer', user.password);
  await page.getByRole('heading', { name: '请先修改密码' }).waitFor();
  expect(await page.getByRole('button', { name: '打开菜单' }).count()).toBe(0);
  await page.reload();
  await page.getByRole('heading', { name: '请先修改密码' }).waitFor();
  const fill = async (password: string): Promise<void> => {
    await page.getByLabel('原密码').fill(user.password);
    await page.getByLabel('新密码', { exact: true }).fill(password);
    await page.getByLabel('再次输入新密码').fill(password);
    await page.getByRole('button', { name: '修改', exact: true }).click();
  };
  await fill('qwertyuiop');
  await page.getByText('这个密码太常见，请换一个').waitFor();
  await fill('a password of my own');
  await page.getByRole('heading', { name: '会员' }).waitFor();
  expect(
    (await console_.api.rows(`SELECT 1 FROM sys_user WHERE username = 'newcomer' AND must_change`)).length,
  ).toBe(0);
});

it('one’s own logins are listed under the account, and those elsewhere are ended from there', async () => {
  const login = { username: 'admin', password: 'admin123' };
  const { token } = (
    await console_.api.call<Camp.LoginResult>('POST', '/api/admin/auth/login', { body: login })
  ).data;
  const page = await console_.open('/');
  await page.getByRole('heading', { name: '概览' }).waitFor();
  await page.getByRole('button', { name: '账号' }).click();
  await page.getByRole('menuitem', { name: '我的账号' }).click();
  await page.getByText('当前', { exact: true }).waitFor();
  await page.getByRole('button', { name: '退出其他全部' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '退出其他全部' }).click();
  await page.getByText('没有其他登录').waitFor();
  expect((await console_.api.call('GET', '/api/admin/auth/me', { token })).status).toBe(401);
});
