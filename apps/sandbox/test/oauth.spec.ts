import { openMerchant, type Merchant } from './merchant.js';

let shop: Merchant;

beforeAll(async () => {
  shop = await openMerchant();
});

afterAll(() => shop.sandbox.close());
afterEach(() => shop.control('POST', '/reset'));

async function get(path: string, query: Record<string, string>): Promise<Record<string, unknown>> {
  const response = await fetch(`${shop.sandbox.url}${path}?${new URLSearchParams(query)}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
}

function credentials() {
  const { WECHAT_APP_ID: appid, WECHAT_APP_SECRET: secret } = shop.sandbox.settings;
  return { appid, secret };
}

function exchange(code: string, change: Record<string, string> = {}) {
  return get('/sns/oauth2/access_token', {
    ...credentials(),
    code,
    grant_type: 'authorization_code',
    ...change,
  });
}

describe('a code', () => {
  it('gives the openid once', async () => {
    const { body } = await shop.control<{ code: string }>('POST', '/oauth-code', { openid: 'oSBmember' });
    expect(await exchange(body.code)).toMatchObject({ openid: 'oSBmember', scope: 'snsapi_base' });
    expect(await exchange(body.code)).toMatchObject({ errcode: 40163 });
  });

  it('gives nothing to a stranger, and a refused try does not use it up', async () => {
    const { body } = await shop.control<{ code: string }>('POST', '/oauth-code', { openid: 'oSBmember' });
    expect(await exchange('made-up')).toMatchObject({ errcode: 40029 });
    expect(await exchange(body.code, { secret: 'guess' })).toMatchObject({ errcode: 40125 });
    expect(await exchange(body.code, { appid: 'wx0' })).toMatchObject({ errcode: 40013 });
    expect(await exchange(body.code)).toMatchObject({ openid: 'oSBmember' });
  });

  it('comes back to the page that asked, with its state', async () => {
    const query = new URLSearchParams({
      appid: credentials().appid,
      redirect_uri: 'http://127.0.0.1:8080/h5/enroll/1?from=menu',
      response_type: 'code',
      scope: 'snsapi_base',
      state: 'a&b',
    });
    const authorize = `${shop.sandbox.url}/connect/oauth2/authorize?${query}`;
    expect(await (await fetch(authorize)).text()).toContain('以谁的身份登录');
    const chosen = await fetch(`${authorize}&openid=oSBchosen`, { redirect: 'manual' });
    const back = new URL(chosen.headers.get('location') ?? '');
    expect(back.pathname + back.search).toContain('/h5/enroll/1?from=menu&code=');
    expect(back.searchParams.get('state')).toBe('a&b');
    expect(await exchange(back.searchParams.get('code') ?? '')).toMatchObject({ openid: 'oSBchosen' });
    const script = await fetch(authorize.replace('http%3A', 'javascript%3A'), { redirect: 'manual' });
    expect(script.status).toBe(400);
  });
});

it('who logs in is offered first those who paid a deposit, with what they paid for', async () => {
  const paid = async (openid: string, change: Record<string, unknown> = {}): Promise<void> => {
    const outTradeNo = await shop.trade(change);
    await shop.control('POST', '/pay', { outTradeNo, openid });
  };
  await paid('oSBmember');
  for (let n = 0; n < 8; n++) await paid(`oSBgym${n}`, { description: '月卡' });
  const query = new URLSearchParams({
    appid: credentials().appid,
    redirect_uri: 'http://127.0.0.1:8080/h5/mine',
    response_type: 'code',
    scope: 'snsapi_base',
    state: 'a',
  });
  const text = await (await fetch(`${shop.sandbox.url}/connect/oauth2/authorize?${query}`)).text();
  const offered = [...text.matchAll(/name="openid" value="(oSB(?:member|gym\d))"/g)].map(
    ([, openid]) => openid,
  );
  expect([offered.length, offered[0]]).toEqual([8, 'oSBmember']);
  expect(text).toContain('21天早起打卡训练营 - 押金');
});

describe('template messages', () => {
  const accessToken = () => get('/cgi-bin/token', { ...credentials(), grant_type: 'client_credential' });
  const send = async (token: unknown, message: Record<string, unknown>) => {
    const url = `${shop.sandbox.url}/cgi-bin/message/template/send?access_token=${String(token)}`;
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(message) });
    return (await response.json()) as Record<string, unknown>;
  };
  const message = {
    touser: 'oSBmember',
    template_id: 'DEMO_REFUND_TEMPLATE',
    data: {
      thing1: { value: '早起营' },
      amount2: { value: '99.00元' },
      time3: { value: '2026年11月21日 12:00' },
    },
  };

  it('are taken with a valid token', async () => {
    const { access_token: token } = await accessToken();
    expect(await send(token, message)).toMatchObject({ errcode: 0, errmsg: 'ok' });
    const { body } = await shop.control('GET', '/messages');
    expect(body).toMatchObject([
      { openid: 'oSBmember', templateId: 'DEMO_REFUND_TEMPLATE', data: message.data },
    ]);
  });

  it('are refused without one, and to people who do not follow', async () => {
    const { access_token: token } = await accessToken();
    expect(await send('made-up', message)).toMatchObject({ errcode: 40001 });
    expect(await send(token, { ...message, touser: 'nofollow-1' })).toMatchObject({ errcode: 43004 });
    expect(await send(token, { ...message, template_id: 'T1' })).toMatchObject({ errcode: 40037 });
    for (const value of ['', '一'.repeat(21), '两\n行']) {
      const data = { ...message.data, thing1: { value } };
      expect(await send(token, { ...message, data })).toMatchObject({ errcode: 47003 });
    }
    expect((await shop.control('GET', '/messages')).body).toEqual([]);
  });

  it('accept the stable token, which stays the same until it is forced to change', async () => {
    const stable = async (force: boolean) => {
      const body = JSON.stringify({
        ...credentials(),
        grant_type: 'client_credential',
        force_refresh: force,
      });
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${shop.sandbox.url}/cgi-bin/stable_token`, {
        method: 'POST',
        headers,
        body,
      });
      return (await response.json()) as { access_token: string };
    };
    const [first, second, forced] = [await stable(false), await stable(false), await stable(true)];
    expect(second.access_token).toBe(first.access_token);
    expect(forced.access_token).not.toBe(first.access_token);
    expect(await send(forced.access_token, message)).toMatchObject({ errcode: 0 });
  });
});
