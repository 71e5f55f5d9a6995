import type { TemplateKind } from '../../../system/index.js';

export class WechatOptions {
  constructor(
    readonly apiBase: string,
    /** `wx…` of an official account, or `ww…` of a WeCom corporation. */
    readonly appId: string,
    /** The account's, or that of the corporation's application. */
    readonly appSecret: string,
    /** WeCom only: the application that members open and that writes to them. */
    readonly agentId: string | null,
  ) {}
}

/** What a member is told, in the forms that accounts take. */
export interface MemberMessage {
  openid: string;
  kind: TemplateKind;
  /** Null where no template is set. */
  templateId: string | null;
  /** By the template's fields. */
  data: Record<string, string>;
  /** For accounts without templates. */
  text: string;
}

/** `code` and `message` are WeChat's own. */
export type Delivery = { taken: true } | { taken: false; code: string; message: string };

/** Where a browser goes to say who it is. */
export interface SignInPages {
  appId: string;
  authorizeUrl: string;
  /** Whether that page opens only inside of WeChat. */
  wechatOnly: boolean;
  /** No phone can scan the sandbox's codes, so it has a page for them. */
  cashierUrl: string | null;
}

/** The account that members meet: it tells who a browser is, and writes to payers. */
export abstract class WechatAccount {
  abstract readonly pages: SignInPages;
  /** The openid behind an OAuth code; null when the code is not (or no longer) good. @throws Error when WeChat says nothing clear */
  abstract openidOf(code: string): Promise<string | null>;
  /** Whether it can write to members at all. */
  abstract writes(templateId: string | null): boolean;
  /** @throws Error when WeChat says nothing clear: it may have taken the message */
  abstract send(message: MemberMessage): Promise<Delivery>;
}
