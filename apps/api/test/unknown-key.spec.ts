import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Gateways, KeyWatch } from '@yajin/payment';
import { createSandbox } from '@yajin/sandbox';
import type { Camp } from '@yajin/contract';
import {
  decided,
  member,
  openOrder,
  outTradeNo,
  pay,
  person,
  publishedCamp,
  statusOf,
} from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';

const folder = mkdtempSync(join(tmpdir(), 'yajin-platform-'));
const file = join(folder, 'platform.keys');
let api: TestApi;
/** What WeChat signs with, by its serial: a certificate that we know from the beginning, and a public key that we do not. */
let entries: string[];

beforeAll(async () => {
  // Sandboxes of one process are one merchant's.
  const other = await createSandbox({ dataFile: ':memory:', port: 0 });
  entries = other.settings.WECHAT_PLATFORM_KEYS.split(/,(?=PUB_KEY_ID)/);
  await other.close();
  writeFileSync(file, entries[0]!);
  api = await TestApi.start({ WECHAT_PLATFORM_KEYS: file });
  await api.control('POST', '/control/settings', { notifySchedule: 'fast', signWith: 'publicKey' });
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true });
});
afterEach(() => api.control('POST', '/control/faults', { reset: true }));

const wechat = async (): Promise<Camp.SystemCheck | undefined> => {
  const { data } = await api.admin<Camp.SystemHealth>('GET', '/api/admin/system-health');
  return data.checks.find(({ name }) => name === 'wechat');
};
const serialOf = (entry: string): string => entry.slice(0, entry.indexOf('='));
const raised = (): Promise<{ key: string; detail: string }[]> =>
  api.rows(`SELECT key, detail FROM sys_alert WHERE key LIKE 'unknown-key:%'`);

it('an unknown serial alerts once, and a paid member becomes one when the key is added, without a restart', async () => {
  const serial = serialOf(entries[1]!);
  const camp = await publishedCamp(api);
  const who = person();
  const order = await openOrder(api, camp, who);
  expect(await wechat()).toMatchObject({ status: 'up' });
  // Nobody learns of it by asking.
  await api.control('POST', '/control/faults', { failBefore: ['query'] });
  await pay(api, order, who);
  await eventually(async () => {
    const sent = await api.control<{ attempts: number; lastResult: string; state: string }[]>(
      'GET',
      '/control/notifications',
    );
    return sent.some((each) => each.attempts > 2 && each.lastResult === '503' && each.state === 'pending');
  }, 'it to be sent several times, for it is asked for again');
  expect((await statusOf(api, order)).payStatus).toBe('pending');
  // Nobody who calls waits for an alert to be written.
  await eventually(async () => (await raised()).length > 0 && api.alerts.length > 0, 'the alert');
  expect(await raised()).toEqual([
    { key: `unknown-key:wechat-v3:${serial}`, detail: expect.stringContaining(serial) as string },
  ]);
  expect(api.alerts).toHaveLength(1);
  expect(await api.rows('SELECT 1 FROM pay_notification')).toEqual([]);
  const yellow = await wechat();
  expect(yellow).toMatchObject({ status: 'degraded', message: expect.stringContaining(serial) as string });
  await api.rows(`UPDATE sys_alert SET raised_at = now() - interval '11 minutes'`);
  expect(await wechat()).toMatchObject({ status: 'down' });
  writeFileSync(file, entries.join('\n'));
  expect(await decided(api, order)).toMatchObject({ payStatus: 'success', bindStatus: 'completed' });
  expect(await wechat()).toMatchObject({ status: 'up' });
  await eventually(async () => (await raised()).length === 0, 'the alert to be over', 15_000);
  const [note] = await api.rows('SELECT state FROM pay_notification WHERE subject_no = $1', [
    outTradeNo(order),
  ]);
  expect(note).toEqual({ state: 'applied' });
});

it('a stranger who names a serial of their own is refused, and alerts nobody', async () => {
  const order = await member(api, await publishedCamp(api), person());
  const before = api.alerts.length;
  const body = JSON.stringify({
    id: 'EV-1',
    event_type: 'TRANSACTION.SUCCESS',
    resource: {
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: Buffer.alloc(64, outTradeNo(order)).toString('base64'),
      nonce: '0123456789ab',
      associated_data: 'transaction',
    },
  });
  const { status } = await api.exchange('POST', '/api/webhook/wechat/payment', {
    headers: {
      'content-type': 'application/json',
      'wechatpay-serial': 'PUB_KEY_ID_9999999999',
      'wechatpay-timestamp': String(Math.floor(Date.now() / 1000)),
      'wechatpay-nonce': 'n',
      'wechatpay-signature': 's',
    },
    body,
  });
  expect(status).toBe(401);
  expect(await raised()).toEqual([]);
  expect(api.alerts).toHaveLength(before);
});

it('answers that are signed with an unknown key are no refusals: they stay unknown, and one alert names the serial', async () => {
  writeFileSync(file, `PUB_KEY_ID_0000000001=${entries[1]!.slice(entries[1]!.indexOf('=') + 1)}`);
  // Files are looked at anew after ten seconds where nothing is missed.
  const order = await eventually(async () => {
    const camp = await publishedCamp(api);
    const placed = await api.call<Camp.CreatedPayment>('POST', '/api/h5/payments', {
      body: { campId: camp.id, planetUserId: person().planetUserId, planetNickname: '同学' },
    });
    const answer = await api.call('GET', `${placed.data.payUrl}?scene=native`);
    return answer.status === 503 && placed.data;
  }, 'the file to be read');
  await eventually(async () => (await raised()).length > 0, 'the alert');
  expect(await raised()).toHaveLength(1);
  writeFileSync(file, entries.join('\n'));
  // Meanwhile the gateway has been left alone for a while.
  const again = await eventually(async () => {
    const answer = await api.call<Camp.PaymentParams>('GET', `${order.payUrl}?scene=native`);
    return answer.code === 200 && answer.data;
  }, 'the key to be taken up');
  expect(again.qrcodeUrl).not.toBeNull();
});

it('a certificate is warned of thirty days before it runs out, once, and again on the health page when it has', async () => {
  const gateway = api.app.get(Gateways).get('wechat-v3');
  const { keys } = gateway;
  // What the tests above have left.
  await api.rows('DELETE FROM sys_alert');
  await api.rows('DELETE FROM pay_refusal');
  const until = (days: number) => {
    gateway.keys = () => ({
      known: [{ serial: 'ABCD1234', expiresAt: new Date(Date.now() + days * 86_400_000) }],
      problem: null,
    });
  };
  try {
    until(31);
    await api.app.get(KeyWatch).tick();
    expect(await wechat()).toMatchObject({ status: 'up' });
    until(29);
    for (let look = 0; look < 3; look += 1) await api.app.get(KeyWatch).tick();
    expect(api.alerts.filter((title) => title.includes('即将到期'))).toHaveLength(1);
    expect(await api.rows(`SELECT key FROM sys_alert WHERE key LIKE 'key-expiry:%'`)).toEqual([
      { key: 'key-expiry:wechat-v3:ABCD1234' },
    ]);
    expect(await wechat()).toMatchObject({ status: 'degraded' });
    until(-1);
    expect(await wechat()).toMatchObject({
      status: 'down',
      message: expect.stringContaining('已到期') as string,
    });
  } finally {
    gateway.keys = keys!;
  }
});
