import {
  alipayGateway,
  bankCardGateway,
  shouqianbaGateway,
  testGateway,
  wechatV2Gateway,
  wechatV3Gateway,
  withWebhook,
  type Gateway,
} from '@yajin/payment';
import type { Env } from './env.js';

/** The gateways that the environment configures. To add one, see docs/adding-a-gateway.md. */
export function gatewaysOf({ wechat, gateways, demo }: Env): Gateway[] {
  const { wechatV2, alipay, shouqianba, bankCard, webhookKeys } = gateways;
  const v3 = wechatV3Gateway(wechat);
  const found: Gateway[] = [webhookKeys.wechat === null ? v3 : withWebhook(v3, webhookKeys.wechat)];
  if (wechatV2) found.push(wechatV2Gateway(wechatV2));
  if (alipay) {
    const gateway = alipayGateway(alipay);
    found.push(webhookKeys.alipay === null ? gateway : withWebhook(gateway, webhookKeys.alipay));
  }
  if (shouqianba) found.push(shouqianbaGateway(shouqianba));
  if (bankCard) found.push(bankCardGateway(bankCard));
  if (demo) found.push(testGateway({ production: !demo }));
  return found;
}
