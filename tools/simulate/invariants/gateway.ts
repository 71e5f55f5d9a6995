import type { Database } from '../database.ts';

/** What the gateways believe, as the sandbox's control API shows it. Amounts in fen. */
export interface Believed {
  trades: { channel: string; outTradeNo: string; amountFen: number; state: string }[];
  refunds: { outRefundNo: string; outTradeNo: string; amountFen: number; state: string }[];
  transfers: { outTransferNo: string; amountFen: number; state: string }[];
  notifications: { outTradeNo: string; outRefundNo: string | null; state: string }[];
}

export interface Violation {
  invariant: string;
  detail: string;
}

type Control = <Data>(path: string) => Promise<Data>;

export async function believed(control: Control): Promise<Believed> {
  const [trades, refunds, transfers, notifications] = await Promise.all([
    control<Believed['trades']>('/trades'),
    control<Believed['refunds']>('/refunds'),
    control<Believed['transfers']>('/transfers'),
    control<Believed['notifications']>('/notifications'),
  ]);
  return { trades, refunds, transfers, notifications };
}

/** By the state of a trade: whether its payer's money was taken, whatever came back since. */
export function isPaid({ state }: Believed['trades'][number]): boolean {
  return state === 'SUCCESS' || state === 'REFUND';
}

export function sumFen(rows: { amountFen: number }[]): number {
  return rows.reduce((sum, { amountFen }) => sum + amountFen, 0);
}

/** The numbers of each refund and transfer of ours; the living one last. */
export interface Numbers {
  refunds: { id: number; amountFen: number; numbers: { no: string; state: string }[] }[];
  transfers: { id: number; amountFen: number; no: string; past: string[] }[];
}

export async function numbersOf(db: Database): Promise<Numbers> {
  const [refunds, transfers] = await Promise.all([
    db.rows<Numbers['refunds'][number]>(
      `SELECT r.id, r.amount_fen AS "amountFen",
         json_agg(json_build_object('no', a.out_refund_no, 'state', a.state) ORDER BY a.created_at, a.out_refund_no) AS numbers
       FROM pay_refund r JOIN pay_refund_attempt a ON a.refund_id = r.id GROUP BY r.id`,
    ),
    db.rows<Numbers['transfers'][number]>(
      'SELECT id, amount_fen AS "amountFen", out_transfer_no AS no, past_numbers AS past FROM pay_transfer',
    ),
  ]);
  return { refunds, transfers };
}

/**
 * What must hold at every moment between our numbers and the gateways'. `numbers` must have been read before `gateway`: a
 * number that we call closed must have been closed there before.
 */
export function payoutViolations(numbers: Numbers, gateway: Believed): Violation[] {
  return [
    ...overRefunded(gateway),
    ...numbers.refunds.flatMap((refund) => refundViolations(refund, gateway)),
    ...numbers.transfers.flatMap((transfer) => transferViolations(transfer, gateway)),
  ];
}

function overRefunded({ trades, refunds }: Believed): Violation[] {
  return trades.flatMap((trade) => {
    const back = sumFen(
      refunds.filter(({ outTradeNo, state }) => outTradeNo === trade.outTradeNo && state !== 'CLOSED'),
    );
    const paid = isPaid(trade) ? trade.amountFen : 0;
    if (back <= paid) return [];
    return [
      {
        invariant: 'never more goes back than was paid',
        detail: `trade ${trade.outTradeNo}: paid ${paid}, refunds ${back}`,
      },
    ];
  });
}

function refundViolations(refund: Numbers['refunds'][number], gateway: Believed): Violation[] {
  const found: Violation[] = [];
  const known = new Map(gateway.refunds.map((row) => [row.outRefundNo, row]));
  const paid = refund.numbers.filter(({ no }) =>
    ['SUCCESS', 'PROCESSING'].includes(known.get(no)?.state ?? ''),
  );
  if (paid.length > 1)
    found.push({
      invariant: 'a refund pays once',
      detail: `refund ${refund.id} goes back under ${paid.map(({ no }) => no).join(' and ')}`,
    });
  const wrong = paid.find(({ no }) => known.get(no)?.amountFen !== refund.amountFen);
  if (wrong)
    found.push({
      invariant: 'a refund pays its amount',
      detail: `refund ${refund.id} of ${refund.amountFen} is ${known.get(wrong.no)?.amountFen ?? 0} at the gateway`,
    });
  const living = refund.numbers.filter(({ state }) => state !== 'closed');
  if (living.length > 1)
    found.push({
      invariant: 'a refund has one living number',
      detail: `refund ${refund.id} has ${living.map(({ no }) => no).join(' and ')}`,
    });
  for (const { no, state } of refund.numbers) {
    if (state !== 'closed' || known.get(no)?.state === 'CLOSED') continue;
    found.push({
      invariant: 'a number dies only when the gateway says so',
      detail: `refund number ${no} is closed here, ${known.get(no)?.state ?? 'unknown'} there`,
    });
  }
  return found;
}

function transferViolations(transfer: Numbers['transfers'][number], gateway: Believed): Violation[] {
  const found: Violation[] = [];
  const known = new Map(gateway.transfers.map((row) => [row.outTransferNo, row]));
  const all = [...transfer.past, transfer.no];
  const paid = all.filter((no) => ['success', 'processing'].includes(known.get(no)?.state ?? ''));
  if (paid.length > 1)
    found.push({
      invariant: 'a transfer pays once',
      detail: `transfer ${transfer.id} is sent under ${paid.join(' and ')}`,
    });
  for (const no of transfer.past) {
    if (known.get(no)?.state === 'failed') continue;
    found.push({
      invariant: 'a number dies only when the gateway says so',
      detail: `transfer number ${no} is past here, ${known.get(no)?.state ?? 'unknown'} there`,
    });
  }
  return found;
}
