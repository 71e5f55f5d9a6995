import { randomUUID } from 'node:crypto';
import type { Camp } from '@yajin/contract';
import { decided, pay, person, publishedCamp, statusOf, type MadeCamp, type Person } from './factories.js';
import type { Answer, TestApi } from './api.js';

/** A browser of somebody's own, as a header. */
export const browser = (): string => `yajin_browser=${randomUUID()}`;

/** Asks for an order from a browser. @param sig of a personal link */
export function placeFrom(
  api: TestApi,
  camp: MadeCamp,
  who: Person,
  cookie: string,
  sig?: string,
): Promise<Answer<Camp.CreatedPayment>> {
  return api.call<Camp.CreatedPayment>('POST', '/api/h5/payments', {
    headers: { cookie },
    body: {
      campId: camp.id,
      planetUserId: who.planetUserId,
      planetNickname: who.nickname,
      ...(sig ? { sig } : {}),
    },
  });
}

/** An order from a browser that is ready to be paid at the gateway. */
export async function openFrom(
  api: TestApi,
  camp: MadeCamp,
  who: Person,
  cookie: string,
  sig?: string,
): Promise<Camp.CreatedPayment> {
  const placed = await placeFrom(api, camp, who, cookie, sig);
  if (placed.code !== 200) throw new Error(`payments: ${placed.code} ${placed.message}`);
  await api.call('GET', `${placed.data.payUrl}?scene=native`);
  return placed.data;
}

/** Enrols from a browser, and pays. */
export async function memberFrom(
  api: TestApi,
  camp: MadeCamp,
  who: Person,
  cookie = browser(),
  sig?: string,
): Promise<Camp.CreatedPayment> {
  const order = await openFrom(api, camp, who, cookie, sig);
  await pay(api, order, who);
  await decided(api, order);
  return order;
}

/** The signature of somebody's personal link. */
export async function signatureOf(api: TestApi, camp: MadeCamp, who: Person): Promise<string> {
  const links = await api.admin<Camp.PersonalLinks>('POST', `/api/admin/camps/${camp.id}/links`, {
    planetUserIds: [who.planetUserId],
  });
  return new URL(links.data.list[0]!.url).searchParams.get('sig') ?? '';
}

/** Two payers who typed the same planet id, each in a browser of their own: the first has it, at the second people have to look. */
export async function contested(
  api: TestApi,
  options: Parameters<typeof publishedCamp>[1] = {},
): Promise<{
  camp: MadeCamp;
  owner: Person;
  holder: { order: Camp.CreatedPayment; id: number };
  newcomer: { order: Camp.CreatedPayment; id: number; cookie: string };
}> {
  const camp = await publishedCamp(api, options);
  const owner = person();
  const typist = { ...owner, openid: person().openid };
  const cookie = browser();
  const [first, second] = [await memberFrom(api, camp, typist), await memberFrom(api, camp, owner, cookie)];
  const idOf = async (order: Camp.CreatedPayment) => (await statusOf(api, order)).memberId!;
  return {
    camp,
    owner,
    holder: { order: first, id: await idOf(first) },
    newcomer: { order: second, id: await idOf(second), cookie },
  };
}

/** As if each member of a camp had shown their code: from then on the check-ins are surely theirs. */
export async function allProved(api: TestApi, camp: MadeCamp): Promise<void> {
  await api.rows('UPDATE camp_member SET proved_ref = planet_user_ref WHERE camp_id = $1', [camp.id]);
}

/** What a camp's account holds, in yuan; credit is negative. */
export async function balance(api: TestApi, camp: MadeCamp, account: string): Promise<number> {
  const ledger = await api.admin<Camp.LedgerPage>('GET', `/api/admin/ledger?campId=${camp.id}`);
  const { balances } = ledger.data;
  expect(Math.round(balances.reduce((sum, each) => sum + each.balance * 100, 0))).toBe(0);
  return balances.find((each) => each.account === account)?.balance ?? 0;
}
