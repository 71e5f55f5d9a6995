import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { Calls } from '@yajin/server';
import { OfficialAccount } from '../../src/lines/camp/wechat/official-account.js';
import type { MemberMessage } from '../../src/lines/camp/wechat/wechat-account.js';
import { WecomAccount } from '../../src/lines/camp/wechat/wecom-account.js';

// Each call is a line of the log.
beforeAll(() => void Logger.overrideLogger(false));

const message: MemberMessage = {
  openid: 'oMember',
  kind: 'template',
  templateId: 'T1',
  data: { thing1: '早起营' },
  text: 'text',
};
const said =
  (status: number, body: string, type = 'application/json') =>
  (response: ServerResponse): unknown =>
    response.writeHead(status, { 'content-type': type, location: '/elsewhere' }).end(body);

let server: Server;
let base: string;
let requests = 0;
let answer: (response: ServerResponse) => unknown;
beforeAll(async () => {
  server = createServer((_request, response) => {
    requests += 1;
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe.each([
  ['an HTML page', said(200, '<html>busy</html>', 'text/html')],
  ['an empty body', said(200, '')],
  ['202', said(202, '{"errcode":0}')],
  ['204', said(204, '')],
  ['302', said(302, '')],
  ['502', said(502, '{"errcode":0,"openid":"oOther"}')],
  ['a truncated body', said(200, '{"errcode":0,"openid":"oOth')],
  ['a list', said(200, '[{"errcode":0}]')],
  ['a wrong content type and half a word', said(200, '"ok"', 'image/png')],
  ['100 kB of garbage', said(200, `{"errcode":0,"openid":"${'x'.repeat(100_000)}"}`)],
  ['busy (-1)', said(200, '{"errcode":-1,"errmsg":"system error"}')],
  ['silence', () => undefined],
])('%s', (_what, given) => {
  it.each([
    [
      'an official account',
      (id: string) =>
        new OfficialAccount({ apiBase: base, appId: id, appSecret: 's', agentId: null }, new Calls()),
    ],
    [
      'WeCom',
      (id: string) =>
        new WecomAccount({ apiBase: base, appId: id, appSecret: 's', agentId: '1' }, new Calls()),
    ],
  ])(
    'of %s is nobody’s identity and no message taken, and is asked for once a call',
    async (_account, make) => {
      answer = given;
      requests = 0;
      const account = make('x1');
      await expect(account.openidOf('CODE')).rejects.toThrow(/WeChat/);
      await expect(account.send(message)).rejects.toThrow(/WeChat/);
      expect(requests).toBe(2);
    },
  );
});
