/** @jest-environment <rootDir>/tools/jest-dom.mjs */
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { Camp, Console } from '@yajin/web';
import { begin, end } from '../src/kit/session.js';
import { PayAccount } from '../src/pages/pay/account/account.js';
import { showPage, Wire } from './page.kit.js';

const STATEMENTS = 'GET /api/admin/pay/statements';
const WITHDRAWALS = 'GET /api/admin/pay/withdrawals';
const CONFIRM = 'POST /api/admin/pay/withdrawals/7/confirm';

const statement: Console.PayStatement = {
  ...{ gateway: 'wechat-v3', day: '2026-11-20', state: 'complete', reason: null, rows: 3 },
  ...{ opening: 1000, in: 99, out: 500.06, closing: 598.94 },
  ...{ paid: 99, refunded: 0, fee: 0.06, withdrawn: -500, other: 0 },
  ...{ readAt: '2026-11-21T10:31:00', nextAt: null, openDifferences: 2 },
};
const withdrawal: Console.PayWithdrawal = {
  ...{ id: 7, gateway: 'wechat-v3', day: '2026-11-20', at: '2026-11-20T20:00:00', said: '提现' },
  ...{ flowNo: 'W7', gatewayNo: null, amount: 500, state: 'waiting', note: null },
  ...{ decidedBy: null, decidedAt: null },
};
beforeEach(() => begin({ permissions: ['pay:read', 'pay:books'] } as Camp.LoginResult));
afterEach(end);

const paged = (list: object[]): object => ({ list, total: list.length, gateways: ['wechat-v3'] });

test('a day of the account shows what it held, what came in and went out, its fees and what went to the bank', async () => {
  const waiting = { ...statement, day: '2026-11-21', state: 'waiting', opening: null, closing: null };
  new Wire({ [STATEMENTS]: paged([waiting, statement]) });
  showPage(<PayAccount />, 'zh');
  const row = (await screen.findByText('2026-11-20')).closest('tr')!;
  for (const said of ['已读入', '¥1,000.00', '¥99.00', '¥500.06', '¥0.06', '¥500.00', '¥598.94'])
    within(row).getByText(said);
  within(screen.getByText('2026-11-21').closest('tr')!).getByText('未取到');
});

test('without statements the page says when there will be some', async () => {
  new Wire({ [STATEMENTS]: paged([]) });
  showPage(<PayAccount />);
  await screen.findByText(/No statements yet/);
});

test('whoever may confirms a withdrawal of the sum that is shown with the bank’s reference, and what the server refuses is said in the dialog', async () => {
  const wire = new Wire({
    [WITHDRAWALS]: paged([withdrawal]),
    [CONFIRM]: { refused: { code: 409, message: '该提现已确认到账', data: null } },
  });
  showPage(<PayAccount />, 'en', '/?tab=withdrawals');
  fireEvent.click(await screen.findByRole('button', { name: 'Confirm W7' }));
  const dialog = await screen.findByRole('dialog');
  fireEvent.click(within(dialog).getByRole('button', { name: 'Confirm' }));
  await within(dialog).findByText('Needed');
  expect(wire.sent(CONFIRM)).toEqual([]);
  fireEvent.change(within(dialog).getByLabelText(/bank’s reference/), { target: { value: ' slip 42 ' } });
  fireEvent.click(within(dialog).getByRole('button', { name: 'Confirm' }));
  await waitFor(() =>
    expect(wire.sent(CONFIRM)).toEqual([{ arrived: true, amount: withdrawal.amount, note: 'slip 42' }]),
  );
  await within(dialog).findByRole('alert');
});
