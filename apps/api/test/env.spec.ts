import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { fen } from '@yajin/core';
import { InvalidNotification, type TradeRequest } from '@yajin/payment';
import { createSandbox } from '@yajin/sandbox';
import { InvalidEnv, readEnv } from '../src/env.js';
import { gatewaysOf } from '../src/gateways.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const complete = {
  DATABASE_URL: 'postgres://localhost/yajin',
  PUBLIC_URL: 'https://camp.example.com/',
  JWT_SECRET: randomBytes(32).toString('hex'),
  MASTER_KEY: randomBytes(32).toString('hex'),
  WECHAT_API_BASE: 'https://api.mch.weixin.qq.com',
  WECHAT_OAUTH_BASE: 'https://api.weixin.qq.com',
  WECHAT_APP_ID: 'wx0000000000000000',
  WECHAT_APP_SECRET: 's'.repeat(32),
  WECHAT_MCH_ID: '1900000001',
  WECHAT_MCH_SERIAL: 'ABC',
  WECHAT_MCH_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  WECHAT_API_V3_KEY: 'k'.repeat(32),
  WECHAT_PLATFORM_KEYS: `PUB_KEY_ID_1=${publicKey.export({ type: 'spki', format: 'pem' }).toString()}`,
  PLANET_API_BASE: 'https://api.zsxq.com',
  PLANET_GROUP_ID: '1',
};

const TRADE: TradeRequest = {
  outTradeNo: 'a1',
  scene: 'page',
  amountFen: fen(1),
  description: 'a trade',
  attach: '',
  expiresAt: new Date(Date.now() + 600_000),
  notifyUrl: 'https://camp.example.com/notify',
  payerId: null,
  clientIp: null,
  returnUrl: null,
};

describe('the environment', () => {
  it('lists everything that production lacks at once', () => {
    expect(() => readEnv({})).toThrow(InvalidEnv);
    try {
      readEnv({});
    } catch (error) {
      const text = (error as Error).message;
      for (const name of Object.keys(complete)) expect(text).toContain(`${name} is missing`);
    }
  });

  it('is complete as documented, and production has none of the demo’s conveniences', () => {
    const env = readEnv(complete);
    expect(env).toMatchObject({
      demo: false,
      demoData: false,
      sandboxUrl: null,
      adminPassword: null,
      publicUrl: 'https://camp.example.com',
    });
  });

  const gateways = {
    WECHAT_V2_API_BASE: 'https://api.mch.weixin.qq.com',
    ALIPAY_GATEWAY: 'https://openapi.alipay.com/gateway.do',
    SHOUQIANBA_API_BASE: 'https://api.shouqianba.com',
    BANK_CARD_API_BASE: 'https://acquirer.example.com',
  };

  it('takes Alipay’s certificates instead of its key, all three of them', async () => {
    const sandbox = await createSandbox({ dataFile: ':memory:', port: 0 });
    await sandbox.close();
    const { ALIPAY_PUBLIC_KEY: _key, ...settings } = sandbox.settings;
    const env = readEnv({ ...complete, ...settings, ...sandbox.alipayCertificates });
    const alipay = gatewaysOf(env).find(({ name }) => name === 'alipay');
    // What is signed in certificate mode names the certificates.
    expect(await alipay?.createTrade(TRADE)).toMatch(/app_cert_sn=[^&]+&(.+&)?alipay_root_cert_sn=[^&]+/);
    const { ALIPAY_ROOT_CERT: _root, ...two } = sandbox.alipayCertificates;
    expect(() => readEnv({ ...complete, ...settings, ...two })).toThrow('ALIPAY_ROOT_CERT is missing');
  });

  it('has no gateway but WeChat Pay v3 unless one is configured, and then all of it', () => {
    const [only, ...others] = gatewaysOf(readEnv(complete));
    expect([only?.name, others]).toEqual(['wechat-v3', []]);
    // Nor is the generic webhook heard without a key of its own.
    const webhook = Buffer.from(JSON.stringify({ order_id: '1', signature: '' }));
    expect(() => only?.readNotification({}, webhook)).toThrow(InvalidNotification);
    expect(() => readEnv({ ...complete, ...gateways })).toThrow(
      /WECHAT_V2_KEY is missing[\s\S]*ALIPAY_PRIVATE_KEY is missing[\s\S]*SHOUQIANBA_SECRET_KEY is missing[\s\S]*BANK_CARD_KEY is missing/,
    );
  });

  it('is no demo beside one real gateway, and then takes no test payments', async () => {
    const sandbox = await createSandbox({ dataFile: ':memory:', port: 0 });
    const local = { ...complete, ...sandbox.settings, APP_MODE: 'demo' };
    expect(readEnv(local).demo).toBe(true);
    expect(gatewaysOf(readEnv(local)).map(({ name }) => name)).toEqual([
      'wechat-v3',
      'wechat-v2',
      'alipay',
      'shouqianba',
      'bank-card',
      'test',
    ]);
    const others = ['WECHAT_V2_SECURE_BASE', 'SHOUQIANBA_WAP_URL', 'SHOUQIANBA_TRANSFER_URL'];
    for (const name of [...Object.keys(gateways), ...others]) {
      const env = readEnv({ ...local, [name]: 'https://gateway.example.com' });
      expect(env.demo).toBe(false);
      expect(gatewaysOf(env).map((gateway) => gateway.name)).not.toContain('test');
    }
    await sandbox.close();
  });

  it('fills a demo with sample data only where the sandbox plays all that the camps ask, and says which address does not', async () => {
    const sandbox = await createSandbox({ dataFile: ':memory:', port: 0 });
    const local = { ...complete, ...sandbox.settings, APP_MODE: 'demo', SANDBOX_URL: sandbox.url };
    expect(readEnv(local)).toMatchObject({ demo: true, demoData: true, demoDataKeptBy: null });
    for (const name of ['WECHAT_API_BASE', 'WECHAT_OAUTH_BASE', 'PLANET_API_BASE'])
      expect(readEnv({ ...local, [name]: 'http://localhost:9' })).toMatchObject({
        ...{ demo: true, demoData: false, demoDataKeptBy: name },
      });
    expect(readEnv({ ...local, DEMO_DATA: 'off' })).toMatchObject({ demoData: false, demoDataKeptBy: null });
    await sandbox.close();
  });

  it('asks Shouqianba over TLS only', () => {
    const plain = { SHOUQIANBA_API_BASE: 'http://api.shouqianba.com' };
    expect(() => readEnv({ ...complete, ...plain })).toThrow('SHOUQIANBA_API_BASE must be https');
  });

  it('says what cannot be read', () => {
    expect(() =>
      readEnv({ ...complete, WECHAT_MCH_PRIVATE_KEY: 'nonsense', PORT: 'x', WECHAT_API_V3_KEY: 'short' }),
    ).toThrow(
      /PORT must be[\s\S]*WECHAT_API_V3_KEY must have 32 bytes[\s\S]*WECHAT_MCH_PRIVATE_KEY cannot be read/,
    );
  });

  it.each(['WECHAT_API_BASE', 'WECHAT_OAUTH_BASE', 'PLANET_API_BASE'])(
    'is no demo when %s is another machine',
    (name) => {
      const local = {
        WECHAT_API_BASE: 'http://127.0.0.1:8090',
        WECHAT_OAUTH_BASE: 'http://localhost:8090',
        PLANET_API_BASE: 'http://[::1]:8090',
        ALLOW_HTTP_REASON: 'a test',
      };
      expect(readEnv({ ...complete, ...local, APP_MODE: 'demo' })).toMatchObject({
        demo: true,
        host: '127.0.0.1',
        adminPassword: 'admin123',
      });
      for (const base of [
        'https://api.example.com',
        'http://10.0.0.1',
        'http://127.0.0.1.example.com',
        'http://127.0.0.1@example.com',
      ]) {
        expect(readEnv({ ...complete, ...local, [name]: base, APP_MODE: 'demo' })).toMatchObject({
          demo: false,
          demoData: false,
          sandboxUrl: null,
        });
      }
    },
  );
});
