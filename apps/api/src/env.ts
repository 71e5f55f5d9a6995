import { imageStoreOf } from './env-image-store.js';
import { Reader, type Source } from './env-reader.js';
import { KNOWN } from './env-variables.js';
import { LINES } from './lines/index.js';
import type { ConfiguredLine, LineManifest } from './lines/manifest.js';
export { InvalidEnv } from './env-reader.js';
import type { StoreSettings } from './system/index.js';
import { passwordProblem } from './system/password.rules.js';
import { GATEWAYS, type ConfiguredGateway, type GatewayDescriptor } from '@yajin/payment';
import { isLoopback, USUAL_LIMITS, type Bulkhead, type Bulkheads } from '@yajin/server';

/** For a database that starts at the same time, or is on its way up after an accident. */
const DATABASE_WAIT_SECONDS = 60;
const REPLICA_LAG_SECONDS = 10;
const [STATEMENT_SECONDS, LOCK_SECONDS] = [USUAL_LIMITS.statement / 1000, USUAL_LIMITS.lock / 1000];
/** PostgreSQL takes 63 bytes; the class comes after it. */
const APPLICATION_NAME = /^[\w.-]{1,50}$/;

const POSTGRES = ['postgres', 'postgresql'];
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const MOST_SECONDS = 3_600;
/** Each holds a connection of the database. */
const MOST_JOBS = 200;
const MOST_CONNECTIONS = 200;

/** Where the database is, by whose role. */
export interface DatabaseEnv {
  databaseUrl: string;
  databaseDirectUrl: string;
  /** As the owner of the tables, for migrations alone; null where DATABASE_URL's own role does them, or another process. */
  databaseMigrationUrl: string | null;
  /** A streaming replica that lists, statistics and exports may be read from, and how far it may be behind; null: there is none. */
  databaseReplica: { url: string; behindMs: number } | null;
  /** How long the process waits for it at start. */
  databaseWaitMs: number;
  /** What its connections begin to be called with. */
  databaseApplicationName: string;
  bulkheads: Bulkheads;
}

/**
 * The environment as one validated table. Nothing else reads `process.env`. Everything that is missing or
 * wrong is said at once.
 */
export interface Env extends DatabaseEnv {
  /**
   * Demo conveniences: sample data, the well-known password, the movable clock. Only with APP_MODE=demo and
   * every other side on this machine, so that they never meet anything real.
   */
  demo: boolean;
  port: number;
  host: string;
  redisUrl: string | null;
  /** What notification addresses and links begin with; no trailing slash. */
  publicUrl: string;
  /** Proxies whose X-Forwarded-For is believed, as addresses or CIDR blocks. */
  trustedProxies: string[];
  /** How many connections one address (a /64 of IPv6) may hold; trusted proxies aside. */
  connectionsPerNetwork: number;
  /** Whether `/api/docs` is served. */
  apiDocs: boolean;
  /** Why addresses of other machines may be http; null where they may not. */
  allowHttpReason: string | null;
  jwtSecret: string;
  jwtSecretPrevious: string | null;
  masterKey: string;
  /** The master key before this one, while something may still be sealed or signed with it. */
  masterKeyPrevious: string | null;
  /** Password of the first admin; null means that one is made and printed once. */
  adminPassword: string | null;
  /** Where that one is written when there is no terminal. */
  firstPasswordPath: string;
  jobConcurrency: number;
  /** How long the process goes on serving after it was asked to stop, its readiness red, until nobody sends to it any more. */
  drainDelayMs: number;
  logLevel: string;
  /** What `/metrics` asks for as a Bearer token; null: it answers callers on this machine only. */
  metricsToken: string | null;
  /** Where images are kept; null: in the database. */
  imageStore: StoreSettings | null;
  gateways: (ConfiguredGateway & Pick<GatewayDescriptor, 'pretends'>)[];
  /** Those that are mounted. */
  lines: (ConfiguredLine & Pick<LineManifest, 'name'>)[];
  /** Whether an empty database is filled with sample data; only in the demo. */
  demoData: boolean;
  /** Which address keeps an empty demo from being filled, because it is not the sandbox's; null where nothing does. */
  demoDataKeptBy: string | null;
  /** Where the sandbox's control API is; null outside the demo. */
  sandboxUrl: string | null;
}

/** @throws InvalidEnv listing every problem */
export function readEnv(source: Source): Env {
  const reader = new Reader(source);
  const mode = reader.oneOf('APP_MODE', ['production', 'demo'], 'production');
  const local = mode === 'demo';
  const port = reader.port('PORT', 8080);
  const publicUrl = (
    local ? reader.url('PUBLIC_URL', `http://127.0.0.1:${port}`) : reader.url('PUBLIC_URL')
  ).replace(/\/+$/, '');
  const configured = GATEWAYS.flatMap((descriptor) => {
    const gateway = descriptor.read(reader, publicUrl);
    return gateway === null ? [] : [{ ...gateway, pretends: descriptor.pretends }];
  });
  const lines = LINES.flatMap(({ name, read }) => {
    const line = read(reader, publicUrl);
    return line === null ? [] : [{ ...line, name }];
  });
  const imageStore = imageStoreOf(reader);
  const bases = [
    ...[...lines, ...configured].flatMap(({ addresses }) => addresses),
    ...(imageStore === null ? [] : [imageStore.endpoint]),
  ];
  const demo = local && bases.every(isLoopback);
  const env: Env = {
    demo,
    port,
    host: reader.text('HOST', local ? '127.0.0.1' : '0.0.0.0'),
    ...databaseOf(reader),
    redisUrl: reader.optional('REDIS_URL') && reader.address('REDIS_URL', ['redis', 'rediss']),
    publicUrl,
    trustedProxies: reader.networks('TRUSTED_PROXIES'),
    connectionsPerNetwork: reader.whole('CONNECTIONS_PER_ADDRESS', 256),
    apiDocs: reader.oneOf('API_DOCS', ['on', 'off'], local ? 'on' : 'off') === 'on',
    allowHttpReason: reader.optional('ALLOW_HTTP_REASON'),
    jwtSecret: reader.secret('JWT_SECRET', 32),
    jwtSecretPrevious: reader.optionalSecret('JWT_SECRET_PREVIOUS', 32),
    masterKey: reader.secret('MASTER_KEY', 32),
    masterKeyPrevious: reader.optionalSecret('MASTER_KEY_PREVIOUS', 32),
    adminPassword: demo ? reader.text('ADMIN_PASSWORD', 'admin123') : reader.optional('ADMIN_PASSWORD'),
    firstPasswordPath: reader.text('FIRST_PASSWORD_PATH', 'first-password.txt'),
    jobConcurrency: reader.whole('JOB_CONCURRENCY', 8, MOST_JOBS),
    drainDelayMs: reader.whole('DRAIN_DELAY', 0, MOST_SECONDS) * 1000,
    logLevel: reader.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    metricsToken: reader.optional('METRICS_TOKEN'),
    imageStore,
    gateways: configured,
    lines,
    ...demoDataOf(reader, demo, [...lines, ...configured.slice(0, 1)]),
  };
  reader.refuseStrange(KNOWN);
  if (!demo && env.adminPassword !== null && passwordProblem(env.adminPassword, 'admin', false) !== null)
    reader.problem('ADMIN_PASSWORD must have 10 characters, and be neither a common one nor one of the demo');
  if (env.metricsToken !== null && env.metricsToken.length < 16)
    reader.problem('METRICS_TOKEN must have 16 characters');
  if (!demo) requireSafe(reader, env, bases);
  reader.throwProblems();
  return env;
}

/**
 * Sample data is played with the sandbox, so all that the camps ask others at has to be the sandbox's.
 * @param sides of the camps: the lines, and WeChat Pay, which is the first gateway
 */
function demoDataOf(
  reader: Reader,
  demo: boolean,
  sides: Pick<ConfiguredGateway, 'addresses'>[],
): Pick<Env, 'demoData' | 'demoDataKeptBy' | 'sandboxUrl'> {
  const wanted = reader.oneOf('DEMO_DATA', ['on', 'off'], 'on') === 'on';
  const sandboxUrl = demo ? reader.optionalUrl('SANDBOX_URL') : null;
  const addresses = sides.flatMap((side) => side.addresses);
  const foreign = addresses.find((address) => originOf(address) !== originOf(sandboxUrl ?? ''));
  const keptBy = demo && wanted && foreign !== undefined ? reader.nameOf(foreign) : null;
  return { demoData: demo && wanted && keptBy === null, demoDataKeptBy: keptBy, sandboxUrl };
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : '';
}

function databaseOf(reader: Reader): DatabaseEnv {
  const databaseUrl = reader.address('DATABASE_URL', POSTGRES);
  return {
    databaseUrl,
    databaseDirectUrl: reader.address('DATABASE_DIRECT_URL', POSTGRES, databaseUrl),
    databaseMigrationUrl:
      reader.optional('DATABASE_MIGRATION_URL') && reader.address('DATABASE_MIGRATION_URL', POSTGRES),
    databaseReplica: replicaOf(reader),
    databaseWaitMs: reader.whole('DATABASE_WAIT', DATABASE_WAIT_SECONDS, MOST_SECONDS) * 1000,
    databaseApplicationName: applicationName(reader),
    bulkheads: bulkheadsOf(reader),
  };
}

function replicaOf(reader: Reader): DatabaseEnv['databaseReplica'] {
  const seconds = reader.whole('DATABASE_REPLICA_LAG', REPLICA_LAG_SECONDS, MOST_SECONDS);
  if (seconds === 0) reader.problem('DATABASE_REPLICA_LAG must be at least 1');
  const given = reader.optional('DATABASE_REPLICA_URL') !== null;
  return given ? { url: reader.address('DATABASE_REPLICA_URL', POSTGRES), behindMs: seconds * 1000 } : null;
}

function applicationName(reader: Reader): string {
  const name = reader.text('DATABASE_APPLICATION_NAME', 'yajin');
  if (!APPLICATION_NAME.test(name))
    reader.problem('DATABASE_APPLICATION_NAME must be at most 50 letters, digits, dots and hyphens');
  return name;
}

/** Each variable by its whole name, so that it is found by it. */
function bulkheadsOf(reader: Reader): Bulkheads {
  const bulkheads = {
    money: bulkhead(
      reader.whole('DATABASE_POOL_MONEY', 20, MOST_CONNECTIONS),
      reader.whole('DATABASE_POOL_MONEY_STATEMENT_TIMEOUT', STATEMENT_SECONDS, MOST_SECONDS),
      reader.whole('DATABASE_POOL_MONEY_LOCK_TIMEOUT', LOCK_SECONDS, MOST_SECONDS),
    ),
    pages: bulkhead(
      reader.whole('DATABASE_POOL_PAGES', 6, MOST_CONNECTIONS),
      reader.whole('DATABASE_POOL_PAGES_STATEMENT_TIMEOUT', STATEMENT_SECONDS, MOST_SECONDS),
      reader.whole('DATABASE_POOL_PAGES_LOCK_TIMEOUT', LOCK_SECONDS, MOST_SECONDS),
    ),
    reports: bulkhead(
      reader.whole('DATABASE_POOL_REPORTS', 3, MOST_CONNECTIONS),
      reader.whole('DATABASE_POOL_REPORTS_STATEMENT_TIMEOUT', STATEMENT_SECONDS, MOST_SECONDS),
      reader.whole('DATABASE_POOL_REPORTS_LOCK_TIMEOUT', LOCK_SECONDS, MOST_SECONDS),
    ),
    jobs: bulkhead(
      reader.whole('DATABASE_POOL_JOBS', 8, MOST_CONNECTIONS),
      reader.whole('DATABASE_POOL_JOBS_STATEMENT_TIMEOUT', STATEMENT_SECONDS, MOST_SECONDS),
      reader.whole('DATABASE_POOL_JOBS_LOCK_TIMEOUT', LOCK_SECONDS, MOST_SECONDS),
    ),
  };
  for (const [work, { size }] of Object.entries(bulkheads))
    if (size === 0) reader.problem(`DATABASE_POOL_${work.toUpperCase()} must be at least 1`);
  return bulkheads;
}

function bulkhead(size: number, statementSeconds: number, lockSeconds: number): Bulkhead {
  return { size, statementMs: statementSeconds * 1000, lockMs: lockSeconds * 1000 };
}

/** All that a migration needs. @throws InvalidEnv listing every problem */
export function readDatabaseEnv(source: Source): DatabaseEnv {
  const reader = new Reader(source);
  const env = databaseOf(reader);
  reader.throwProblems();
  return env;
}

/** What only the demo may do without. Merchants' keys are not ours to choose; those are. */
function requireSafe(reader: Reader, env: Env, bases: string[]): void {
  const tokenKeys = LINES.flatMap(({ tokenKey }) => tokenKey ?? []);
  for (const name of ['JWT_SECRET', 'MASTER_KEY', ...tokenKeys, 'METRICS_TOKEN']) reader.requireRandom(name);
  if (env.jwtSecret && env.jwtSecret === env.masterKey)
    reader.problem('JWT_SECRET and MASTER_KEY must not be the same');
  if (env.jwtSecret && env.jwtSecret === env.jwtSecretPrevious)
    reader.problem('JWT_SECRET_PREVIOUS must not be the same as JWT_SECRET');
  if (env.masterKey && env.masterKey === env.masterKeyPrevious)
    reader.problem('MASTER_KEY_PREVIOUS must not be the same as MASTER_KEY');
  if (env.allowHttpReason !== null) return;
  for (const base of new Set([env.publicUrl, ...bases]))
    if (!base.startsWith('https:') && base !== '' && !isLoopback(base))
      reader.problem(`${reader.nameOf(base)} must be https (or ALLOW_HTTP_REASON say why not)`);
}
