import { Injectable } from '@nestjs/common';

const TIMEOUT_MS = 5000;

export interface WechatAccountConfig {
  apiBase: string;
  appId: string;
  appSecret: string;
}

interface Answer {
  errcode?: number;
  errmsg?: string;
  openid?: string;
  access_token?: string;
  expires_in?: number;
}

/**
 * The WeChat account members follow: tells who a browser is (OAuth) and writes to payers (template
 * messages), as described at https://developers.weixin.qq.com/doc/offiaccount/.
 */
@Injectable()
export class WechatAccount {
  private token: { value: string; until: number } | null = null;

  constructor(private readonly config: WechatAccountConfig) {}

  /**
   * Where a browser goes to say who it is. WeChat's own page is on another host than its API, and opens only inside of
   * WeChat: https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html
   */
  get pages(): { appId: string; authorizeUrl: string; wechatOnly: boolean; cashierUrl: string | null } {
    const { appId, apiBase } = this.config;
    const wechatOnly = new URL(apiBase).hostname.endsWith('.weixin.qq.com');
    const base = wechatOnly ? 'https://open.weixin.qq.com' : apiBase;
    return {
      appId,
      authorizeUrl: `${base}/connect/oauth2/authorize`,
      wechatOnly,
      // No phone can scan the sandbox's codes, so it has a page for them.
      cashierUrl: wechatOnly ? null : `${base}/cashier`,
    };
  }

  /** The openid behind an OAuth code; null when the code is not (or no longer) good. */
  async openidOf(code: string): Promise<string | null> {
    const answer = await this.call('GET', '/sns/oauth2/access_token', {
      appid: this.config.appId,
      secret: this.config.appSecret,
      code,
      grant_type: 'authorization_code',
    });
    return answer.openid ?? null;
  }

  /** @returns whether WeChat took the message; a payer who does not follow the account gets none */
  async send(message: {
    openid: string;
    templateId: string;
    data: Record<string, string>;
  }): Promise<boolean> {
    const data = Object.fromEntries(Object.entries(message.data).map(([key, value]) => [key, { value }]));
    const body = { touser: message.openid, template_id: message.templateId, data };
    const answer = await this.call(
      'POST',
      '/cgi-bin/message/template/send',
      { access_token: await this.accessToken() },
      body,
    );
    if (answer.errcode === 40001 || answer.errcode === 42001) this.token = null;
    return answer.errcode === 0;
  }

  private async accessToken(): Promise<string> {
    if (this.token && this.token.until > Date.now()) return this.token.value;
    const body = { grant_type: 'client_credential', appid: this.config.appId, secret: this.config.appSecret };
    const answer = await this.call('POST', '/cgi-bin/stable_token', {}, body);
    if (!answer.access_token)
      throw new Error(`WeChat gives no access token: ${answer.errcode} ${answer.errmsg}`);
    this.token = {
      value: answer.access_token,
      until: Date.now() + ((answer.expires_in ?? 300) - 120) * 1000,
    };
    return answer.access_token;
  }

  private async call(
    method: string,
    path: string,
    query: Record<string, string>,
    body?: object,
  ): Promise<Answer> {
    const response = await fetch(`${this.config.apiBase}${path}?${new URLSearchParams(query).toString()}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`WeChat answers ${response.status} to ${path}`);
    return (await response.json()) as Answer;
  }
}
