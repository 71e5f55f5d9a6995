import { spawn } from 'node:child_process';
import path from 'node:path';
import { payoutViolations, type Believed, type Numbers } from './invariants/gateway.ts';
import { planOf } from './plan.ts';

/** Between them every line, every gateway and every kind of fault. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const WITHIN_MS = 900_000;

/** Runs the command as `npm run simulate` does. */
function simulate(...args: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const script = path.resolve('tools/simulate.ts');
    const child = spawn(process.execPath, [script, '--built', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('close', (code) => resolve({ code, output }));
  });
}

it(
  'ten seeds of people, faults and money: every invariant holds',
  async () => {
    const { code, output } = await simulate('--seeds', SEEDS.join());
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
    expect(output.match(/^seed \d+: holds/gm)).toHaveLength(SEEDS.length);
  },
  WITHIN_MS,
);

it(
  'whatever is broken on purpose is seen, and the command fails',
  async () => {
    const { code, output } = await simulate('--seed', '1', '--plant');
    const seen = new Set([...output.matchAll(/^ {2}✗ ([^:]+): /gm)].map(([, invariant]) => invariant));
    expect([...seen].sort()).toEqual([
      'a number dies only when the gateway says so',
      'a payment has exactly one fate',
      'bills and books agree',
      'lines and kernel agree',
      'no account is overdrawn',
      'nothing stays in a middle state',
      'the books are what all bills say',
      'the money at the gateway is what the books say',
      'what was paid for is granted once',
    ]);
    expect(output).toMatch(/the money at the gateway is what the books say: shouqianba/);
    expect(output).toContain('npm run simulate -- --seed 1');
    expect(code).toBe(1);
  },
  WITHIN_MS,
);

it('a seed is one plan, and another seed another', () => {
  expect(planOf(7)).toEqual(planOf(7));
  expect(planOf(8)).not.toEqual(planOf(7));
});

describe('what must hold at every moment', () => {
  const gateway: Believed = {
    trades: [{ channel: 'alipay', outTradeNo: 't1', amountFen: 100, state: 'REFUND' }],
    refunds: [{ outRefundNo: 'r1', outTradeNo: 't1', amountFen: 60, state: 'SUCCESS' }],
    transfers: [{ outTransferNo: 'f1', amountFen: 50, state: 'success' }],
    notifications: [],
  };
  const numbers: Numbers = {
    refunds: [{ id: 1, amountFen: 60, numbers: [{ no: 'r1', state: 'success' }] }],
    transfers: [{ id: 1, amountFen: 50, no: 'f1', past: [] }],
  };
  const violated = (ours: Numbers, theirs: Believed): string[] =>
    payoutViolations(ours, theirs).map(({ invariant }) => invariant);

  it('nothing is said of what is right', () => {
    expect(violated(numbers, gateway)).toEqual([]);
  });

  it('more going back than was paid is seen', () => {
    const more = { outRefundNo: 'r2', outTradeNo: 't1', amountFen: 41, state: 'PROCESSING' };
    expect(violated(numbers, { ...gateway, refunds: [...gateway.refunds, more] })).toEqual([
      'never more goes back than was paid',
    ]);
  });

  it('a refund under two numbers is seen, and a number that only we call dead', () => {
    const second = { outRefundNo: 'r2', outTradeNo: 't1', amountFen: 60, state: 'SUCCESS' };
    const trade = { channel: 'alipay', outTradeNo: 't1', amountFen: 120, state: 'REFUND' };
    const [refund] = numbers.refunds;
    const two = [
      { no: 'r1', state: 'closed' },
      { no: 'r2', state: 'success' },
    ];
    expect(
      violated(
        { ...numbers, refunds: [{ ...refund!, numbers: two }] },
        { ...gateway, trades: [trade], refunds: [...gateway.refunds, second] },
      ),
    ).toEqual(['a refund pays once', 'a number dies only when the gateway says so']);
  });

  it('a transfer under two numbers is seen', () => {
    const second = { outTransferNo: 'f2', amountFen: 50, state: 'processing' };
    const ours = { ...numbers, transfers: [{ id: 1, amountFen: 50, no: 'f2', past: ['f1'] }] };
    expect(violated(ours, { ...gateway, transfers: [...gateway.transfers, second] })).toEqual([
      'a transfer pays once',
      'a number dies only when the gateway says so',
    ]);
  });
});
