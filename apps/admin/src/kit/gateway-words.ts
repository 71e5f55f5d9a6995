import { useWords, words } from './text.js';

/** The payment gateways, by their names in the API. */
export const gatewayWords = words<Record<string, string>>(
  {
    'wechat-v3': '微信支付',
    'wechat-v2': '微信支付（v2）',
    alipay: '支付宝',
    shouqianba: '收钱吧',
    'bank-card': '银行卡',
    test: '测试支付',
  },
  {
    'wechat-v3': 'WeChat Pay',
    'wechat-v2': 'WeChat Pay (v2)',
    alipay: 'Alipay',
    shouqianba: 'Shouqianba',
    'bank-card': 'Bank card',
    test: 'Test payment',
  },
);

/** A gateway of a deployment's own goes by its own name. */
export function useGatewayName(): (gateway: string) => string {
  const names = useWords(gatewayWords);
  return (gateway) => names[gateway] ?? gateway;
}
