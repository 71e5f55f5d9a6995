import { Tag } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useWords } from '../../../kit/text.js';
import { payWords } from '../pay-words.js';

const ORDER_COLORS = { pending: 'gold', paid: 'green', closed: 'default' } as const;
export const MONEY_COLORS = { pending: 'gold', processing: 'blue', success: 'green', failed: 'red' } as const;

export function OrderTag({ status }: { status: Console.OrderStatus }): ReactNode {
  return <Tag color={ORDER_COLORS[status]}>{useWords(payWords).order[status]}</Tag>;
}

export function RefundTag({ status }: { status: Console.MoneyStatus }): ReactNode {
  return <Tag color={MONEY_COLORS[status]}>{useWords(payWords).refund[status]}</Tag>;
}

export function TransferTag({ status }: { status: Console.MoneyStatus }): ReactNode {
  return <Tag color={MONEY_COLORS[status]}>{useWords(payWords).transfer[status]}</Tag>;
}

/** Money of which nobody knows yet whether it arrived. */
export function underWay({ status }: { status: string }): boolean {
  return status === 'pending' || status === 'processing';
}
