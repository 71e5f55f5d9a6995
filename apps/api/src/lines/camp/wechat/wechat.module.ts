import { Module } from '@nestjs/common';
import { Calls } from '@yajin/server';
import { OfficialAccount } from './official-account.js';
import { WechatAccount, WechatOptions } from './wechat-account.js';
import { WecomAccount } from './wecom-account.js';

/** A corporation's ids begin with `ww`, those of official accounts with `wx`. */
function accountOf(options: WechatOptions, calls: Calls): WechatAccount {
  return options.appId.startsWith('ww')
    ? new WecomAccount(options, calls)
    : new OfficialAccount(options, calls);
}

/** The account in whose name members are met. */
@Module({
  providers: [{ provide: WechatAccount, inject: [WechatOptions, Calls], useFactory: accountOf }],
  exports: [WechatAccount],
})
export class WechatModule {}
