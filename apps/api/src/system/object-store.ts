import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { heard, Semaphore, type CallFault, type Calls } from '@yajin/server';

/** What calls of it are counted as. */
export const STORE_SIDE = 'image-store';

/** Where a store that speaks S3 is, and as whom it is asked. */
export interface StoreSettings {
  /** Scheme, host and port. */
  endpoint: string;
  region: string;
  bucket: string;
  accessKey: string;
  secretKey: string;
  /** Whether the bucket is in the path; otherwise in the name of the host. */
  pathStyle: boolean;
  /** What keys begin with, `/` at its end. */
  prefix: string;
}

/** Milliseconds for the whole of a call, its second try included; and for each MB that passes, a second more. */
const TIMEOUT_MS = 5_000;
const BYTES_A_MS = 1_000;
/** All that may be done to an object twice is the same as once: what failed on the way is tried once more. */
const TRIES = 2;
const PAUSE_MS = 100;
/** Those that are wanted while a store is slow wait here, and for nothing else. */
const LIMITS = { atOnce: 8, waiting: 32, waitMs: 2_000 };
/** Of an answer that says what is wrong. */
const MOST_SAID = 4_096;

/** A store did not do what it was asked to. */
export class StoreError extends Error implements CallFault {
  override readonly name = 'StoreError';

  constructor(
    readonly outcome: CallFault['outcome'],
    /** The store's own, or ours. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

type Method = 'PUT' | 'GET' | 'DELETE';
interface Asked {
  key: string;
  body?: Uint8Array<ArrayBuffer>;
  contentType?: string;
  /** Bytes that the answer may have. */
  most: number;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Objects in a bucket of an S3-compatible store: put, got, deleted, each bounded in time, in size and in how many are under way.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html, …/API_GetObject.html, …/API_DeleteObject.html
 */
export class ObjectStore {
  private readonly places = new Semaphore(
    LIMITS,
    () => new StoreError('throttled', 'BUSY', 'too many wait for the store already'),
  );
  private readonly probeKey = `probe-${randomUUID()}`;

  constructor(
    private readonly settings: StoreSettings,
    private readonly calls: Calls,
  ) {}

  /** @throws StoreError; the object may be there all the same */
  async put(key: string, bytes: Uint8Array, contentType: string): Promise<void> {
    await this.call('put', async () => {
      await this.ask('PUT', {
        key,
        body: new Uint8Array(bytes),
        contentType,
        most: MOST_SAID,
      });
    });
  }

  /**
   * @param hash SHA-256 of what was put, hexadecimal, and @param size its bytes: anything else is not answered
   * @throws StoreError
   */
  get(key: string, hash: string, size: number): Promise<Buffer> {
    return this.call('get', () => this.fetchWhole(key, hash, size));
  }

  /** @throws StoreError; what is not there is deleted */
  async delete(key: string): Promise<void> {
    await this.call('delete', () => this.remove(key));
  }

  /** Puts, reads and deletes an object of a few bytes. @throws StoreError from the first of these that fails */
  async probe(): Promise<void> {
    const bytes = new TextEncoder().encode(this.probeKey);
    const key = this.probeKey;
    await this.call('probe', async () => {
      await this.ask('PUT', { key, body: bytes, contentType: 'text/plain', most: MOST_SAID });
      await this.fetchWhole(key, sha256(bytes), bytes.length);
      await this.remove(key);
    });
  }

  private async fetchWhole(key: string, hash: string, size: number): Promise<Buffer> {
    const bytes = await this.ask('GET', { key, most: size });
    if (sha256(bytes) !== hash)
      throw new StoreError(
        'unclear',
        'HASH_DIFFERS',
        `${bytes.length} bytes came, and are not those that were put`,
      );
    return bytes;
  }

  private async remove(key: string): Promise<void> {
    try {
      await this.ask('DELETE', { key, most: MOST_SAID });
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'NoSuchKey')) throw error;
    }
  }

  private call<Answer>(operation: string, work: () => Promise<Answer>): Promise<Answer> {
    return this.places.run(() => this.calls.through(STORE_SIDE, operation, work, { thrown: faultOf }));
  }

  private async ask(method: Method, asked: Asked): Promise<Buffer> {
    const bytes = Math.max(asked.body?.length ?? 0, asked.most);
    const timeoutMs = TIMEOUT_MS + Math.ceil(bytes / BYTES_A_MS);
    const signal = AbortSignal.timeout(timeoutMs);
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.once(method, asked, signal);
      } catch (error) {
        if (signal.aborted)
          throw new StoreError('timeout', 'TIMEOUT', `no whole answer within ${timeoutMs} ms`);
        const fault = error instanceof StoreError ? error : unreached(error);
        if (tries === TRIES || !isPassing(fault)) throw fault;
      }
      await pause(PAUSE_MS);
    }
  }

  private async once(
    method: Method,
    { key, body, contentType, most }: Asked,
    signal: AbortSignal,
  ): Promise<Buffer> {
    const { region, accessKey, secretKey } = this.settings;
    const signed = await new AwsV4Signer({
      method,
      url: this.addressOf(key),
      headers: {
        'x-amz-content-sha256': sha256(body ?? new Uint8Array()),
        ...(contentType !== undefined && { 'content-type': contentType }),
      },
      accessKeyId: accessKey,
      secretAccessKey: secretKey,
      region,
      service: 's3',
    }).sign();
    const sentAt = Date.now();
    const answer = await fetch(signed.url, {
      method,
      headers: signed.headers,
      redirect: 'manual',
      signal,
      ...(body !== undefined && { body }),
    });
    heard((name) => answer.headers.get(name), sentAt);
    if (answer.ok) return read(answer, most);
    const said = await read(answer, MOST_SAID).catch(() => Buffer.alloc(0));
    throw refusal(answer.status, /<Code>(\w{1,80})<\/Code>/.exec(said.toString('utf8'))?.[1] ?? null);
  }

  private addressOf(key: string): string {
    const { endpoint, bucket, pathStyle, prefix } = this.settings;
    if (pathStyle) return `${endpoint}/${bucket}/${prefix}${key}`;
    const url = new URL(endpoint);
    url.hostname = `${bucket}.${url.hostname}`;
    return `${url.origin}/${prefix}${key}`;
  }
}

/** @throws StoreError when there is more than that, TypeError when it breaks off */
async function read(answer: Response, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    // Leaving the loop ends the connection.
    if (bytes > most) throw new StoreError('unclear', 'TOO_LONG', `more than ${most} bytes came`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function refusal(status: number, code: string | null): StoreError {
  const said = code ?? `HTTP_${status}`;
  const message = `it answered ${status}`;
  if (code === 'NoSuchKey') return new StoreError('refused', said, message);
  if (status === 429 || code === 'SlowDown') return new StoreError('throttled', said, message);
  // Another region's address, a bucket that is not there, a key that may not: nothing that we ask by itself is wrong.
  if (status < 500) return new StoreError('denied', said, message);
  return new StoreError('http', said, message);
}

/** What `fetch` throws hides why in its cause. */
function unreached(error: unknown): StoreError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return new StoreError('network', 'NETWORK', cause instanceof Error ? cause.message : String(cause));
}

function isPassing({ outcome }: StoreError): boolean {
  return outcome === 'network' || outcome === 'http' || outcome === 'throttled';
}

function faultOf(error: unknown): CallFault {
  return error instanceof StoreError
    ? error
    : { outcome: 'other', code: 'ERROR', message: error instanceof Error ? error.message : String(error) };
}
