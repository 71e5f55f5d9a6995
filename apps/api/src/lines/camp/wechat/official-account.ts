import type { Calls } from '@yajin/server';
import { AccessToken, pagesAt, textIn, WechatApi } from './wechat-api.js';
import {
  WechatAccount,
  type Delivery,
  type MemberMessage,
  type SignInPages,
  type WechatOptions,
} from './wechat-account.js';

/**
 * "Not latest" and "expired": https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html
 */
const TOKEN_REFUSED = [40001, 40014, 42001];
/** Where each kind of message goes: https://developers.weixin.qq.com/doc/service/en/api/notify/notify/api_sendnewsubscribemsg.html */
const PATHS = {
  template: '/cgi-bin/message/template/send',
  subscription: '/cgi-bin/message/subscribe/bizsend',
} as const;

/** A 公众号, as https://developers.weixin.qq.com/doc/offiaccount/ describes it. */
export class OfficialAccount extends WechatAccount {
  private readonly token: AccessToken;
  private readonly api: WechatApi;

  constructor(
    private readonly config: WechatOptions,
    calls: Calls,
  ) {
    super();
    const { appId, appSecret, apiBase } = config;
    this.api = new WechatApi('wechat-account', apiBase, calls);
    // A stable token is given out again while it lasts, unless a fresh one is forced.
    this.token = new AccessToken((fresh) => {
      const body = { grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: fresh };
      return this.api.call('POST', '/cgi-bin/stable_token', {}, body);
    }, TOKEN_REFUSED);
  }

  /** https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html */
  get pages(): SignInPages {
    const { base, wechatOnly } = pagesAt(this.config.apiBase);
    return {
      appId: this.config.appId,
      authorizeUrl: `${base}/connect/oauth2/authorize`,
      wechatOnly,
      cashierUrl: wechatOnly ? null : `${base}/cashier`,
    };
  }

  async openidOf(code: string): Promise<string | null> {
    const { appId, appSecret } = this.config;
    const answer = await this.api.call('GET', '/sns/oauth2/access_token', {
      appid: appId,
      secret: appSecret,
      code,
      grant_type: 'authorization_code',
    });
    return textIn(answer, 'openid');
  }

  writes(templateId: string | null): boolean {
    return templateId !== null;
  }

  async send({ openid, templateId, kind, data }: MemberMessage): Promise<Delivery> {
    const fields = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, { value }]));
    const body = { touser: openid, template_id: templateId, data: fields };
    const answer = await this.token.use((access_token) =>
      this.api.call('POST', PATHS[kind], { access_token }, body),
    );
    if (answer.errcode === 0) return { taken: true };
    return { taken: false, code: String(answer.errcode), message: answer.errmsg ?? '' };
  }
}
