import { gatewayAddresses, isLoopback, readGateways, type GatewaysEnv } from './env-gateways.js';
import { passwordProblem } from './system/password.rules.js';
import { PlatformKeys, REFUNDS_PER_SECOND, parsePrivateKey, type WechatV3Config } from '@yajin/payment';

/**
 * The environment as one validated table. Nothing else reads `process.env`. Everything that is missing or
 * wrong is said at once.
 */
export interface Env {
  /**
   * Demo conveniences: sample data, the well-known password, the movable clock. Only with APP_MODE=demo and
   * every other side on this machine, so that they never meet anything real.
   */
  demo: boolean;
  port: number;
  host: string;
  databaseUrl: string;
  databaseDirectUrl: string;
  /** As the owner of the tables, for migrations alone; null where DATABASE_URL's own role does them, or another process. */
  databaseMigrationUrl: string | null;
  redisUrl: string | null;
  /** What notification addresses and links begin with; no trailing slash. */
  publicUrl: string;
  /** Proxies whose X-Forwarded-For is believed, as addresses or CIDR blocks. */
  trustedProxies: string[];
  /** How many connections one address (a /64 of IPv6) may hold; trusted proxies aside. */
  connectionsPerNetwork: number;
  jwtSecret: string;
  masterKey: string;
  /** The master key before this one, while something may still be sealed or signed with it. */
  masterKeyPrevious: string | null;
  /** Password of the first admin; null means that one is made and printed once. */
  adminPassword: string | null;
  /** The key that each small line shares with the platform around it; a line without one is not mounted. */
  tokenKeys: Record<'course' | 'gym' | 'task' | 'workOrder', string | null>;
  enrollLinkSignature: 'optional' | 'required';
  jobConcurrency: number;
  logLevel: string;
  /** What `/metrics` asks for as a Bearer token; null: it answers callers on this machine only. */
  metricsToken: string | null;
  wechat: WechatV3Config & { oauthBase: string; appSecret: string; agentId: string | null };
  gateways: GatewaysEnv;
  planet: {
    apiBase: string;
    groupId: string;
    cookie: string | null;
    minIntervalMs: number;
    retryMs: number;
    backoffMs: number;
  };
  /** Whether an empty database is filled with sample data; only in the demo. */
  demoData: boolean;
  /** Where the sandbox's control API is; null outside the demo. */
  sandboxUrl: string | null;
}

type Source = Record<string, string | undefined>;

export class InvalidEnv extends Error {
  override readonly name = 'InvalidEnv';
}

/** @throws InvalidEnv listing every problem */
export function readEnv(source: Source): Env {
  const reader = new Reader(source);
  const mode = reader.oneOf('APP_MODE', ['production', 'demo'], 'production');
  const local = mode === 'demo';
  const port = reader.whole('PORT', 8080);
  const databaseUrl = reader.required('DATABASE_URL');
  const wechat = readWechat(reader);
  const planetApiBase = reader.required('PLANET_API_BASE').replace(/\/+$/, '');
  const publicUrl = (
    local ? reader.text('PUBLIC_URL', `http://127.0.0.1:${port}`) : reader.required('PUBLIC_URL')
  ).replace(/\/+$/, '');
  const gateways = readGateways(reader, publicUrl);
  const bases = [wechat.apiBase, wechat.oauthBase, planetApiBase, ...gatewayAddresses(gateways)];
  const demo = local && bases.every(isLoopback);
  const env: Env = {
    demo,
    port,
    host: reader.text('HOST', local ? '127.0.0.1' : '0.0.0.0'),
    databaseUrl,
    databaseDirectUrl: reader.text('DATABASE_DIRECT_URL', databaseUrl),
    databaseMigrationUrl: reader.optional('DATABASE_MIGRATION_URL'),
    redisUrl: reader.optional('REDIS_URL'),
    publicUrl,
    trustedProxies: reader.list('TRUSTED_PROXIES'),
    connectionsPerNetwork: reader.whole('CONNECTIONS_PER_ADDRESS', 256),
    jwtSecret: reader.secret('JWT_SECRET', 32),
    masterKey: reader.secret('MASTER_KEY', 32),
    masterKeyPrevious: reader.optionalSecret('MASTER_KEY_PREVIOUS', 32),
    adminPassword: demo ? reader.text('ADMIN_PASSWORD', 'admin123') : reader.optional('ADMIN_PASSWORD'),
    tokenKeys: {
      course: reader.optionalSecret('COURSE_TOKEN_KEY', 32),
      gym: reader.optionalSecret('GYM_TOKEN_KEY', 32),
      task: reader.optionalSecret('TASK_TOKEN_KEY', 32),
      workOrder: reader.optionalSecret('WORK_ORDER_TOKEN_KEY', 32),
    },
    enrollLinkSignature: reader.oneOf('ENROLL_LINK_SIGNATURE', ['optional', 'required'], 'optional'),
    jobConcurrency: reader.whole('JOB_CONCURRENCY', 8),
    logLevel: reader.text('LOG_LEVEL', 'info'),
    metricsToken: reader.optional('METRICS_TOKEN'),
    wechat,
    gateways,
    planet: {
      apiBase: planetApiBase,
      groupId: reader.required('PLANET_GROUP_ID'),
      cookie: reader.optional('PLANET_COOKIE'),
      minIntervalMs: reader.whole('PLANET_MIN_INTERVAL_MS', 6000),
      retryMs: reader.whole('PLANET_RETRY_MS', 1_000),
      backoffMs: reader.whole('PLANET_BACKOFF_MS', 90_000),
    },
    demoData: demo && reader.oneOf('DEMO_DATA', ['on', 'off'], 'on') === 'on',
    sandboxUrl: demo ? reader.optional('SANDBOX_URL') : null,
  };
  if (!demo && env.adminPassword !== null && passwordProblem(env.adminPassword, 'admin', false) !== null)
    reader.problem('ADMIN_PASSWORD must have 10 characters, and be neither a common one nor one of the demo');
  if (env.metricsToken !== null && env.metricsToken.length < 16)
    reader.problem('METRICS_TOKEN must have 16 characters');
  reader.throwProblems();
  return env;
}

function readWechat(reader: Reader): Env['wechat'] {
  const apiV3Key = reader.required('WECHAT_API_V3_KEY');
  if (apiV3Key && Buffer.byteLength(apiV3Key) !== 32) reader.problem('WECHAT_API_V3_KEY must have 32 bytes');
  return {
    apiBase: reader.required('WECHAT_API_BASE').replace(/\/+$/, ''),
    oauthBase: reader.required('WECHAT_OAUTH_BASE').replace(/\/+$/, ''),
    appId: reader.required('WECHAT_APP_ID'),
    partner: readPartner(reader),
    appSecret: reader.required('WECHAT_APP_SECRET'),
    agentId: readAgentId(reader),
    mchId: reader.required('WECHAT_MCH_ID'),
    mchSerial: reader.required('WECHAT_MCH_SERIAL'),
    mchPrivateKey: reader.parsed('WECHAT_MCH_PRIVATE_KEY', parsePrivateKey),
    apiV3Key,
    platformKeys: reader.parsed('WECHAT_PLATFORM_KEYS', (text) => PlatformKeys.parse(text)),
    refundsPerSecond: reader.whole('WECHAT_REFUNDS_PER_SECOND', REFUNDS_PER_SECOND),
  };
}

/** A merchant that a service provider calls for: then `WECHAT_MCH_*` are the provider's. */
function readPartner(reader: Reader): Env['wechat']['partner'] {
  const subMchId = reader.optional('WECHAT_SUB_MCH_ID');
  if (subMchId === null) return null;
  return { subMchId, spAppId: reader.optional('WECHAT_SP_APP_ID') ?? reader.required('WECHAT_APP_ID') };
}

/** The application of a WeCom corporation; an official account has none. */
function readAgentId(reader: Reader): string | null {
  const agentId = reader.optional('WECHAT_AGENT_ID');
  if (agentId !== null && !/^\d{1,10}$/.test(agentId)) reader.problem('WECHAT_AGENT_ID must be a number');
  return agentId;
}

class Reader {
  private readonly problems: string[] = [];

  constructor(private readonly source: Source) {}

  optional(name: string): string | null {
    return this.source[name]?.trim() || null;
  }

  text(name: string, fallback: string): string {
    return this.optional(name) ?? fallback;
  }

  required(name: string): string {
    const value = this.optional(name);
    if (value === null) this.problem(`${name} is missing`);
    return value ?? '';
  }

  secret(name: string, length: number): string {
    const value = this.required(name);
    if (value && value.length < length) this.problem(`${name} must have at least ${length} characters`);
    return value;
  }

  optionalSecret(name: string, length: number): string | null {
    return this.optional(name) === null ? null : this.secret(name, length);
  }

  whole(name: string, fallback: number): number {
    const value = this.text(name, String(fallback));
    if (!/^\d{1,9}$/.test(value)) this.problem(`${name} must be a whole number`);
    return Number(value);
  }

  oneOf<Value extends string>(name: string, values: readonly Value[], fallback: Value): Value {
    const value = this.text(name, fallback);
    const found = values.find((allowed) => allowed === value);
    if (!found) this.problem(`${name} must be one of ${values.join(', ')}`);
    return found ?? fallback;
  }

  list(name: string): string[] {
    return this.text(name, '')
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
  }

  /** A value that needs parsing. Until the problems are thrown, an unreadable one stands in as undefined. */
  parsed<Value>(name: string, parse: (text: string) => Value): Value {
    const text = this.required(name);
    try {
      if (text) return parse(text);
    } catch (error) {
      this.problem(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
    return undefined as Value;
  }

  problem(text: string): void {
    this.problems.push(text);
  }

  throwProblems(): void {
    if (this.problems.length > 0)
      throw new InvalidEnv(`The environment is not complete:\n  ${this.problems.join('\n  ')}`);
  }
}
