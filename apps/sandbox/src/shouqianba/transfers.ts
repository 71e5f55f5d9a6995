import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { compactTime } from '../clock.js';
import { perform, required, textOf, webAddressIn } from '../money/counter.js';
import { record, saidAmount } from '../money/delivery.js';
import { Refusal, type RefusalKind } from '../money/refusal.js';
import { randomDigits } from '../random.js';
import type { World } from '../world.js';
import { account, instant, yuan } from './channel.js';
import { signature, type Fields } from './signing.js';

/** A payment to somebody. Amounts in fen. */
interface Transfer {
  out_transfer_no: string;
  transfer_id: string;
  payee: string;
  amount_fen: number;
  notify_url: string | null;
  state: 'processing' | 'success' | 'failed';
  requests: number;
  settled_at: number | null;
}

const CODES: Partial<Record<RefusalKind, string>> = {
  absent: 'TRANSFER_NOT_EXISTS',
  notEnough: 'TRANSFER_BALANCE_NOT_ENOUGH',
  throttled: 'TRANSFER_TOO_FREQUENT',
  mismatch: 'TRANSFER_NO_CONFLICT',
};

/**
 * Paying out, which Shouqianba documents nothing about: the service that a deployment brings, in the form of the
 * merchant's contract. `refundResult` other than success and `refundStuck` decide what becomes of a transfer, too.
 */
export function transferRoutes(app: FastifyInstance, world: World): void {
  app.post('/shouqianba/transfer', (request, reply) => answer(world, request, reply, accept));
  app.post('/shouqianba/transfer/query', (request, reply) => answer(world, request, reply, find));
}

async function answer(
  world: World,
  request: FastifyRequest,
  reply: FastifyReply,
  handle: (world: World, fields: Fields) => Transfer,
): Promise<FastifyReply> {
  const { secretKey } = world.others.shouqianba;
  const fields = JSON.parse(textOf(request.body) || '{}') as Fields;
  const ours = account(world);
  if (fields['sign'] !== signature(fields, secretKey) || fields['merchant_no'] !== ours['merchant_no'])
    return reply.code(401).send({ error: 'signature' });
  let said: Fields;
  try {
    const endpoint = handle === accept ? ('transfer' as const) : ('transferQuery' as const);
    const subject = { outRefundNo: fields['transfer_no'] ?? null, endpoint };
    const done = await perform(world, subject, () => handle(world, fields));
    if (done === null) return await reply.hijack();
    said = { ...ours, ...transferFields(done, done.amount_fen) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.kind === 'system') return reply.code(500).send({ error: error.message });
    said = { ...ours, error_code: CODES[error.kind] ?? 'INVALID_PARAMS', error_message: error.message };
  }
  return reply.send({ ...said, sign: signature(said, secretKey) });
}

function find(world: World, fields: Fields): Transfer {
  const sql = 'SELECT * FROM transfer WHERE out_transfer_no = ?';
  const transfer = world.store.get<Transfer>(sql, required(fields, 'transfer_no'));
  if (!transfer) throw new Refusal('absent', '转账单不存在');
  return transfer;
}

/** One number pays once. */
function accept(world: World, fields: Fields): Transfer {
  const number = required(fields, 'transfer_no', /^[0-9A-Za-z_-]{1,64}$/);
  const [whole = '', cents = ''] = required(fields, 'amount', /^\d{1,11}\.\d\d$/).split('.');
  const wanted = { payee: required(fields, 'payee'), amount_fen: Number(whole) * 100 + Number(cents) };
  const subject = { outRefundNo: number };
  const sql = 'UPDATE transfer SET requests = requests + 1 WHERE out_transfer_no = ?';
  if (world.store.run(sql, number) > 0) {
    const known = find(world, fields);
    if (known.payee !== wanted.payee || known.amount_fen !== wanted.amount_fen)
      throw new Refusal('mismatch', '转账单号重复,内容不一致');
    return known;
  }
  if (world.faults.take('notEnough', subject)) throw new Refusal('notEnough', '余额不足');
  const now = world.clock.now();
  world.store.run(
    `INSERT INTO transfer (out_transfer_no, transfer_id, payee, amount_fen, notify_url, state, requests, created_at)
     VALUES (?, ?, ?, ?, ?, 'processing', 1, ?)`,
    number,
    `T${compactTime(now)}${randomDigits(8)}`,
    wanted.payee,
    wanted.amount_fen,
    webAddressIn(fields, 'notify_url'),
    now.getTime(),
  );
  world.log(`transfer ${number} accepted, ${wanted.amount_fen} fen`);
  if (!world.faults.take('refundStuck', subject))
    settleTransfer(world, number, world.faults.take('refundResult', subject) ? 'failed' : 'success');
  return find(world, fields);
}

/** Ends a transfer that is under way, and tells the merchant. Returns false when there is none. */
export function settleTransfer(world: World, number: string, state: 'success' | 'failed'): boolean {
  const sql =
    "UPDATE transfer SET state = ?, settled_at = ? WHERE out_transfer_no = ? AND state = 'processing'";
  if (world.store.run(sql, state, world.clock.now().getTime(), number) === 0) return false;
  const transfer = find(world, { transfer_no: number });
  const subject = { outRefundNo: number };
  const said = {
    ...account(world),
    ...transferFields(transfer, saidAmount(world, subject, transfer.amount_fen)),
    ...(world.faults.take('wrongMchId', subject) && { merchant_no: '1680000000000' }),
  };
  if (transfer.notify_url) record(world, 'shouqianba', 'TRANSFER', subject, said, transfer.notify_url);
  world.wake();
  return true;
}

function transferFields(transfer: Transfer, amountFen: number): Fields {
  return {
    transfer_no: transfer.out_transfer_no,
    trade_no: transfer.transfer_id,
    status: transfer.state,
    amount: yuan(amountFen),
    ...(transfer.state === 'success' && { transfer_time: instant(transfer.settled_at) }),
    ...(transfer.state === 'failed' && { reason: '收款账户异常' }),
  };
}

/** Transfers as the control API shows them, newest first. */
export function transferViews(world: World) {
  return world.store.all<{
    outTransferNo: string;
    payee: string;
    amountFen: number;
    state: string;
    requests: number;
  }>(
    `SELECT out_transfer_no AS outTransferNo, payee, amount_fen AS amountFen, state, requests FROM transfer
     ORDER BY rowid DESC`,
  );
}
