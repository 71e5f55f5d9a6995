import type { Calls } from '@yajin/server';
import { AccessToken, pagesAt, textIn, WechatApi, type ApiAnswer } from './wechat-api.js';
import {
  WechatAccount,
  type Delivery,
  type MemberMessage,
  type SignInPages,
  type WechatOptions,
} from './wechat-account.js';

/** Invalid and expired: https://developer.work.weixin.qq.com/document/path/90313 */
const TOKEN_REFUSED = [40014, 42001];
/** The code is wrong, used up or too old (same list). */
const BAD_CODE = [40029];

/**
 * A corporation of WeCom (企业微信). Whoever belongs to it is a `userid`, which WeChat Pay does not know: it is exchanged for the
 * openid that pays. Everybody else has an openid at once.
 */
export class WecomAccount extends WechatAccount {
  private readonly token: AccessToken;
  private readonly api: WechatApi;

  constructor(
    private readonly config: WechatOptions,
    calls: Calls,
  ) {
    super();
    const { appId: corpid, appSecret: corpsecret, apiBase } = config;
    this.api = new WechatApi('wecom', apiBase, calls);
    // https://developer.work.weixin.qq.com/document/path/91039: the same token until it is near its end.
    this.token = new AccessToken(
      () => this.api.call('GET', '/cgi-bin/gettoken', { corpid, corpsecret }),
      TOKEN_REFUSED,
    );
  }

  /** https://developer.work.weixin.qq.com/document/path/91022 */
  get pages(): SignInPages {
    const { appId, agentId } = this.config;
    const { base, wechatOnly } = pagesAt(this.config.apiBase);
    return {
      appId,
      authorizeUrl: `${base}/connect/oauth2/authorize${agentId === null ? '' : `?agentid=${agentId}`}`,
      wechatOnly,
      cashierUrl: wechatOnly ? null : `${base}/cashier`,
    };
  }

  /** https://developer.work.weixin.qq.com/document/path/91023 and 90202 */
  async openidOf(code: string): Promise<string | null> {
    const who = await this.call('GET', '/cgi-bin/auth/getuserinfo', { code });
    if (who.errcode !== undefined && BAD_CODE.includes(who.errcode)) return null;
    succeeded('getuserinfo', who);
    // Older answers spell them with capitals.
    const userid = textIn(who, 'userid') ?? textIn(who, 'UserId');
    if (userid === null) return textIn(who, 'openid') ?? textIn(who, 'OpenId');
    const converted = await this.call('POST', '/cgi-bin/user/convert_to_openid', {}, { userid });
    succeeded('convert_to_openid', converted);
    return textIn(converted, 'openid');
  }

  writes(): boolean {
    return this.config.agentId !== null;
  }

  /**
   * https://developer.work.weixin.qq.com/document/path/90236: an application writes to members of its corporation only, so
   * whoever is none cannot be told.
   */
  async send({ openid, text }: MemberMessage): Promise<Delivery> {
    const member = await this.call('POST', '/cgi-bin/user/convert_to_userid', {}, { openid });
    const touser = textIn(member, 'userid');
    if (touser === null) return refused(member);
    const agentid = Number(this.config.agentId);
    const body = { touser, msgtype: 'text', agentid, text: { content: text } };
    const answer = await this.call('POST', '/cgi-bin/message/send', {}, body);
    // Taken as a whole, yet not for whom it was meant.
    if (answer.errcode === 0 && textIn(answer, 'invaliduser') !== null)
      return { taken: false, code: '81013', message: 'invaliduser' };
    return answer.errcode === 0 ? { taken: true } : refused(answer);
  }

  private call(
    method: 'GET' | 'POST',
    path: string,
    query: Record<string, string>,
    body?: object,
  ): Promise<ApiAnswer> {
    return this.token.use((access_token) => this.api.call(method, path, { access_token, ...query }, body));
  }
}

function refused(answer: ApiAnswer): Delivery {
  return { taken: false, code: String(answer.errcode), message: answer.errmsg ?? '' };
}

function succeeded(what: string, answer: ApiAnswer): void {
  if (answer.errcode !== 0) throw new Error(`WeCom refuses ${what}: ${answer.errcode} ${answer.errmsg}`);
}
