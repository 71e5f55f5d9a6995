/**
 * The least that a refund day can take: for each refund the same signed call, its answer verified, the notification verified
 * and decrypted, and one commit. It keeps no books, asks about nothing and survives nothing.
 */
import {
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  createSign,
  createVerify,
  randomBytes,
} from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

const AT_ONCE = 128;
const TAG_BYTES = 16;
const settings = process.env;
const perSecond = Number(settings['QUOTA']);
const gateway = settings['GATEWAY'] ?? '';
const merchantKey = createPrivateKey(settings['MERCHANT_KEY'] ?? '');
const platformKey = createPublicKey(settings['PLATFORM_PUBLIC_KEY'] ?? '');
const resourceKey = createSecretKey(Buffer.from(settings['API_V3_KEY'] ?? ''));
const pool = new pg.Pool({ connectionString: settings['DATABASE_URL'], max: 20 });
let port = 0;
let waiting: string[] = [];
let running = 0;
let done = 0;
let total = 0;
let began = 0;
let left = 0;

function verified(read: (name: string) => string, body: Buffer): boolean {
  return createVerify('RSA-SHA256')
    .update(`${read('timestamp')}\n${read('nonce')}\n`)
    .update(body)
    .update('\n')
    .verify(platformKey, read('signature'), 'base64');
}

async function refund(number: string): Promise<void> {
  const path = '/v3/refund/domestic/refunds';
  const body = JSON.stringify({
    out_trade_no: number,
    out_refund_no: number,
    reason: '训练营押金退还',
    notify_url: `http://127.0.0.1:${port}/`,
    amount: { refund: 9900, total: 9900, currency: 'CNY' },
  });
  const [at, nonce] = [String(Math.floor(Date.now() / 1000)), randomBytes(16).toString('hex')];
  const signature = createSign('RSA-SHA256')
    .update(`POST\n${path}\n${at}\n${nonce}\n${body}\n`)
    .sign(merchantKey, 'base64');
  const answer = await fetch(gateway + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `WECHATPAY2-SHA256-RSA2048 mchid="1",nonce_str="${nonce}",timestamp="${at}",serial_no="1",signature="${signature}"`,
    },
    body,
    signal: AbortSignal.timeout(5000),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (answer.status === 429) throw new Error('over the quota');
  if (!verified((name) => answer.headers.get(`wechatpay-${name}`) ?? '', bytes)) throw new Error('forged');
}

async function heard(headers: IncomingHttpHeaders, body: Buffer): Promise<void> {
  if (!verified((name) => String(headers[`wechatpay-${name}`]), body)) throw new Error('forged');
  const { resource } = JSON.parse(body.toString()) as { resource: Record<string, string> };
  const sealed = Buffer.from(resource['ciphertext'] ?? '', 'base64');
  const decipher = createDecipheriv('aes-256-gcm', resourceKey, Buffer.from(resource['nonce'] ?? ''), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  decipher.setAAD(Buffer.from(resource['associated_data'] ?? ''));
  const text = decipher.update(sealed.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  const { out_refund_no: number } = JSON.parse(text) as { out_refund_no: string };
  const { rowCount } = await pool.query(
    `UPDATE floor_refund SET status = 'success' WHERE number = $1 AND status <> 'success'`,
    [number],
  );
  done += rowCount ?? 0;
  if (done === total) process.send?.({ seconds: (performance.now() - began) / 1000 });
}

function pump(): void {
  left = Math.min(perSecond / 4, left + perSecond / 50);
  while (left >= 1 && running < AT_ONCE) {
    const number = waiting.pop();
    if (number === undefined) return;
    left -= 1;
    running += 1;
    refund(number)
      .catch((error: unknown) => {
        if (error instanceof Error && error.message === 'over the quota') waiting.push(number);
      })
      .finally(() => (running -= 1));
  }
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    heard(request.headers, Buffer.concat(chunks)).then(
      () => response.writeHead(200).end('{"code":"SUCCESS"}'),
      () => response.writeHead(500).end(),
    );
  });
});
server.listen(0, '127.0.0.1', () => {
  port = (server.address() as AddressInfo).port;
  process.send?.({ port });
});
process.on('message', (message) => {
  waiting = (message as { numbers: string[] }).numbers;
  [done, total, began] = [0, waiting.length, performance.now()];
});
setInterval(pump, 20);
process.on('disconnect', () => process.exit(0));
