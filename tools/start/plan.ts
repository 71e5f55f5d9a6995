import path from 'node:path';

/** What `npm start` is to do, read from the environment. */
export interface Plan {
  /** Outside the demo nothing is generated or simulated: the API says what it misses. */
  demo: boolean;
  port: number;
  sandboxPort: number;
  host: string;
  /** Absolute. */
  dataDir: string;
  /** The sandbox plays these sides, because the environment says nothing about them. */
  simulated: { wechat: boolean; gateways: boolean; planet: boolean };
  ownDatabase: boolean;
}

type Source = Record<string, string | undefined>;

const WECHAT = [
  'WECHAT_API_BASE',
  'WECHAT_OAUTH_BASE',
  'WECHAT_APP_ID',
  'WECHAT_APP_SECRET',
  'WECHAT_AGENT_ID',
  'WECHAT_MCH_ID',
  'WECHAT_SUB_MCH_ID',
  'WECHAT_SP_APP_ID',
  'WECHAT_MCH_SERIAL',
  'WECHAT_MCH_PRIVATE_KEY',
  'WECHAT_API_V3_KEY',
  'WECHAT_PLATFORM_KEYS',
];
/** The gateways beside WeChat Pay v3. */
const GATEWAYS = [
  'WECHAT_V2_API_BASE',
  'WECHAT_V2_SECURE_BASE',
  'WECHAT_V2_APP_ID',
  'WECHAT_V2_MCH_ID',
  'WECHAT_V2_KEY',
  'WECHAT_V2_CLIENT_CERT',
  'WECHAT_V2_CLIENT_KEY',
  'WECHAT_V2_SERVER_CA',
  'ALIPAY_GATEWAY',
  'ALIPAY_APP_ID',
  'ALIPAY_SELLER_ID',
  'ALIPAY_PRIVATE_KEY',
  'ALIPAY_PUBLIC_KEY',
  'SHOUQIANBA_API_BASE',
  'SHOUQIANBA_WAP_URL',
  'SHOUQIANBA_TERMINAL_SN',
  'SHOUQIANBA_TERMINAL_KEY',
  'SHOUQIANBA_APP_ID',
  'SHOUQIANBA_MERCHANT_NO',
  'SHOUQIANBA_SECRET_KEY',
  'SHOUQIANBA_TRANSFER_URL',
  'BANK_CARD_API_BASE',
  'BANK_CARD_MERCHANT',
  'BANK_CARD_KEY',
];
const PLANET = ['PLANET_API_BASE', 'PLANET_GROUP_ID', 'PLANET_COOKIE'];

/** @throws when a port is not one */
export function readPlan(source: Source, root: string): Plan {
  const demo = (source['APP_MODE']?.trim() || 'demo') === 'demo';
  return {
    demo,
    port: readPort(source, 'PORT', 8080),
    sandboxPort: readPort(source, 'SANDBOX_PORT', 8090),
    host: source['HOST']?.trim() || '127.0.0.1',
    dataDir: path.resolve(root, source['DATA_DIR']?.trim() || '.data'),
    // One given value speaks for its whole group: a real merchant's key is of no use against the sandbox.
    simulated: {
      wechat: demo && !givesAny(source, WECHAT),
      // Beside a single real gateway none may take make-believe money.
      gateways: demo && !givesAny(source, [...WECHAT, ...GATEWAYS]),
      planet: demo && !givesAny(source, PLANET),
    },
    ownDatabase: demo && !source['DATABASE_URL']?.trim(),
  };
}

/**
 * What the API is told about the sides that the sandbox plays.
 * @param settings what the sandbox says about itself
 */
export function simulatedSides(
  plan: Plan,
  settings: Record<string, string>,
  source: Source,
): Record<string, string> {
  const names = [
    ...(plan.simulated.wechat ? WECHAT : []),
    ...(plan.simulated.gateways ? GATEWAYS : []),
    ...(plan.simulated.planet ? PLANET : []),
  ];
  const values = names.flatMap((name) =>
    settings[name] === undefined ? [] : [[name, settings[name]] as const],
  );
  return {
    ...Object.fromEntries(values),
    // The real zsxq wants pauses between requests.
    ...(plan.simulated.planet
      ? {
          PLANET_MIN_INTERVAL_MS: source['PLANET_MIN_INTERVAL_MS'] || '0',
          PLANET_RETRY_MS: source['PLANET_RETRY_MS'] || '20',
        }
      : {}),
    SANDBOX_URL: localUrl(plan.host, plan.sandboxPort),
  };
}

/** Where a server that listens on `host` is reached from this machine. */
export function localUrl(host: string, port: number): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function givesAny(source: Source, names: string[]): boolean {
  return names.some((name) => source[name]?.trim());
}

function readPort(source: Source, name: string, fallback: number): number {
  const text = source[name]?.trim() || String(fallback);
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new Error(`${name} must be a port number, not "${text}".`);
  return port;
}
