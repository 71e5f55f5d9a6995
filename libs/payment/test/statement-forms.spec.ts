import { businessDate, fen } from '@yajin/core';
import { openGateway } from './gateways.kit.js';
import type { SandboxHarness } from './sandbox.kit.js';

// How a statement can come, from the sandbox to the adapter.

describe.each(['wechat-v3', 'wechat-v2', 'alipay'])('a statement of %s', (name) => {
  const day = businessDate(new Date());
  let h: SandboxHarness;
  beforeAll(async () => {
    h = await openGateway(name);
    const request = {
      ...{
        outTradeNo: 'statement-forms-1',
        scene: 'native' as const,
        amountFen: fen(1990),
        description: '押金',
      },
      ...{ attach: '', expiresAt: new Date(Date.now() + 1_800_000), notifyUrl: h.notifyUrl },
      ...{ payerId: null, clientIp: null, returnUrl: null },
    };
    await h.gateway.createTrade(request);
    await h.pay(request.outTradeNo);
    await plan({
      movements: [
        { kind: 'withdrawal', fen: 1000 },
        { kind: 'other', said: '调账', fen: -7 },
      ],
    });
    await h.tomorrow();
  });
  afterAll(() => h.close());

  const plan = (body: Record<string, unknown>) => h.control('statements', { channel: name, ...body });
  const come = async (...forms: string[]) => {
    await plan({ day, forms });
    return h.gateway.downloadStatement!(day);
  };

  it.each(['unknownColumn', 'noBom', 'bom', 'lf', 'fullWidth'])('that is %s says the same', async (form) => {
    const whole = await come();
    expect(whole.map(({ kind, amountFen }) => [kind, amountFen])).toEqual(
      expect.arrayContaining([
        ['payment', 1990],
        ['fee', -12],
        ['withdrawal', -1000],
        ['other', -7],
      ]),
    );
    expect(await come(form)).toEqual(whole);
  });

  it.each(['cutOff', 'repeated'])('that is %s is none', async (form) => {
    await expect(come(form)).rejects.toMatchObject({ kind: 'unknown', code: 'BROKEN_ANSWER' });
  });

  it('that lacks a movement, says another sum or has a gap is read as it stands, and its balances show it', async () => {
    const whole = await come();
    const changes = [
      { change: 'omit', number: 'statement-forms-1' },
      { change: 'amount', number: 'statement-forms-1', kind: 'fee', fen: 13 },
      { change: 'gap', number: 'statement-forms-1', kind: 'fee', fen: 100 },
    ];
    await plan({ changes });
    const told = await come();
    expect(told.filter(({ kind }) => kind === 'payment')).toEqual([]);
    expect(told.find(({ kind }) => kind === 'fee')).toMatchObject({ amountFen: -13, balanceFen: 2078 });
    await plan({ reset: true });
    expect(await come()).toEqual(whole);
  });

  it('of a day without movements, or one that is late, says nothing of any', async () => {
    expect(await come('empty')).toEqual([]);
    // Alipay says the same of both.
    if (name === 'alipay') expect(await come('late')).toEqual([]);
    else
      await expect(come('late')).rejects.toMatchObject({
        code: name === 'wechat-v2' ? 'NO_BILL' : 'STATEMENT_CREATING',
      });
  });
});

it('a statement of another merchant’s account is none', async () => {
  const h = await openGateway('alipay');
  const day = businessDate(new Date());
  await h.control('statements', { channel: 'alipay', movements: [{ kind: 'withdrawal', fen: 1 }] });
  await h.control('statements', { channel: 'alipay', day, forms: ['otherMerchant'] });
  await h.tomorrow();
  const broken = { code: 'BROKEN_ANSWER', message: expect.stringContaining('其他商户') as unknown };
  await expect(h.gateway.downloadStatement!(day)).rejects.toMatchObject(broken);
  await h.close();
});
