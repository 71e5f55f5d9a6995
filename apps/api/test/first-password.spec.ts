import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AuthService } from '../src/system/index.js';
import { TestApi } from '@yajin/testing/api';

let api: TestApi;
let folder: string;
beforeAll(async () => {
  api = await TestApi.start();
  folder = await mkdtemp(path.join(tmpdir(), 'yajin-first-'));
});
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true, force: true });
});

const nobody = (): Promise<unknown> =>
  api.rows(`UPDATE sys_user SET role = 'manager', username = 'admin-' || id WHERE role = 'admin'`);

it('the password that nobody chose is in a file for its owner alone, logs in, and is not in the log', async () => {
  await nobody();
  const file = path.join(folder, 'first.txt');
  const written: string[] = [];
  const log = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((chunk) => written.push(String(chunk)) > 0);
  await api.app.get(AuthService).ensureAdmin(null, file);
  log.mockRestore();
  const [username = '', password = ''] = (await readFile(file, 'utf8')).trim().split(' / ');
  expect(password).toHaveLength(16);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(written.join('')).not.toContain(password);
  const login = await api.call('POST', '/api/admin/auth/login', { body: { username, password } });
  expect(login.code).toBe(200);
});

it('is made of nobody who could not be told: an earlier file stays as it is, and there is no operator', async () => {
  await nobody();
  const file = path.join(folder, 'first.txt');
  const before = await readFile(file, 'utf8');
  await expect(api.app.get(AuthService).ensureAdmin(null, file)).rejects.toThrow('ADMIN_PASSWORD');
  expect(await readFile(file, 'utf8')).toBe(before);
  expect(await api.rows(`SELECT 1 FROM sys_user WHERE role = 'admin'`)).toEqual([]);
});
