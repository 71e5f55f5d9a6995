import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import S3rver from '@20minutes/s3rver';
import { DUMMY_ACCOUNT } from '@20minutes/s3rver/lib/models/account.js';
import type { StoreSettings } from '../src/system/index.js';

/**
 * What the way to the store does to what comes back: nothing, an end in the middle of it, other bytes of the same length, no answer at all,
 * no connection, or the store's own word that it has too much to do, or that this may not be asked.
 */
export type Fault = 'none' | 'cut' | 'other' | 'silent' | 'closed' | 'busy' | 'denied';

const BUCKET = 'pictures';
const [ACCESS_KEY, SECRET_KEY] = [randomBytes(10).toString('hex'), randomBytes(20).toString('base64')];

/** A store that somebody else wrote, behind a way to it that can be broken. */
export class StoreStage {
  fault: Fault = 'none';
  /** What was asked so far, probes aside: methods with their paths. */
  asked: string[] = [];
  /** Keys of images that it does not delete, whoever asks. */
  readonly locked = new Set<string>();

  private constructor(
    private readonly folder: string,
    private readonly store: S3rver,
    private readonly way: Server,
  ) {}

  static async start(): Promise<StoreStage> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-store-'));
    const store = new S3rver({
      address: '127.0.0.1',
      port: 0,
      silent: true,
      directory: folder,
      vhostBuckets: false,
      configureBuckets: [{ name: BUCKET }],
    });
    DUMMY_ACCOUNT.createKeyPair(ACCESS_KEY, SECRET_KEY);
    const { port } = await store.run();
    const way = createServer((asked, answer) => stage.pass(port, asked, answer));
    const stage = new StoreStage(folder, store, way);
    await new Promise<void>((resolve) => way.listen(0, '127.0.0.1', resolve));
    return stage;
  }

  async stop(): Promise<void> {
    this.way.closeAllConnections();
    await new Promise((resolve) => this.way.close(resolve));
    await this.store.close();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  get settings(): StoreSettings {
    return {
      endpoint: `http://127.0.0.1:${(this.way.address() as AddressInfo).port}`,
      region: 'us-east-1',
      bucket: BUCKET,
      accessKey: ACCESS_KEY,
      secretKey: SECRET_KEY,
      pathStyle: true,
      prefix: 'images/',
    };
  }

  get environment(): Record<string, string> {
    const { endpoint, bucket, accessKey, secretKey } = this.settings;
    return {
      IMAGE_STORE_ENDPOINT: endpoint,
      IMAGE_STORE_BUCKET: bucket,
      IMAGE_STORE_ACCESS_KEY: accessKey,
      IMAGE_STORE_SECRET_KEY: secretKey,
    };
  }

  /** Keys of the images that are there, without their prefix. */
  objects(): string[] {
    return this.left('images').filter((key) => !key.startsWith('probe-'));
  }

  /** Keys of all that is there below a prefix. */
  left(prefix: string): string[] {
    const folder = path.join(this.folder, BUCKET, prefix);
    const files = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
    return [...new Set(files.map((file) => file.split('._S3rver')[0] ?? ''))].sort();
  }

  /** Takes an object away behind everybody's back. */
  lose(key: string): void {
    const folder = path.join(this.folder, BUCKET, 'images');
    for (const file of fs.readdirSync(folder)) if (file.startsWith(key)) fs.rmSync(path.join(folder, file));
  }

  private pass(port: number, asked: IncomingMessage, answer: ServerResponse): void {
    if (!asked.url?.includes('/probe-')) this.asked.push(`${asked.method ?? ''} ${asked.url ?? ''}`);
    if (this.fault === 'silent') return;
    if (this.fault === 'closed') return void asked.socket.destroy();
    if (this.fault === 'busy')
      return void answer.writeHead(503).end('<Error><Code>SlowDown</Code><Message>…</Message></Error>');
    const isLocked = asked.method === 'DELETE' && this.locked.has(path.basename(asked.url ?? ''));
    if (this.fault === 'denied' || isLocked)
      return void answer.writeHead(403).end('<Error><Code>AccessDenied</Code><Message>…</Message></Error>');
    const { method, url, headers } = asked;
    const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => this.give(answer, response, Buffer.concat(chunks), method === 'GET'));
    });
    asked.pipe(onward);
  }

  private give(answer: ServerResponse, response: IncomingMessage, bytes: Buffer, got: boolean): void {
    const { statusCode = 500, headers } = response;
    answer.writeHead(statusCode, headers);
    if (this.fault === 'cut' && got) {
      answer.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => answer.destroy());
      return;
    }
    answer.end(this.fault === 'other' && got ? Buffer.alloc(bytes.length, 7) : bytes);
  }
}
