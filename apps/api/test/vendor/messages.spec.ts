import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { differences, vendorAnswer, type Said, type VendorAnswer } from '@yajin/core/vendor-book';
import { createSandbox, type Account, type Sandbox } from '@yajin/sandbox';
import { Logger } from '@nestjs/common';
import { Calls } from '@yajin/server';
import { OfficialAccount } from '../../src/lines/camp/wechat/official-account.js';
import type { MemberMessage, WechatAccount } from '../../src/lines/camp/wechat/wechat-account.js';
import { WecomAccount } from '../../src/lines/camp/wechat/wecom-account.js';

// Each call is a line of the log.
beforeAll(() => void Logger.overrideLogger(false));

/** What an entry may ask for instead of the usual. */
interface Request {
  path: string;
  openid: string;
  kind: MemberMessage['kind'];
  templateId: string;
  data: Record<string, string>;
  code?: string;
  appId?: string;
  agentId?: string;
}

const DATA = { thing1: '早起营', amount2: '99.00元', time3: '2026年11月21日 12:00' };

function requestOf({ request }: VendorAnswer): Request {
  const usual = { openid: 'oMember', kind: 'template', templateId: 'DEMO_REFUND_TEMPLATE', data: DATA };
  return { ...usual, ...request } as unknown as Request;
}

function bookOf(folder: string): VendorAnswer[] {
  const directory = join(import.meta.dirname, folder);
  return readdirSync(directory).map((file) =>
    vendorAnswer(file, readFileSync(join(directory, file), 'utf8')),
  );
}

function accountAt(
  apiBase: string,
  account: Account,
  id: { appId: string; appSecret: string; agentId: string },
): WechatAccount {
  return account === 'wecom'
    ? new WecomAccount({ apiBase, ...id }, new Calls())
    : new OfficialAccount({ apiBase, ...id, agentId: null }, new Calls());
}

describe.each([
  ['official-account', 'official', 11],
  ['wecom', 'wecom', 8],
] as const)('%s', (folder, account, entries) => {
  const book = bookOf(folder);
  const calls: string[] = [];
  let entry: VendorAnswer;
  let server: Server;
  let sandbox: Sandbox;
  let base: string;
  beforeAll(async () => {
    sandbox = await createSandbox({ dataFile: ':memory:', port: 0, account });
    server = createServer((request, response) => {
      const path = new URL(request.url ?? '', 'http://127.0.0.1').pathname;
      calls.push(path);
      const body = path === entry.request['path'] ? entry.answer.body : usual(path);
      response.end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await sandbox.close();
  });

  /** What the other calls on the way are answered. */
  function usual(path: string): object {
    const token = { access_token: 'TOKEN', expires_in: 7200 };
    const { openid } = requestOf(entry);
    if (path === '/cgi-bin/stable_token' || path === '/cgi-bin/gettoken') return { errcode: 0, ...token };
    if (path === '/cgi-bin/user/convert_to_openid') return { errcode: 0, openid };
    return { errcode: 0, errmsg: 'ok', userid: openid.replace(/^oWC_/, '') };
  }

  it(`the book has at least ${entries} answers`, () => {
    expect(book.length).toBeGreaterThanOrEqual(entries);
  });

  it.each(book)('the adapter reads: $name: $says', async (each) => {
    entry = each;
    calls.length = 0;
    const asked = requestOf(entry);
    const adapter = accountAt(base, account, { appId: 'x1', appSecret: 's', agentId: '1000002' });
    const made =
      entry.call === 'openidOf'
        ? await adapter.openidOf(asked.code ?? 'CODE')
        : await adapter.send({ ...asked, text: 'text' });
    if (!('returns' in entry.means)) throw new Error('such an entry returns');
    const { returns } = entry.means;
    if (typeof returns === 'string') expect(made).toBe(returns === 'null' ? null : returns);
    else expect(made).toMatchObject(returns);
    const body = entry.answer.body as { errcode?: number };
    const again = [40001, 40014].includes(body.errcode ?? 0);
    expect(calls.filter((path) => path === asked.path)).toHaveLength(again ? 2 : 1);
  });

  it.each(book)('the sandbox says: $name: $says', async (each) => {
    entry = each;
    expect(differences(await said(requestOf(entry)), entry)).toEqual([]);
  });

  async function said(asked: Request): Promise<Said> {
    const { settings, url } = sandbox;
    const id = { appid: asked.appId ?? settings.WECHAT_APP_ID, secret: settings.WECHAT_APP_SECRET };
    const code =
      asked.code ?? (await post<{ code: string }>('/control/oauth-code', { openid: asked.openid })).code;
    const grant =
      account === 'wecom'
        ? await get(`/cgi-bin/gettoken?corpid=${id.appid}&corpsecret=${id.secret}`)
        : await post<Record<string, unknown>>('/cgi-bin/stable_token', {
            ...id,
            grant_type: 'client_credential',
          });
    const token = `access_token=${String(grant['access_token'])}`;
    for (const { path, body } of entry.sandbox) await post(`/control/${path}`, body);
    const userid = asked.openid.replace(/^oWC_/, '');
    const fields = Object.fromEntries(Object.entries(asked.data).map(([key, value]) => [key, { value }]));
    const bodies: Record<string, object> = {
      '/cgi-bin/message/send': {
        touser: userid,
        msgtype: 'text',
        agentid: Number(asked.agentId ?? settings.WECHAT_AGENT_ID),
        text: { content: 'text' },
      },
      '/cgi-bin/user/convert_to_openid': { userid },
      '/cgi-bin/user/convert_to_userid': { openid: asked.openid },
    };
    const message = { touser: asked.openid, template_id: asked.templateId, data: fields };
    const query =
      asked.path === '/sns/oauth2/access_token'
        ? new URLSearchParams({ ...id, code, grant_type: 'authorization_code' }).toString()
        : `${token}&code=${code}`;
    const answer =
      asked.path.includes('oauth2') || asked.path.includes('getuserinfo')
        ? await fetch(`${url}${asked.path}?${query}`)
        : await send(`${asked.path}?${query}`, bodies[asked.path] ?? message);
    const text = await answer.text();
    return { status: answer.status, signed: null, headers: {}, body: JSON.parse(text) };
  }

  const send = (path: string, body: object): Promise<Response> =>
    fetch(`${sandbox.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const post = async <T>(path: string, body: object): Promise<T> =>
    (await (await send(path, body)).json()) as T;
  const get = async (path: string): Promise<Record<string, unknown>> =>
    (await (await fetch(`${sandbox.url}${path}`)).json()) as Record<string, unknown>;
});
