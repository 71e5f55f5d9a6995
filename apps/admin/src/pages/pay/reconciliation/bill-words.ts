import { counted, words } from '../../../kit/text.js';

/** What is said of gateways' bills. */
export const billWords = words(
  {
    state: { waiting: '未取到', complete: '已读入', none: '无交易', broken: '不可信' },
    day: '日期',
    gateway: '渠道',
    allGateways: '全部渠道',
    rows: '明细',
    paid: '付款',
    refunded: '退款',
    net: '净额',
    fee: '手续费',
    open: '未处理差异',
    openOf: (n: number) => `${n} 笔差异`,
    read: '读入时间',
    none: '—',
  },
  {
    state: { waiting: 'Not there yet', complete: 'Read', none: 'No trades', broken: 'Not trusted' },
    day: 'Day',
    gateway: 'Gateway',
    allGateways: 'All gateways',
    rows: 'Lines',
    paid: 'Paid',
    refunded: 'Refunded',
    net: 'Net',
    fee: 'Fees',
    open: 'Open differences',
    openOf: (n: number) => counted(n, 'difference'),
    read: 'Read at',
    none: '—',
  },
);
