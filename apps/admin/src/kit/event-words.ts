import { useWords, words } from './text.js';

const text = words<Record<string, string>>(
  {
    'TRANSACTION.SUCCESS': '支付成功',
    'REFUND.SUCCESS': '退款成功',
    'REFUND.ABNORMAL': '退款异常',
    'REFUND.CLOSED': '退款关闭',
    PAYMENT: '支付结果',
    REFUND: '退款结果',
    TRANSFER: '转账结果',
    QUERY: '查询结果',
    HINT: '状态有变化（随后已查询）',
    TRADE_SUCCESS: '支付成功',
    TRADE_CLOSED: '交易关闭',
    TRADE_FINISHED: '交易完结',
    WAIT_BUYER_PAY: '等待付款',
    UNKNOWN: '没有说明种类',
  },
  {
    'TRANSACTION.SUCCESS': 'paid',
    'REFUND.SUCCESS': 'refund arrived',
    'REFUND.ABNORMAL': 'refund in limbo',
    'REFUND.CLOSED': 'refund closed',
    PAYMENT: 'a payment',
    REFUND: 'a refund',
    TRANSFER: 'a transfer',
    QUERY: 'answer to a query',
    HINT: 'something changed (asked thereafter)',
    TRADE_SUCCESS: 'paid',
    TRADE_CLOSED: 'trade closed',
    TRADE_FINISHED: 'trade finished',
    WAIT_BUYER_PAY: 'waiting for the payer',
    UNKNOWN: 'of no kind that it names',
  },
);

/** What a gateway's notification says, within a sentence; what it names beyond these is shown as it is. */
export function useEventName(): (eventType: string) => string {
  const names = useWords(text);
  return (eventType) => names[eventType] ?? eventType;
}
