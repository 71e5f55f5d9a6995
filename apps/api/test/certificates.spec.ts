import { Gateways, KeyWatch } from '@yajin/payment';
import { createSandbox } from '@yajin/sandbox';
import { decided, openOrder, outTradeNo, pay, person, publishedCamp } from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';

let api: TestApi;
/** What WeChat signs with: a certificate that nobody has configured, and a public key. */
let certificate: string;

beforeAll(async () => {
  // Sandboxes of one process are one merchant's.
  const other = await createSandbox({ dataFile: ':memory:', port: 0 });
  const [first, publicKey] = other.settings.WECHAT_PLATFORM_KEYS.split(/,(?=PUB_KEY_ID)/);
  await other.close();
  certificate = first!.slice(0, first!.indexOf('='));
  api = await TestApi.start({ WECHAT_PLATFORM_KEYS: publicKey! });
  await api.control('POST', '/control/settings', { notifySchedule: 'fast', signWith: 'certificate' });
});
afterAll(() => api.stop());

const known = (): string[] => {
  const keys = api.app.get(Gateways).get('wechat-v3').keys?.();
  return keys?.known.map(({ serial }) => serial) ?? [];
};

it('a merchant without certificates is asked about them no more than once a day, and alerts nobody', async () => {
  await api.control('POST', '/control/settings', { certificates: 'none' });
  expect(await api.app.get(Gateways).get('wechat-v3').refreshKeys?.()).toBe(0);
  await api.app.get(KeyWatch).tick();
  expect(known()).not.toContain(certificate);
  expect(api.alerts).toEqual([]);
  await api.control('POST', '/control/settings', { certificates: 'some' });
});

it('a certificate that nobody configured is fetched from WeChat, and what it signs is believed from then on', async () => {
  const who = person();
  const order = await openOrder(api, await publishedCamp(api), who);
  // Nobody learns of it by asking.
  await api.control('POST', '/control/faults', { failBefore: ['query'] });
  await pay(api, order, who);
  await api.app.get(Gateways).get('wechat-v3').refreshKeys?.();
  expect(known()).toContain(certificate);
  expect(await decided(api, order)).toMatchObject({ payStatus: 'success', bindStatus: 'completed' });
  const [note] = await eventually(async () => {
    const found = await api.rows('SELECT state FROM pay_notification WHERE subject_no = $1', [
      outTradeNo(order),
    ]);
    return found.length > 0 && found;
  }, 'the notification');
  expect(note).toEqual({ state: 'applied' });
});
