import type { Console } from '@yajin/contract/console';
import type { Gym } from '@yajin/contract/gym';
import { booksOf, compareBooks, HostUser, logIn } from '../host.ts';
import { yuan, type Report } from '../report.ts';
import { eventually, expectEqual, type Api, type Sandbox } from '../wire.ts';

const MONTH = { type: 'membership', name: '月卡', amount: 199, quantity: 30 } as const;

/** A gym member buys a month through each provider. */
export async function journey(api: Api, sandbox: Sandbox, report: Report): Promise<void> {
  const user = `journey-${Date.now()}`;
  report.chapter('The gym');
  await logIn(api, report);
  await report.step(
    'Offer a month',
    () => offer(api),
    (made) => `${made.name}, ${yuan(made.amount)}`,
  );
  const member = await report.step(
    'Register a member',
    () =>
      api.call<Console.GymMember>('POST', '/api/admin/gym/members', { body: { userId: user, name: '小健' } }),
    ({ id, name }) => `${name} (${id})`,
  );
  const host = new HostUser(api, 'gym', user);
  const before = await booksOf(api, 'gym');
  const trades: string[] = [];
  for (const provider of ['alipay', 'wechat'] as const)
    trades.push(await buy({ api, sandbox, report, host }, member.id, provider));
  await report.step(
    'Look at the membership',
    async () => {
      const { list } = await api.call<Console.GymMemberPage>('GET', `/api/admin/gym/members?keyword=${user}`);
      const until = list[0]?.membershipUntil ?? '';
      expectEqual('days of membership', daysFrom(member.createdAt.slice(0, 10), until), 60);
      return until;
    },
    (until) => `until ${until}`,
  );
  await report.step(
    'Compare the books',
    () => compareBooks(api, sandbox, 'gym', before, trades),
    (said) => said,
  );
}

interface Scene {
  api: Api;
  sandbox: Sandbox;
  report: Report;
  host: HostUser;
}

/** Orders a month, pays for it and hears of the money. @returns the number at the provider */
async function buy(
  { api, sandbox, report, host }: Scene,
  memberId: number,
  provider: Gym.Provider,
): Promise<string> {
  const payment = await report.step(
    `Order through ${provider}`,
    () =>
      host.call<Gym.Payment>('POST', '/api/v1/payments/', {
        member_id: memberId,
        amount: 199,
        type: 'membership',
      }),
    ({ id, status }) => `payment ${id}, ${status}`,
  );
  const outTradeNo = await report.step(
    'Open the page and pay',
    async () => {
      const address = await host.call<Gym.PayAddress>(
        'GET',
        `/api/v1/payments/${payment.id}/pay?provider=${provider}`,
      );
      await (await fetch(address.pay_url)).body?.cancel();
      const outTradeNo = await openTrade(api, memberId);
      await sandbox.post('/pay', { outTradeNo, openid: 'oGymJourney' });
      return outTradeNo;
    },
    (outTradeNo) => outTradeNo,
  );
  await report.step(
    'Hear of the money',
    () =>
      eventually('the payment to succeed', 20, async () => {
        const all = await host.call<Gym.Payment[]>('GET', '/api/v1/payments/');
        return all.find(({ id, status }) => id === payment.id && status === 'success') ?? null;
      }),
    ({ transaction_id: id, amount }) => `${yuan(amount)}, ${id}`,
  );
  return outTradeNo;
}

/** The month may be on offer already. */
async function offer(api: Api): Promise<Console.GymOffer> {
  const { list } = await api.call<Console.GymOfferList>('GET', '/api/admin/gym/offers');
  const known = list.find(
    ({ active, type, amount }) => active && type === MONTH.type && amount === MONTH.amount,
  );
  return known ?? api.call<Console.GymOffer>('POST', '/api/admin/gym/offers', { body: MONTH });
}

/** The number under which a member's unpaid order stands at its provider. */
async function openTrade(api: Api, memberId: number): Promise<string> {
  const { list } = await api.call<Console.OrderPage>('GET', '/api/admin/pay/orders?line=gym&status=pending');
  const order = list.find(({ subject }) => subject === String(memberId));
  const { attempts } = await api.call<Console.OrderStory>(
    'GET',
    `/api/admin/pay/orders/${order?.orderNo ?? ''}`,
  );
  return attempts.find(({ state }) => state === 'open')?.outTradeNo ?? '';
}

function daysFrom(first: string, last: string): number {
  return (Date.parse(last) - Date.parse(first)) / 86_400_000 + 1;
}
