import type { Console } from '@yajin/contract/console';
import type { Gym } from '@yajin/contract/gym';
import { unique } from '@yajin/testing/factories';
import { eventually, hostToken, type CallOptions, type Exchange, type TestApi } from '@yajin/testing/api';

export interface Person {
  user: string;
  token: string;
  member: Console.GymMember;
}

export async function makeOffers(api: TestApi): Promise<void> {
  for (const offer of [
    { type: 'membership', name: '月卡', amount: 199, quantity: 30 },
    { type: 'course', name: '单次课', amount: 19.9, quantity: 1 },
    { type: 'private', name: '私教十次', amount: 0.07, quantity: 10 },
  ]) {
    const made = await api.admin('POST', '/api/admin/gym/offers', offer);
    if (made.code !== 200) throw new Error(`offers: ${made.code} ${made.message}`);
  }
}

/** A member of the gym, and their token as the platform gives it. */
export async function makePerson(api: TestApi): Promise<Person> {
  const user = `user-${unique()}`;
  const body = { userId: user, name: '测试会员' };
  const made = await api.admin<Console.GymMember>('POST', '/api/admin/gym/members', body);
  if (made.code !== 200) throw new Error(`members: ${made.code} ${made.message}`);
  return { user, token: hostToken('gym', user), member: made.data };
}

/** This contract's answers are bare. */
export async function call<Data>(
  api: TestApi,
  method: string,
  path: string,
  { body, token, headers }: CallOptions,
): Promise<Exchange & { data: Data }> {
  const answer = await api.exchange(method, path, {
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { ...answer, data: answer.body as Data };
}

/** Orders a month, or what `more` says. */
export function place(
  api: TestApi,
  who: Person,
  more: object = {},
): Promise<Exchange & { data: Gym.Payment }> {
  return call<Gym.Payment>(api, 'POST', '/api/v1/payments/', {
    token: who.token,
    body: { member_id: who.member.id, amount: 199, type: 'membership', ...more },
  });
}

/** A payment of theirs as the contract lists it. */
export async function paymentOf(api: TestApi, who: Person, id: number): Promise<Gym.Payment> {
  const { data } = await call<Gym.Payment[]>(api, 'GET', '/api/v1/payments/', { token: who.token });
  const found = data.find((each) => each.id === id);
  if (!found) throw new Error(`payment ${id} is not listed`);
  return found;
}

/** What they have now. */
export async function memberOf(api: TestApi, who: Person): Promise<Console.GymMember> {
  const page = await api.admin<Console.GymMemberPage>('GET', `/api/admin/gym/members?keyword=${who.user}`);
  const [found] = page.data.list;
  if (!found) throw new Error('the member is not listed');
  return found;
}

/** A payment of theirs that is paid through WeChat, and counts. */
export async function paidPayment(api: TestApi, who: Person, what: object): Promise<Gym.Payment> {
  const { id } = (await place(api, who, what)).data;
  const path = `/api/v1/payments/${id}/pay?provider=wechat`;
  const address = await call<Gym.PayAddress>(api, 'GET', path, { token: who.token });
  if (address.status !== 200) throw new Error(`pay: ${address.status} ${JSON.stringify(address.body)}`);
  const [open] = await api.rows<{ number: string }>(
    `SELECT a.out_trade_no AS number FROM gym_payment p JOIN pay_attempt a ON a.order_id = p.order_id
     WHERE p.id = $1 AND a.state = 'open'`,
    [id],
  );
  await api.control('POST', '/control/pay', { outTradeNo: open?.number });
  return eventually(async () => {
    const payment = await paymentOf(api, who, id);
    return payment.status === 'success' && payment;
  }, 'the payment to count');
}

/** What the books hold of a payment by account, in fen, debits less credits; nothing where it is zero. */
export async function held(api: TestApi, paymentId: number): Promise<Record<string, number>> {
  const found = await api.rows<{ account: string; fen: string }>(
    `SELECT account, sum(fen) AS fen FROM gym_payment p JOIN (
       SELECT order_id, debit AS account, amount_fen AS fen FROM pay_ledger
       UNION ALL SELECT order_id, credit, -amount_fen FROM pay_ledger
     ) AS sides USING (order_id) WHERE p.id = $1 GROUP BY account HAVING sum(fen) <> 0 ORDER BY account`,
    [paymentId],
  );
  return Object.fromEntries(found.map(({ account, fen }) => [account, Number(fen)]));
}
