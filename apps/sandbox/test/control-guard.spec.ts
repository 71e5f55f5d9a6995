import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { createSandbox, type Sandbox } from '../src/index.js';

let folder: string;
let sandbox: Sandbox;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-sandbox-'));
  sandbox = await createSandbox({ dataFile: path.join(folder, 'sandbox.sqlite'), port: 0 });
});
afterAll(async () => {
  await sandbox.close();
  fs.rmSync(folder, { recursive: true });
});

const asked = (headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    http
      .get(`${sandbox.url}/control/settings`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
      .on('error', reject);
  });

it('the control API answers programs and its own page, under an address or its own name', async () => {
  const { host } = new URL(sandbox.url);
  expect(await asked({})).toBe(200);
  expect(await asked({ origin: sandbox.url })).toBe(200);
  expect(await asked({ host: `localhost:${sandbox.port}`, origin: `http://localhost:${sandbox.port}` })).toBe(
    200,
  );
  expect(await asked({ host })).toBe(200);
});

it.each<Record<string, string>>([
  { host: 'rebound.example.com' },
  { host: 'rebound.example.com', origin: 'http://rebound.example.com' },
  { host: '127.0.0.1.example.com' },
  { origin: 'https://example.com' },
  { origin: 'http://127.0.0.1:1' },
  { origin: 'null' },
])('the control API refuses a page of somebody else’s, however its name leads here: %j', async (headers) => {
  expect(await asked(headers)).toBe(403);
});

it('its file is for its owner alone', () => {
  for (const name of fs.readdirSync(folder))
    expect(fs.statSync(path.join(folder, name)).mode & 0o077).toBe(0);
});
