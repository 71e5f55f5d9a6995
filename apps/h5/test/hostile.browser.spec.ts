import { createHash, randomUUID } from 'node:crypto';
import { addDays, businessDate } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import { decided, member, payByCode, person, placedOrder, type MadeCamp } from '@yajin/testing/factories';
import { hostile, HOSTILE, NO_ADDRESSES } from '@yajin/testing/hostile';
import { eventually, randomAddress } from '@yajin/testing/api';
import { Onlooker } from '@yajin/testing/onlooker';
import { Phones } from './phone.js';

const NARROW = { width: 390, height: 844 };
const WIDE = { width: 1440, height: 900 };

let phones: Phones;
let onlooker: Onlooker;
let camp: MadeCamp;
/** Orders as a browser keeps them: paid by a member, paid by somebody unknown, and not paid. */
let orders: Record<'member' | 'unbound' | 'open', KeptOrder>;
let personalLink: string;

interface KeptOrder {
  orderNo: string;
  ticket: string;
  campId: number;
  campName: string;
  payStatus: string;
  bindStatus: string;
  memberId: number | null;
  at: number;
  heardAt: number;
  payTime: string | null;
  placed?: object;
}

beforeAll(async () => {
  phones = await Phones.start();
  camp = await phones.camp();
  const [who, open] = [person(), person()];
  const paid = await member(phones.api, camp, who);
  const { memberId } = await decided(phones.api, paid);
  const kept = (order: Partial<KeptOrder> & { orderNo: string; ticket: string }): KeptOrder => ({
    campId: camp.id,
    campName: '营',
    payStatus: 'success',
    bindStatus: 'completed',
    memberId: null,
    at: Date.now(),
    heardAt: Date.now(),
    payTime: null,
    ...order,
  });
  const waiting = await placedOrder(phones.api, camp, open);
  const { planetUserId, nickname: planetNickname } = open;
  orders = {
    member: kept({ orderNo: paid.orderNo, ticket: paid.accessToken, memberId: memberId! }),
    unbound: kept({ ...(await paidByCode()), bindStatus: 'pending' }),
    open: kept({
      orderNo: waiting.orderNo,
      ticket: waiting.accessToken,
      payStatus: 'pending',
      bindStatus: 'pending',
      placed: { ...waiting, planetUserId, planetNickname },
    }),
  };
  const links = await phones.api.admin<Camp.PersonalLinks>('POST', `/api/admin/camps/${camp.id}/links`, {
    planetUserIds: [who.planetUserId],
  });
  personalLink = new URL(links.data.list[0]!.url).search;
  const page = await phones.open('/h5/', { agent: 'desktop', size: NARROW });
  onlooker = await Onlooker.at(page, [phones.api.url], '.loading');
  await page.reload();
});
afterAll(() => phones.stop());
beforeEach(() => onlooker.troubles.splice(0));
afterEach(() => expect(onlooker.troubles).toEqual([]));

/** Somebody paid by the fixed code of a camp, and opens the order with a ticket. */
async function paidByCode(): Promise<{ orderNo: string; ticket: string; campId: number }> {
  const { api } = phones;
  const other = await phones.camp();
  await payByCode(api, other, person());
  const find = async (): Promise<{ id: number; order_no: string } | undefined> =>
    (
      await api.rows<{ id: number; order_no: string }>(
        `SELECT o.id, o.order_no FROM pay_order o JOIN camp_order c ON c.order_id = o.id WHERE c.camp_id = $1 AND c.outcome = 'member'`,
        [other.id],
      )
    )[0];
  const order = await eventually(find, 'the payment by the fixed code');
  const ticket = `tk_${randomUUID()}`;
  await api.rows(`INSERT INTO camp_ticket VALUES ($1, $2, now() + interval '1 day')`, [
    createHash('sha256').update(ticket).digest(),
    order.id,
  ]);
  return { orderNo: order.order_no, ticket, campId: other.id };
}

/** What this browser knows of orders from now on; open pages hear of it as from another tab. */
async function keep(...known: KeptOrder[]): Promise<void> {
  const text = JSON.stringify(Object.fromEntries(known.map((order) => [order.orderNo, order])));
  await onlooker.page.evaluate((all) => {
    localStorage.setItem('yajin.h5.orders', all);
    dispatchEvent(new StorageEvent('storage'));
  }, text);
}

/** Every text comes up, two at a time. @param put says them; the page that is open must then show them */
async function eachPair(
  put: (name: string, nickname: string, round: number) => Promise<unknown>,
): Promise<void> {
  const { page } = onlooker;
  for (let round = 0; round < HOSTILE.length / 2; round += 1) {
    const pair = [hostile(round), hostile(round + HOSTILE.length / 2)] as const;
    await put(...pair, round);
    await page
      .waitForFunction((texts) => texts.every((text) => document.body.textContent.includes(text)), pair, {
        timeout: 30_000,
      })
      .catch(() => undefined);
    await onlooker.look([...pair]);
    await onlooker.measure();
  }
  await page.setViewportSize(WIDE);
  await onlooker.measure();
  await page.setViewportSize(NARROW);
}

/** In the database, for rows that the API would not take any more; the page asks again. */
async function writeCamp(name: string, nickname: string, round: number): Promise<void> {
  const address = NO_ADDRESSES[round % NO_ADDRESSES.length];
  await phones.api.rows('UPDATE camp SET name = $2, poster_url = $3, group_qrcode_url = $3 WHERE id = $1', [
    camp.id,
    name,
    address,
  ]);
  await phones.api.rows('UPDATE planet_user SET name = $1, alias = $1', [nickname]);
  await phones.api.rows('UPDATE camp_order SET planet_nickname = $1, wechat_nickname = $1', [nickname]);
  await phones.api.rows('UPDATE camp_member SET filled_planet_nickname = $1, filled_wechat_nickname = $1', [
    nickname,
  ]);
  await onlooker.page.context().setExtraHTTPHeaders({ 'x-forwarded-for': randomAddress() });
  // A page does not ask again while it waits for an answer, which may be from before these.
  await onlooker.answered();
  await onlooker.page.evaluate(() => {
    dispatchEvent(new Event('offline'));
    dispatchEvent(new Event('online'));
  });
}

it.each([
  ['progress', () => `/h5/progress/${orders.member.memberId}`],
  ["the group's code", () => `/h5/orders/${orders.member.orderNo}`],
  ['own data', () => `/h5/my-data/${orders.member.orderNo}`],
])(
  '200 names and nicknames are text on the page of %s, and no address of theirs is followed',
  async (_, at) => {
    await keep(orders.member);
    await onlooker.follow(at());
    await eachPair(writeCamp);
  },
);

it('200 names and nicknames are text on the page where one pays', async () => {
  await keep(orders.open);
  await onlooker.follow(`/h5/pay/${orders.open.orderNo}`);
  await eachPair((campName, planetNickname) =>
    keep({ ...orders.open, campName, placed: { ...orders.open.placed, planetNickname } }),
  );
});

it('200 names of camps are text where one says who one is, and among what one has enrolled in', async () => {
  await keep(orders.unbound);
  await onlooker.follow(`/h5/orders/${orders.unbound.orderNo}`);
  for (const campName of HOSTILE) {
    await keep({ ...orders.unbound, campName });
    await onlooker.look([campName]);
    await onlooker.measure();
  }
  await onlooker.follow(`/h5/mine?camp=${camp.id}`);
  for (let first = 0; first < HOSTILE.length; first += 50) {
    const names = HOSTILE.slice(first, first + 50);
    await keep(...names.map((campName, index) => ({ ...orders.unbound, orderNo: `PAY${index}`, campName })));
    await onlooker.look(names);
    await onlooker.measure();
  }
});

it('200 names of camps, descriptions and rules are text in the list, on the page of a camp and where one enrols', async () => {
  const { api } = phones;
  const { page } = onlooker;
  await keep();
  const today = businessDate(api.clock.now());
  const insert = (status: string, from: number, texts: string[]): Promise<unknown> =>
    api.rows(
      `INSERT INTO camp (name, poster_url, group_qrcode_url, description, deposit_fen, start_date, end_date, required_days,
         planet_project_id, rules, status, refunds_listed_at, created_at, updated_at)
       SELECT t, ($2::text[])[1 + n % $3], ($2::text[])[1 + n % $3], t, 9900, $4::date, $5::date, 1, '1', to_jsonb($1::text[]), $6,
         now(), now(), now()
       FROM unnest($1::text[]) WITH ORDINALITY AS x (t, n)`,
      [texts, NO_ADDRESSES, NO_ADDRESSES.length, addDays(today, from), addDays(today, from + 5), status],
    );
  for (const [status, from, texts] of [
    ['enrolling', 3, HOSTILE.slice(0, 100)],
    ['finished', -9, HOSTILE.slice(100)],
  ] as const) {
    await api.rows('UPDATE camp SET deleted_at = now() WHERE deleted_at IS NULL AND id <> $1', [camp.id]);
    await insert(status, from, texts);
    await page.context().setExtraHTTPHeaders({ 'x-forwarded-for': randomAddress() });
    await onlooker.follow(`/h5/?status=${status}`);
    const more = page.getByRole('button', { name: '查看更多' });
    while (await more.isVisible()) {
      await more.click();
      await onlooker.settled();
    }
    await onlooker.look(texts.slice(1));
    await onlooker.measure();
    await page.setViewportSize(WIDE);
    await onlooker.measure();
    await page.setViewportSize(NARROW);
  }
  await api.rows('UPDATE camp SET description = $2, rules = $3 WHERE id = $1', [
    camp.id,
    HOSTILE.join('\n'),
    JSON.stringify(HOSTILE),
  ]);
  await onlooker.follow(`/h5/camps/${camp.id}`);
  await onlooker.look(HOSTILE);
  await onlooker.measure();
  await onlooker.follow(`/h5/enroll/${camp.id}`);
  await eachPair((name, nickname, round) => writeCamp(`${name}${nickname}`, '', round));
});

it('a link that somebody else made up leads nowhere else, and what it says is text', async () => {
  await keep();
  const { page } = onlooker;
  for (const text of HOSTILE.filter((_, index) => index % 40 === 0)) {
    const written = encodeURIComponent(text);
    await page.context().setExtraHTTPHeaders({ 'x-forwarded-for': randomAddress() });
    for (const at of [
      `enroll/${camp.id}?planetUserId=${written}&sig=${written}`,
      `camps/${written}`,
      `orders/${written}`,
      `progress/${written}`,
      `nowhere/${written}`,
      `mine?camp=${written}`,
      `?status=${written}`,
    ]) {
      await onlooker.follow(`/h5/${at}`);
      await onlooker.look();
      await onlooker.measure();
    }
    await page.goto(`${phones.api.url}/h5/mine?code=${written}&state=${written}`);
    await onlooker.settled();
    await onlooker.look();
  }
  await page.goto(`${phones.api.url}/h5/enroll/${camp.id}${personalLink}`);
  await onlooker.settled();
  await onlooker.look();
});
