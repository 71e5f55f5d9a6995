import { GATEWAYS, type Variables } from '@yajin/payment';
import { IMAGE_STORE } from './env-image-store.js';
import { LINES } from './lines/index.js';

const SECRET = 'made in the demo';

/** What the deployment itself is told; what gateways and lines are told stands with them. */
const OWN: Variables = {
  APP_MODE: [
    '`production`; `npm start` says `demo`',
    '`demo`: sample data and conveniences, where every other side is on this machine',
  ],
  PORT: ['8080', 'where the API listens'],
  HOST: ['all addresses; the demo 127.0.0.1', 'of which address'],
  PUBLIC_URL: ['the demo’s own address', 'what notification addresses and links begin with'],
  DATABASE_URL: ['embedded PostgreSQL in the demo', 'may be a pooler in transaction mode'],
  DATABASE_DIRECT_URL: ['the same', 'for jobs (and migrations, with one role for all): keeps its sessions'],
  DATABASE_MIGRATION_URL: [
    'none',
    'the same as the owner of the tables, for migrations alone: operations.md, Database roles',
  ],
  DATABASE_REPLICA_URL: [
    'none',
    'a streaming replica that lists, statistics and exports of the console are read from, directly or by a pooler in session mode: operations.md, A read replica',
  ],
  DATABASE_REPLICA_LAG: ['10', 'further behind, in seconds, it is not read from'],
  DATABASE_WAIT: ['60', 'for so many seconds it waits at start for a database that is not there yet'],
  DATABASE_POOL_MONEY: [
    '20',
    'connections of each process for payments, webhooks and whatever changes something: operations.md, Connections by class',
  ],
  DATABASE_POOL_MONEY_STATEMENT_TIMEOUT: [
    '30',
    'for so many seconds one of their statements may run; 0: as long as it takes',
  ],
  DATABASE_POOL_MONEY_LOCK_TIMEOUT: [
    '10',
    'for so many seconds one of their statements may wait for a lock; 0: as long as it takes',
  ],
  DATABASE_POOL_PAGES: [
    '6',
    'connections of each process for what operators and visitors look at: operations.md, Connections by class',
  ],
  DATABASE_POOL_PAGES_STATEMENT_TIMEOUT: [
    '30',
    'for so many seconds one of their statements may run; 0: as long as it takes',
  ],
  DATABASE_POOL_PAGES_LOCK_TIMEOUT: [
    '10',
    'for so many seconds one of their statements may wait for a lock; 0: as long as it takes',
  ],
  DATABASE_POOL_REPORTS: [
    '3',
    'connections of each process for statistics, exports and sums: operations.md, Connections by class',
  ],
  DATABASE_POOL_REPORTS_STATEMENT_TIMEOUT: [
    '30',
    'for so many seconds one of their statements may run; 0: as long as it takes',
  ],
  DATABASE_POOL_REPORTS_LOCK_TIMEOUT: [
    '10',
    'for so many seconds one of their statements may wait for a lock; 0: as long as it takes',
  ],
  DATABASE_POOL_JOBS: [
    '8',
    'connections of each process for jobs and what falls due: operations.md, Connections by class',
  ],
  DATABASE_POOL_JOBS_STATEMENT_TIMEOUT: [
    '30',
    'for so many seconds one of their statements may run; 0: as long as it takes',
  ],
  DATABASE_POOL_JOBS_LOCK_TIMEOUT: [
    '10',
    'for so many seconds one of their statements may wait for a lock; 0: as long as it takes',
  ],
  DATABASE_APPLICATION_NAME: [
    'yajin',
    'what connections are called in `pg_stat_activity`, followed by their class: `yajin-reports`',
  ],
  REDIS_URL: ['none', 'ticket cache and shared rate limits; losing it loses nothing'],
  TRUSTED_PROXIES: ['none', 'addresses or CIDR blocks whose `X-Forwarded-For` is believed'],
  CONNECTIONS_PER_ADDRESS: [
    '256',
    'connections that one address (a /64 of IPv6) may hold; trusted proxies aside',
  ],
  API_DOCS: ['`off`; the demo `on`', 'whether `/api/docs` is served'],
  ALLOW_HTTP_REASON: ['none', 'lets other machines’ addresses be `http://`, and says why'],
  JWT_SECRET: [SECRET, 'at least 32 characters, at random'],
  JWT_SECRET_PREVIOUS: ['none', 'the one before, while it is being replaced'],
  MASTER_KEY: [SECRET, 'at least 32 characters, at random; keep it: secrets at rest need it'],
  MASTER_KEY_PREVIOUS: ['none', 'the master key before this one, while it is being replaced'],
  ADMIN_PASSWORD: ['made and told once', 'of the first operator, `admin`; as good as any other'],
  FIRST_PASSWORD_PATH: [
    '`first-password.txt`',
    'the file, for its owner alone, that the password nobody chose is written to where no terminal is; delete it once you have logged in',
  ],
  JOB_CONCURRENCY: ['8', '0: this process enqueues only'],
  DRAIN_DELAY: [
    '0',
    'for so many seconds the process goes on serving after SIGTERM, its readiness red: until proxies have noticed',
  ],
  LOG_LEVEL: ['`info`; `npm start` `warn`', '`fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`'],
  METRICS_TOKEN: ['none', 'what `/metrics` asks for; at least 16 characters'],
};

/** What the demo is told, most of it by `npm start` itself. */
const DEMO: Variables = {
  DEMO_DATA: ['`on`', '`off`: an empty database is not filled with sample data'],
  SANDBOX_URL: ['the sandbox of `npm start`', 'where the sandbox is told what to play'],
  SANDBOX_PORT: ['8090', 'where `npm start` has the sandbox listen'],
  DATA_DIR: ['`.data`', 'the demo’s database, secrets and sandbox file'],
};

/** Every variable, by whose it is. */
export const VARIABLES: readonly { readonly of: string; readonly variables: Variables }[] = [
  { of: 'The deployment', variables: OWN },
  { of: 'The demo', variables: DEMO },
  { of: 'A store of images', variables: IMAGE_STORE },
  ...LINES.map(({ name, variables }) => ({ of: `The line ${name}`, variables })),
  ...GATEWAYS.map(({ label, name, variables }) => ({ of: `${label} (${name})`, variables })).filter(
    ({ variables }) => Object.keys(variables).length > 0,
  ),
];

export const KNOWN: ReadonlySet<string> = new Set(
  VARIABLES.flatMap(({ variables }) => Object.keys(variables)),
);
