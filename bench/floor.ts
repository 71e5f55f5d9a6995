/**
 * The least a webhook can do: raw HTTP, the same cryptography, the same one statement through a bare pool of the same
 * size. No framework, no validation of anything but the signature.
 */
import { createDecipheriv, createPublicKey, createSecretKey, createVerify } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fen } from '@yajin/core';
import type * as Server from '@yajin/server';
import type { Database } from '@yajin/server';
import pg from 'pg';

import type * as Payers from '../libs/payment/src/payer-ids.ts';
import type * as Report from '../libs/payment/src/payment-report.ts';
import { built } from './built.ts';

const { PayerIds } = await built<typeof Payers>('libs/payment/dist/payer-ids.js');
const { Secrets } = await built<Pick<typeof Server, 'Secrets'>>('libs/server/dist/secrets.js');
const { Clock } = await built<Pick<typeof Server, 'Clock'>>('libs/server/dist/clock.js');
const { applyPayment } = await built<typeof Report>('libs/payment/dist/payment-report.js');

const ANSWER = Buffer.from('{"code":"SUCCESS","message":"成功"}');
const TAG_BYTES = 16;
const settings = process.env;
const platformKey = createPublicKey(settings['PLATFORM_PUBLIC_KEY'] ?? '');
const resourceKey = createSecretKey(Buffer.from(settings['API_V3_KEY'] ?? ''));
const pool = new pg.Pool({ connectionString: settings['DATABASE_URL'], max: Number(settings['POOL_SIZE']) });

/** The statement and its parameters are the product's own; they go straight to the pool. */
const bare = {
  queryRunner: {
    isReleased: false,
    query: async (sql: string, parameters: unknown[]) => ({
      records: (await pool.query(sql, parameters)).rows as unknown[],
    }),
  },
} as unknown as Database;

interface Envelope {
  id: string;
  event_type: string;
  resource: { ciphertext: string; nonce: string; associated_data: string };
}

interface Transaction {
  out_trade_no: string;
  transaction_id: string;
  success_time: string;
  attach: string;
  payer: { openid: string };
  amount: { total: Fen };
}

function verified(headers: IncomingHttpHeaders, body: Buffer): boolean {
  const read = (name: string): string => String(headers[`wechatpay-${name}`]);
  return createVerify('RSA-SHA256')
    .update(`${read('timestamp')}\n${read('nonce')}\n`)
    .update(body)
    .update('\n')
    .verify(platformKey, read('signature'), 'base64');
}

function opened({ ciphertext, nonce, associated_data }: Envelope['resource']): Transaction {
  const sealed = Buffer.from(ciphertext, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', resourceKey, Buffer.from(nonce), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  decipher.setAAD(Buffer.from(associated_data));
  return JSON.parse(
    decipher.update(sealed.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8'),
  ) as Transaction;
}

async function settle(headers: IncomingHttpHeaders, body: Buffer): Promise<boolean> {
  if (!verified(headers, body)) return false;
  const { id, event_type, resource } = JSON.parse(body.toString()) as Envelope;
  const payload = opened(resource);
  const trade = {
    state: 'paid' as const,
    outTradeNo: payload.out_trade_no,
    transactionId: payload.transaction_id,
    amountFen: payload.amount.total,
    paidAt: new Date(payload.success_time),
    payerId: payload.payer.openid,
    attach: payload.attach,
  };
  const note = { eventId: id, eventType: event_type, payload: payers.unnamed(payload, trade.payerId) };
  const { outcome } = await applyPayment(bare, payers, GATEWAY, trade, null, note, clock);
  return outcome === 'applied';
}

const clock = new Clock();
const payers = new PayerIds(new Secrets('m'.repeat(32)));
/** What a settlement needs to know of a gateway. */
const GATEWAY = { name: 'wechat-v3', numberLength: { trade: 32, refund: 64 } };

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    settle(request.headers, body)
      .catch((error: unknown) => {
        console.error(error);
        return false;
      })
      .then((done) => {
        response.writeHead(done ? 200 : 500, {
          'content-type': 'application/json',
          'content-length': ANSWER.length,
        });
        response.end(done ? ANSWER : undefined);
      })
      .catch((error: unknown) => console.error(error));
  });
});

server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
