import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readEnv, type Env } from '../src/env.js';
import { person, publishedCamp } from '@yajin/testing/factories';
import { TestApi } from '@yajin/testing/api';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const random = (): string => randomBytes(32).toString('hex');
const SAFE: Record<string, string> = {
  DATABASE_URL: 'postgres://yajin_app:pass@db.internal/yajin',
  PUBLIC_URL: 'https://camp.example.com',
  JWT_SECRET: random(),
  MASTER_KEY: random(),
  GYM_TOKEN_KEY: random(),
  METRICS_TOKEN: randomBytes(8).toString('hex'),
  WECHAT_API_BASE: 'https://api.mch.weixin.qq.com',
  WECHAT_OAUTH_BASE: 'https://api.weixin.qq.com',
  WECHAT_APP_ID: 'wx0000000000000000',
  WECHAT_APP_SECRET: random(),
  WECHAT_MCH_ID: '1900000001',
  WECHAT_MCH_SERIAL: 'ABC',
  WECHAT_MCH_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  WECHAT_API_V3_KEY: randomBytes(16).toString('hex'),
  WECHAT_PLATFORM_KEYS: `PUB_KEY_ID_1=${publicKey.export({ type: 'spki', format: 'pem' }).toString()}`,
  PLANET_API_BASE: 'https://api.zsxq.com',
  PLANET_GROUP_ID: '1',
};
const BANK = { BANK_CARD_MERCHANT: 'm', BANK_CARD_KEY: random() };
const refusal = (changes: Record<string, string>): string => {
  try {
    readEnv({ ...SAFE, ...changes });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

const STORE = {
  IMAGE_STORE_ENDPOINT: 'https://s3.example.com',
  IMAGE_STORE_BUCKET: 'pictures',
  IMAGE_STORE_ACCESS_KEY: 'AKIA0000',
  IMAGE_STORE_SECRET_KEY: random(),
};

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-env-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('production', () => {
  it('starts with safe settings, and with a store of images in each of the ways to name one', () => {
    expect(refusal({})).toBe('');
    expect(refusal(STORE)).toBe('');
    expect(refusal({ ...STORE, IMAGE_STORE_PATH_STYLE: 'off', IMAGE_STORE_PREFIX: 'a.b/c_d/' })).toBe('');
  });

  it.each<[name: string, changes: Record<string, string>, why: string]>([
    ['JWT_SECRET', { JWT_SECRET: 'j'.repeat(32) }, 'few different'],
    ['JWT_SECRET', { JWT_SECRET: 'short' }, 'at least 32'],
    ['JWT_SECRET', { JWT_SECRET: 'f3c19a7be05d4286'.repeat(2) }, 'repeat'],
    ['JWT_SECRET', { JWT_SECRET: 'changeme-changeme-please-3471-xyz' }, 'everybody tries'],
    ['MASTER_KEY', { MASTER_KEY: '0101010101010101010101010101010101' }, 'few different'],
    ['MASTER_KEY', { MASTER_KEY: 'my-Password-is-long-enough-0123456' }, 'everybody tries'],
    ['JWT_SECRET and MASTER_KEY', { MASTER_KEY: SAFE['JWT_SECRET'] ?? '' }, 'the same'],
    ['MASTER_KEY_PREVIOUS', { MASTER_KEY_PREVIOUS: SAFE['MASTER_KEY'] ?? '' }, 'the same'],
    ['JWT_SECRET_PREVIOUS', { JWT_SECRET_PREVIOUS: SAFE['JWT_SECRET'] ?? '' }, 'the same'],
    ['COURSE_TOKEN_KEY', { COURSE_TOKEN_KEY: 'k'.repeat(64) }, 'few different'],
    ['GYM_TOKEN_KEY', { GYM_TOKEN_KEY: 'k'.repeat(64) }, 'few different'],
    ['TASK_TOKEN_KEY', { TASK_TOKEN_KEY: 'k'.repeat(64) }, 'few different'],
    ['WORK_ORDER_TOKEN_KEY', { WORK_ORDER_TOKEN_KEY: 'k'.repeat(64) }, 'few different'],
    ['METRICS_TOKEN', { METRICS_TOKEN: 'metricsmetricsmetrics' }, 'repeat'],
    ['METRICS_TOKEN', { METRICS_TOKEN: 'x7' }, '16 characters'],
    ['ADMIN_PASSWORD', { ADMIN_PASSWORD: 'admin123' }, 'ADMIN_PASSWORD'],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://camp.example.com/' }, 'must be https'],
    ['WECHAT_API_BASE', { WECHAT_API_BASE: 'http://10.0.0.1/' }, 'must be https'],
    ['WECHAT_OAUTH_BASE', { WECHAT_OAUTH_BASE: 'http://127.0.0.1.example.com' }, 'must be https'],
    ['PLANET_API_BASE', { PLANET_API_BASE: 'http://api.zsxq.com' }, 'must be https'],
    ['BANK_CARD_API_BASE', { ...BANK, BANK_CARD_API_BASE: 'http://bank.example.com' }, 'must be https'],
    ['MASTER_KEY', { MASTER_KEY: 'abcdefg0123456789zyxwvutsrqponm_' }, 'too regular'],
    ['JWT_SECRET', { JWT_SECRET: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaqxyzkm' }, 'too regular'],
    ['IMAGE_STORE_SECRET_KEY', { ...STORE, IMAGE_STORE_SECRET_KEY: '' }, 'missing'],
    ['IMAGE_STORE_BUCKET', { IMAGE_STORE_ENDPOINT: 'https://s3.example.com' }, 'missing'],
    ['IMAGE_STORE_ENDPOINT', { IMAGE_STORE_PATH_STYLE: 'off' }, 'missing'],
    ['IMAGE_STORE_ENDPOINT', { ...STORE, IMAGE_STORE_ENDPOINT: 'http://s3.example.com' }, 'must be https'],
    ['IMAGE_STORE_ENDPOINT', { ...STORE, IMAGE_STORE_ENDPOINT: 's3.example.com' }, 'https://'],
    [
      'IMAGE_STORE_ENDPOINT',
      { ...STORE, IMAGE_STORE_ENDPOINT: 'https://s3.example.com/pictures' },
      'no path',
    ],
    [
      'IMAGE_STORE_ENDPOINT',
      { ...STORE, IMAGE_STORE_ENDPOINT: 'https://me:pw@s3.example.com' },
      'user or password',
    ],
    ['IMAGE_STORE_BUCKET', { ...STORE, IMAGE_STORE_BUCKET: 'Pictures' }, 'small letters'],
    ['IMAGE_STORE_REGION', { ...STORE, IMAGE_STORE_REGION: 'us east' }, 'letters'],
    ['IMAGE_STORE_ACCESS_KEY', { ...STORE, IMAGE_STORE_ACCESS_KEY: 'a b' }, 'without blanks'],
    ['IMAGE_STORE_SECRET_KEY', { ...STORE, IMAGE_STORE_SECRET_KEY: 'short' }, '8 to 256'],
    ['IMAGE_STORE_PREFIX', { ...STORE, IMAGE_STORE_PREFIX: '/images' }, 'with a / behind it'],
    ['IMAGE_STORE_PREFIX', { ...STORE, IMAGE_STORE_PREFIX: '../' }, 'with a / behind it'],
    ['IMAGE_STORE_PATH_STYLE', { ...STORE, IMAGE_STORE_PATH_STYLE: 'yes' }, 'one of'],
    [
      'IMAGE_STORE_PATH_STYLE',
      { ...STORE, IMAGE_STORE_ENDPOINT: 'https://10.0.0.1', IMAGE_STORE_PATH_STYLE: 'off' },
      'an address',
    ],
    ['IMAGE_STORE_BUKET', { ...STORE, IMAGE_STORE_BUKET: 'pictures' }, 'is not known'],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://db.internal/yajin' }, 'postgres://'],
    ['DATABASE_URL', { DATABASE_URL: 'db.internal:5432' }, 'postgres://'],
    ['DATABASE_DIRECT_URL', { DATABASE_DIRECT_URL: 'https://db.internal' }, 'postgres://'],
    ['REDIS_URL', { REDIS_URL: 'http://redis.internal' }, 'redis://'],
    ['WECHAT_API_BASE', { WECHAT_API_BASE: 'ftp://api.mch.weixin.qq.com' }, 'https://'],
    ['WECHAT_API_BASE', { WECHAT_API_BASE: 'api.mch.weixin.qq.com' }, 'https://'],
    ['PUBLIC_URL', { PUBLIC_URL: 'https://camp.example.com/?utm=1' }, 'https://'],
    ['PORT', { PORT: '65536' }, 'at most 65535'],
    ['PORT', { PORT: '00' }, 'must not be 0'],
    ['JOB_CONCURRENCY', { JOB_CONCURRENCY: '100000' }, 'at most 200'],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/33' }, 'CIDR'],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'caddy' }, 'CIDR'],
    ['LOG_LEVEL', { LOG_LEVEL: 'verbose' }, 'one of fatal'],
    ['LOGLEVEL', { LOGLEVEL: 'debug' }, 'LOG_LEVEL is'],
    ['TRUSTED_PROXYS', { TRUSTED_PROXYS: '10.0.0.1' }, 'TRUSTED_PROXIES is'],
    ['JWT_SECERT_FILE', { JWT_SECERT_FILE: '/run/secrets/jwt' }, 'JWT_SECRET is'],
    ['WECHAT_PAY_CERT', { WECHAT_PAY_CERT: '/keys/cert.pem' }, 'docs/configuration.md'],
    ['JWT_SECRET_FILE', { JWT_SECRET_FILE: '/nowhere/jwt' }, 'both given'],
    ['METRICS_TOKEN_FILE', { METRICS_TOKEN: '', METRICS_TOKEN_FILE: '/nowhere/token' }, 'ENOENT'],
  ])('refuses a bad %s, and says which without its value: %j', (name, changes, why) => {
    const said = refusal(changes);
    const line = said.split('\n').find((each) => each.includes(name));
    expect(line).toContain(why);
    for (const value of Object.values(changes))
      if (value.length > 2 && !value.startsWith('/')) expect(said).not.toContain(value);
  });

  it('takes http of this machine, and of others when a setting says why', () => {
    expect(refusal({ PUBLIC_URL: 'http://127.0.0.1:8080', PLANET_API_BASE: 'http://[::1]:9000' })).toBe('');
    expect(
      refusal({ WECHAT_API_BASE: 'http://10.0.0.1', ALLOW_HTTP_REASON: 'TLS ends at the egress proxy' }),
    ).toBe('');
  });

  it('takes what other programs, Kubernetes and compose are told for what it is: none of ours', () => {
    const others = {
      HOSTNAME: 'a',
      LOGNAME: 'b',
      YAJIN_SERVICE_HOST: '10.0.0.1',
      YAJIN_PORT_8080_TCP: 'tcp://10.0.0.1',
    };
    expect(refusal({ ...others, YAJIN_IMAGE: 'yajin:1', NODE_ENV: 'production', WECHAT_NOTHING: '' })).toBe(
      '',
    );
  });

  it('serves no API documents unless switched on', () => {
    expect(readEnv(SAFE).apiDocs).toBe(false);
    expect(readEnv({ ...SAFE, API_DOCS: 'on' }).apiDocs).toBe(true);
  });

  it('takes every variable from a file, without the line end', () => {
    const environment: Record<string, string> = {};
    for (const [name, value] of Object.entries(SAFE)) {
      const file = path.join(folder, name);
      fs.writeFileSync(file, `${value}\n`, { mode: 0o600 });
      environment[`${name}_FILE`] = file;
    }
    // Keys and functions are not compared.
    const data = ({ gateways: _, lines, ...rest }: Env) => ({
      ...rest,
      lines: lines.map(({ name, options, addresses }) => ({ name, options, addresses })),
    });
    expect(data(readEnv(environment))).toEqual(data(readEnv(SAFE)));
  });

  it('takes a variable that is given beside an empty file, which is there for what it may hold one day', () => {
    const file = path.join(folder, 'master_key_previous');
    fs.writeFileSync(file, '\n');
    const previous = 'b6'.repeat(8) + '0f1e2d3c4b5a6978';
    expect(readEnv({ ...SAFE, MASTER_KEY_PREVIOUS_FILE: file }).masterKeyPrevious).toBeNull();
    const both = { ...SAFE, MASTER_KEY_PREVIOUS_FILE: file, MASTER_KEY_PREVIOUS: previous };
    expect(readEnv(both).masterKeyPrevious).toBe(previous);
  });
});

it('every cookie is Secure when PUBLIC_URL is https, although the proxy speaks http to us', async () => {
  const api = await TestApi.start({ PUBLIC_URL: 'https://camp.example.com' });
  try {
    const camp = await publishedCamp(api);
    const { planetUserId, nickname } = person();
    const placed = await api.call('POST', '/api/h5/payments', {
      body: { campId: camp.id, planetUserId, planetNickname: nickname },
      headers: { 'idempotency-key': '6f1f6f0e-6a52-4a0f-9f5b-0d8d0a5f6f11' },
    });
    const cookies = placed.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatch(/; Secure/);
  } finally {
    await api.stop();
  }
});
