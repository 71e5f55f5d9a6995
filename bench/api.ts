/** The API as it runs in production: built, a process of its own, with nobody on its other sides. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Camp } from '@yajin/contract';
import { freePort, type Postgres } from '../tools/postgres.ts';
import { untilAnswers } from '../tools/start/wait.ts';
import { inProject } from './built.ts';
import { BenchProcess } from './processes.ts';

const NOWHERE = 'http://127.0.0.1:9';
/** The same for all that start on one database. */
const MASTER_KEY = randomBytes(32).toString('hex');
/** The first API of a database makes the admin; a later one finds it. */
const ADMIN = { username: 'admin', password: randomBytes(16).toString('hex') };
/** The merchant's. */
export const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

export interface Api {
  port: number;
  database: string;
  process: BenchProcess;
}

/** @param environment what differs from an API that leaves its jobs alone */
export async function startApi(
  server: Postgres,
  logs: string,
  database: string,
  environment: Record<string, string> = {},
): Promise<Api> {
  const port = Number(environment['PORT'] ?? (await freePort(0)));
  const api = new BenchProcess(
    'The API',
    inProject('apps/api/dist/main.js'),
    {
      APP_MODE: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DATABASE_URL: server.url(database),
      JWT_SECRET: randomBytes(32).toString('hex'),
      MASTER_KEY,
      ADMIN_PASSWORD: ADMIN.password,
      JOB_CONCURRENCY: '0',
      WECHAT_API_BASE: NOWHERE,
      WECHAT_OAUTH_BASE: NOWHERE,
      WECHAT_APP_ID: 'wx0000000000000001',
      WECHAT_APP_SECRET: randomBytes(16).toString('hex'),
      WECHAT_MCH_ID: '1900000001',
      WECHAT_MCH_SERIAL: '0000000000000000000000000000000000000001',
      WECHAT_MCH_PRIVATE_KEY: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      WECHAT_API_V3_KEY: randomBytes(16).toString('hex'),
      WECHAT_PLATFORM_KEYS: `PUB_KEY_ID_1=${keys.publicKey.export({ type: 'spki', format: 'pem' }).toString()}`,
      PLANET_API_BASE: NOWHERE,
      PLANET_GROUP_ID: '1',
      ...environment,
    },
    path.join(logs, 'api.log'),
  );
  await Promise.race([untilAnswers(`http://127.0.0.1:${port}/health/ready`, () => undefined), api.ended]);
  return { port, database, process: api };
}

/** Asks the API as its admin. */
export class Admin {
  private readonly origin: string;
  readonly token: string;

  private constructor(origin: string, token: string) {
    this.origin = origin;
    this.token = token;
  }

  static async of({ port }: Api): Promise<Admin> {
    const origin = `http://127.0.0.1:${port}`;
    const answer = await fetch(`${origin}/api/admin/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ADMIN),
    });
    const { data } = (await answer.json()) as { data: Camp.LoginResult | null };
    if (answer.status !== 200 || !data) throw new Error(`the admin cannot log in: ${answer.status}`);
    return new Admin(origin, data.token);
  }

  /** @throws unless the answer is 200 */
  async open(path: string): Promise<Response> {
    const answer = await fetch(this.origin + path, { headers: { authorization: `Bearer ${this.token}` } });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  async post(path: string, body: object): Promise<void> {
    const answer = await fetch(this.origin + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }

  /** The `data` of an answer. */
  async get<Data>(path: string): Promise<Data> {
    const answer = await this.open(path);
    return ((await answer.json()) as { data: Data }).data;
  }
}
