import { Typography, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useLook } from '../../kit/api.js';
import { money, time } from '../../kit/format.js';
import { List } from '../../kit/list.js';
import { Page } from '../../kit/page.js';
import { useWords, words } from '../../kit/text.js';
import { useAddress } from '../../kit/url.js';
import { menuWords } from '../../shell/menu.js';
import { Choice, keyOf, LineChoice } from './kit/filters.js';
import { RefundTag, underWay } from './kit/tags.js';
import { OrderDrawer } from './order-drawer.js';
import { payWords, useLineNames } from './pay-words.js';

const text = words(
  {
    about: '各业务线退给付款人的钱。审核和重试在各业务线自己的页面。',
    number: '退款单号',
    reason: '原因',
    arrived: '到账时间',
  },
  {
    about: 'What goes back to payers, of all lines. Each line reviews and retries on its own page.',
    number: 'Refund',
    reason: 'Why',
    arrived: 'Arrived',
  },
);

const POLL_MS = 5_000;
const ADDRESS = { line: '', status: '', page: '1', pageSize: '20', open: '' };

/** The refunds of all lines, as the gateways carry them out. */
export function PayRefunds(): ReactNode {
  const t = useWords(text);
  const common = useWords(payWords);
  const { payRefunds: title } = useWords(menuWords);
  const [address, change] = useAddress(ADDRESS);
  const query = {
    line: keyOf(useLineNames(), address.line),
    status: keyOf(common.refund, address.status),
    page: Number(address.page),
    pageSize: Number(address.pageSize),
  };
  const first = useLook('listPayRefunds', { query }, { keep: true });
  // While money is on its way the page follows it.
  const moving = first.data?.list.some(underWay) ?? false;
  const answer = useLook('listPayRefunds', { query }, { keep: true, every: moving && POLL_MS });
  return (
    <Page title={title} about={t.about}>
      <List<Console.PayRefund>
        label={title}
        filters={
          <>
            <LineChoice value={address.line} change={(line) => change({ line })} />
            <Choice
              label={common.status}
              value={address.status}
              names={common.refund}
              change={(status) => change({ status })}
            />
          </>
        }
        answer={answer}
        columns={useColumns()}
        page={address.page}
        pageSize={address.pageSize}
        change={change}
        open={({ orderNo }) => change({ open: orderNo }, { keepPage: true })}
      />
      <OrderDrawer orderNo={address.open} close={() => change({ open: '' }, { keepPage: true })} />
    </Page>
  );
}

function useColumns(): TableColumnsType<Console.PayRefund> {
  const t = useWords(text);
  const common = useWords(payWords);
  const lines = useLineNames();
  return [
    {
      title: t.number,
      key: 'number',
      render: (_, { outRefundNos, id }) => (
        <Typography.Text style={{ fontSize: 13, overflowWrap: 'anywhere' }}>
          {outRefundNos.at(-1) ?? `#${id}`}
        </Typography.Text>
      ),
    },
    { title: common.line, key: 'line', render: (_, { line }) => lines[line] },
    { title: common.amount, key: 'amount', align: 'right', render: (_, { amount }) => money(amount) },
    {
      title: common.status,
      key: 'status',
      render: (_, { status, failure }) => (
        <>
          <RefundTag status={status} />{' '}
          {failure && (
            <Typography.Text
              type="secondary"
              ellipsis={{ tooltip: failure }}
              style={{ maxWidth: 220, fontSize: 12 }}
            >
              {failure}
            </Typography.Text>
          )}
        </>
      ),
    },
    {
      title: t.reason,
      key: 'reason',
      render: (_, { reason }) => (
        <Typography.Text ellipsis={{ tooltip: reason }} style={{ maxWidth: 220 }}>
          {reason}
        </Typography.Text>
      ),
    },
    { title: common.created, key: 'created', render: (_, { createdAt }) => time(createdAt) },
    { title: t.arrived, key: 'arrived', render: (_, { succeededAt }) => time(succeededAt) },
  ];
}
