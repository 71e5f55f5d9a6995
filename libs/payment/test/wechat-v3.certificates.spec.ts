import { X509Certificate } from 'node:crypto';
import { createSandbox, type Sandbox } from '@yajin/sandbox';
import { Aes, Formatter } from 'wechatpay-axios-plugin';
import { PlatformKeys } from '../src/index.js';
import { API_V3_KEY, signedHeaders, stranger, testGateway, WireServer } from './wechat-v3.kit.js';

/** Certificates that nobody in the tests made: the sandbox's own. */
let sandbox: Sandbox;
const wire = new WireServer();
let base: string;
beforeAll(async () => {
  sandbox = await createSandbox({ dataFile: ':memory:', port: 0 });
  base = await wire.start();
});
afterAll(async () => {
  await wire.stop();
  await sandbox.close();
});

function certificatePem(): string {
  const [entry] = sandbox.settings.WECHAT_PLATFORM_KEYS.split(/,(?=PUB_KEY_ID)/);
  return entry!.slice(entry!.indexOf('=') + 1);
}

function answer(key: string): string {
  const pem = certificatePem();
  const serial_no = new X509Certificate(pem).serialNumber;
  const nonce = Formatter.nonce(12);
  return JSON.stringify({
    data: [
      {
        serial_no,
        effective_time: '2026-01-01T00:00:00+08:00',
        expire_time: '2031-01-01T00:00:00+08:00',
        encrypt_certificate: {
          algorithm: 'AEAD_AES_256_GCM',
          associated_data: 'certificate',
          nonce,
          ciphertext: Aes.AesGcm.encrypt(pem, key, nonce, 'certificate'),
        },
      },
    ],
  });
}

it.each([
  ['sealed with another key', answer.bind(null, 'x'.repeat(32)), {}],
  ['signed by a stranger', answer.bind(null, API_V3_KEY), { key: stranger.privateKey }],
  ['signed with a serial that is not among them', answer.bind(null, API_V3_KEY), { serial: 'PUB_KEY_ID_9' }],
])('certificates %s are not believed, and no key is added', async (_how, body, by) => {
  const gateway = testGateway({ apiBase: base });
  const before = gateway.keys?.().known;
  const text = body();
  wire.reply = () => ({ status: 200, body: text, headers: signedHeaders(text, by) });
  await expect(gateway.refreshKeys?.()).rejects.toMatchObject({ kind: 'unknown' });
  expect(gateway.keys?.().known).toEqual(before);
});

it('certificates that WeChat sealed for us and signed are added beside the configured keys', async () => {
  const gateway = testGateway({ apiBase: base });
  const text = answer(API_V3_KEY);
  wire.reply = () => ({ status: 200, body: text });
  expect(await gateway.refreshKeys?.()).toBe(1);
  expect(gateway.keys?.().known.map(({ serial }) => serial)).toContain(
    new X509Certificate(certificatePem()).serialNumber,
  );
});

it('the key that requests name is the certificate that runs longest, unless a public key was configured last', () => {
  const pem = certificatePem();
  const serial = new X509Certificate(pem).serialNumber;
  const keys = PlatformKeys.parse(`${serial}=${pem}`);
  const later = {
    serial: 'AB01',
    key: new X509Certificate(pem).publicKey,
    expiresAt: new Date('2099-01-01'),
  };
  keys.add([later]);
  expect(keys.newest()?.serial).toBe('AB01');
  const both = PlatformKeys.parse(sandbox.settings.WECHAT_PLATFORM_KEYS);
  both.add([later]);
  expect(both.newest()?.serial).toMatch(/^PUB_KEY_ID/);
});
