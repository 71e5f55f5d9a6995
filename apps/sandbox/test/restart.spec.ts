import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox } from '../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'yajin-sandbox-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a restart keeps the keys of every gateway, and the port where certificates are shown', async () => {
  const options = { dataFile: join(folder, 'kept.sqlite'), port: 0 };
  const first = await createSandbox(options);
  const before = first.settings;
  await first.close();
  const second = await createSandbox({ ...options, port: first.port });
  expect(second.settings).toEqual(before);
  expect(new Set(Object.values(before)).size).toBeGreaterThan(20);
  await second.close();
});

it('a gateway that a file knows nothing of gets keys, and the others keep theirs', async () => {
  const options = { dataFile: join(folder, 'before.sqlite'), port: 0 };
  const first = await createSandbox(options);
  const before = first.settings;
  await first.close();
  const file = new DatabaseSync(options.dataFile);
  file.exec(`UPDATE setting SET value = json_remove(value, '$.bankCard') WHERE name = 'otherSides'`);
  file.close();
  const second = await createSandbox({ ...options, port: first.port });
  const { BANK_CARD_KEY: newKey, BANK_CARD_MERCHANT: _merchant, ...others } = second.settings;
  expect(newKey).toMatch(/^[0-9a-f]{64}$/);
  expect(newKey).not.toBe(before.BANK_CARD_KEY);
  expect(before).toMatchObject(others);
  await second.close();
});

it('goes on with the file of an earlier version, whose trades are all of WeChat Pay v3', async () => {
  const file = join(folder, 'old.sqlite');
  const old = new DatabaseSync(file);
  old.exec(`CREATE TABLE trade (
      out_trade_no TEXT PRIMARY KEY, transaction_id TEXT UNIQUE, trade_type TEXT NOT NULL,
      description TEXT NOT NULL, attach TEXT NOT NULL, notify_url TEXT NOT NULL, amount_fen INTEGER NOT NULL,
      payer TEXT, time_expire INTEGER, state TEXT NOT NULL, openid TEXT,
      created_at INTEGER NOT NULL, paid_at INTEGER
    );
    INSERT INTO trade VALUES ('old-trade', NULL, 'NATIVE', '押金', '', 'http://127.0.0.1:9/', 1990, NULL, NULL, 'NOTPAY', NULL, 1, NULL);`);
  old.close();
  const sandbox = await createSandbox({ dataFile: file, port: 0 });
  const paid = await fetch(`${sandbox.url}/control/pay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ outTradeNo: 'old-trade' }),
  });
  expect(await paid.json()).toMatchObject({ channel: 'wechat-v3', state: 'SUCCESS', amountFen: 1990 });
  await sandbox.close();
});
