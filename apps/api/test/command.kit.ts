import { spawn } from 'node:child_process';
import path from 'node:path';
import { HOST_KEYS, type TestApi } from '@yajin/testing/api';

/** What a command beside the API is started with. @param keys the API's own */
export function beside(
  api: TestApi,
  keys: { JWT_SECRET: string; MASTER_KEY: string },
): Record<string, string> {
  return {
    ...api.sandbox.settings,
    ...keys,
    ...HOST_KEYS,
    APP_MODE: 'demo',
    DEMO_DATA: 'off',
    PUBLIC_URL: api.url,
    DATABASE_URL: api.env.databaseUrl,
    SANDBOX_URL: api.sandbox.url,
    LOG_LEVEL: 'error',
  };
}

/** Runs a command of the API as an operator does. @param script its built file, such as `reconcile.js` */
export function command(
  script: string,
  args: string[],
  env: Record<string, string>,
): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.resolve(import.meta.dirname, '../dist', script), ...args], {
      env: { PATH: process.env.PATH, ...env },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => (said += text.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
  });
}
