import { AccessToken, type ApiAnswer } from './wechat-api.js';

it('a hundred messages that are refused for their token at once force one new token, for WeChat gives out twenty a day', async () => {
  let good = 0;
  const asked: boolean[] = [];
  const token = new AccessToken(
    async (fresh) => {
      asked.push(fresh);
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (fresh) good += 1;
      return { access_token: `token-${good}`, expires_in: 7200 };
    },
    [40001],
  );
  const call = (given: string): Promise<ApiAnswer> =>
    Promise.resolve({ errcode: given === `token-${good}` ? 0 : 40001 });
  await token.use(call);
  good = 1;
  const answers = await Promise.all(Array.from({ length: 100 }, () => token.use(call)));
  expect(answers.every(({ errcode }) => errcode === 0)).toBe(true);
  expect(asked).toEqual([false, true]);
  expect(await token.use(call)).toEqual({ errcode: 0 });
});
