import { AccessToken, type ApiAnswer } from './wechat-api.js';

/** What WeChat hands out, and which of it it takes. */
interface Account {
  handsOut: number;
  takes: number;
}

function tokenOf(account: Account): { asked: boolean[]; send: () => Promise<ApiAnswer> } {
  const asked: boolean[] = [];
  const token = new AccessToken(
    async (fresh) => {
      asked.push(fresh);
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (fresh) account.takes = account.handsOut += 1;
      return { access_token: `token-${account.handsOut}`, expires_in: 7200 };
    },
    [40001],
  );
  const call = (given: string): Promise<ApiAnswer> =>
    Promise.resolve({ errcode: given === `token-${account.takes}` ? 0 : 40001 });
  return { asked, send: () => token.use(call) };
}

const all = (send: () => Promise<ApiAnswer>): Promise<ApiAnswer[]> =>
  Promise.all(Array.from({ length: 100 }, send));

it('whoever is refused because another process had the token replaced takes that one, and ends nobody’s', async () => {
  const account = { handsOut: 0, takes: 0 };
  const { asked, send } = tokenOf(account);
  await send();
  Object.assign(account, { handsOut: 1, takes: 1 });
  expect((await all(send)).every(({ errcode }) => errcode === 0)).toBe(true);
  expect(asked).toEqual([false, false]);
});

it('a hundred messages that are refused for the token that is handed out force one new token together', async () => {
  const account = { handsOut: 0, takes: 0 };
  const { asked, send } = tokenOf(account);
  await send();
  account.takes = -1;
  expect((await all(send)).every(({ errcode }) => errcode === 0)).toBe(true);
  expect(asked).toEqual([false, false, true]);
  expect(await send()).toEqual({ errcode: 0 });
});

it('two processes that share an account do not replace each other’s token in turn', async () => {
  const account = { handsOut: 0, takes: 0 };
  const [one, other] = [tokenOf(account), tokenOf(account)];
  await Promise.all([one.send(), other.send()]);
  account.takes = -1;
  await one.send();
  await other.send();
  await one.send();
  expect([...one.asked, ...other.asked].filter((forced) => forced)).toHaveLength(1);
});
