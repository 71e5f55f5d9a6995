import { GATEWAYS, type EnvironmentReader } from '@yajin/payment';
import { localUrl, readPlan, simulatedSides } from './plan.ts';

const settings = {
  WECHAT_API_BASE: 'http://s',
  WECHAT_APP_ID: 'wx',
  PLANET_API_BASE: 'http://s',
  PLANET_COOKIE: 'c',
  OTHER: 'x',
};

describe('readPlan', () => {
  it('means the demo with everything simulated when nothing is said', () => {
    expect(readPlan({}, '/checkout')).toEqual({
      demo: true,
      port: 8080,
      sandboxPort: 8090,
      host: '127.0.0.1',
      dataDir: '/checkout/.data',
      simulated: { wechat: true, gateways: true, planet: true },
      ownDatabase: true,
    });
  });

  it('simulates and generates nothing in production', () => {
    const plan = readPlan({ APP_MODE: 'production' }, '/checkout');
    expect(plan).toMatchObject({
      demo: false,
      simulated: { wechat: false, gateways: false, planet: false },
      ownDatabase: false,
    });
  });

  it('takes an unknown mode for no demo: the API refuses it by name', () => {
    expect(readPlan({ APP_MODE: 'prod' }, '/checkout')).toMatchObject({ demo: false, ownDatabase: false });
  });

  it.each([
    [{ WECHAT_MCH_ID: '1900000001' }, { wechat: false, gateways: false, planet: true }],
    [{ ALIPAY_APP_ID: '2021' }, { wechat: true, gateways: false, planet: true }],
    [{ PLANET_COOKIE: 'x' }, { wechat: true, gateways: true, planet: false }],
    [{ PLANET_MIN_INTERVAL_MS: '10' }, { wechat: true, gateways: true, planet: true }],
    [{ WECHAT_MCH_ID: ' ' }, { wechat: true, gateways: true, planet: true }],
  ])('with %j simulates %j', (source, simulated) => {
    expect(readPlan(source, '/').simulated).toEqual(simulated);
  });

  it('starts no database of its own beside a given one', () => {
    expect(readPlan({ DATABASE_URL: 'postgres://x' }, '/').ownDatabase).toBe(false);
  });

  it.each(['0', '65536', 'http', '-1', '80.5'])('refuses the port %s by its name', (PORT) => {
    expect(() => readPlan({ PORT }, '/')).toThrow(`PORT must be a port number, not "${PORT}"`);
  });
});

describe('simulatedSides', () => {
  it('tells the API only about the sides that the sandbox plays', () => {
    const plan = readPlan({ PLANET_COOKIE: 'real', SANDBOX_PORT: '9000' }, '/');
    expect(simulatedSides(plan, settings, {})).toEqual({
      WECHAT_API_BASE: 'http://s',
      WECHAT_APP_ID: 'wx',
      SANDBOX_URL: 'http://127.0.0.1:9000',
    });
  });

  it('needs no pauses against the simulated zsxq, unless asked for', () => {
    const plan = readPlan({ WECHAT_APP_ID: 'real' }, '/');
    expect(simulatedSides(plan, settings, {})).toMatchObject({
      PLANET_COOKIE: 'c',
      PLANET_MIN_INTERVAL_MS: '0',
    });
    expect(simulatedSides(plan, settings, { PLANET_MIN_INTERVAL_MS: '5' })).toMatchObject({
      PLANET_MIN_INTERVAL_MS: '5',
    });
  });
});

it.each([
  ['127.0.0.1', 'http://127.0.0.1:80'],
  ['0.0.0.0', 'http://127.0.0.1:80'],
  ['::', 'http://127.0.0.1:80'],
  ['::1', 'http://[::1]:80'],
  ['192.0.2.7', 'http://192.0.2.7:80'],
])('a server listening on %s is reached at %s', (host, url) => {
  expect(localUrl(host, 80)).toBe(url);
});

/** What gateways ask the environment for, when it has nothing but `name`. */
function readsBy(name: string): { asked: Set<string>; reader: EnvironmentReader } {
  const asked = new Set<string>();
  const look = (wanted: string): string => {
    asked.add(wanted);
    return wanted === name ? 'given' : '';
  };
  const reader: EnvironmentReader = {
    optional: (wanted) => look(wanted) || null,
    text: look,
    required: look,
    url: look,
    optionalUrl: (wanted) => look(wanted) || null,
    secret: look,
    optionalSecret: () => null,
    whole: (_, fallback) => fallback,
    oneOf: (_, __, fallback) => fallback,
    parsed: <Value>(): Value => undefined as Value,
    problem: () => undefined,
  };
  return { asked, reader };
}

it.each(GATEWAYS.filter(({ pretends }) => !pretends).map((gateway) => [gateway.name, gateway] as const))(
  'no make-believe gateway beside a real %s, by whichever of its variables it is configured',
  (_, gateway) => {
    const { asked, reader } = readsBy('');
    gateway.read(reader, '');
    for (const name of asked)
      if (gateway.read(readsBy(name).reader, '') !== null)
        expect([name, readPlan({ [name]: 'given' }, '/').simulated.gateways]).toEqual([name, false]);
  },
);
