import { App, Button, Tag, Typography, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useAct, useLook } from '../../kit/api.js';
import { money, time } from '../../kit/format.js';
import { List } from '../../kit/list.js';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { useAddress } from '../../kit/url.js';
import { useAsk } from '../../pages/pay/kit/ask.js';
import { Choice, keyOf, Search } from '../../pages/pay/kit/filters.js';
import { FormModal, TextField } from '../../pages/pay/kit/form-modal.js';
import { underWay } from '../../pages/pay/kit/tags.js';
import { OrderDrawer } from '../../pages/pay/order-drawer.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { gymWords } from './gym-words.js';

const POLL_MS = 5_000;
const COLORS = { pending: 'gold', success: 'green', failed: 'default' } as const;
const REFUND_COLORS = { pending: 'gold', processing: 'blue', success: 'purple', failed: 'red' } as const;

export function GymPayments(): ReactNode {
  const t = useWords(gymWords);
  const common = useWords(payWords);
  const none = { keyword: '', status: '', refund: '', type: '' };
  const [address, change] = useAddress({ ...none, page: '1', pageSize: '20', open: '' });
  const query = {
    keyword: address.keyword || undefined,
    status: keyOf(t.states, address.status),
    refund: keyOf(t.refundStates, address.refund),
    type: keyOf(t.types, address.type),
    page: Number(address.page),
    pageSize: Number(address.pageSize),
  };
  const first = useLook('listGymPayments', { query }, { keep: true });
  // While money is on its way back the page follows it.
  const moving = first.data?.list.some(({ refund }) => refund && underWay(refund)) ?? false;
  const answer = useLook('listGymPayments', { query }, { keep: true, every: moving && POLL_MS });
  const [refunding, setRefunding] = useState<Console.GymPayment | null>(null);
  const { columns, refusal } = useColumns(setRefunding);
  const filtered = Object.keys(none).some((name) => address[name as keyof typeof none]);
  return (
    <>
      {refusal}
      <List<Console.GymPayment>
        label={t.payments}
        filters={
          <>
            <Search
              label={t.searchPayment}
              value={address.keyword}
              change={(keyword) => change({ keyword })}
            />
            <Choice
              label={common.status}
              value={address.status}
              names={t.states}
              change={(status) => change({ status })}
            />
            <Choice label={t.type} value={address.type} names={t.types} change={(type) => change({ type })} />
            <Choice
              label={t.refundStatus}
              value={address.refund}
              names={t.refundStates}
              change={(refund) => change({ refund })}
            />
          </>
        }
        answer={answer}
        columns={columns}
        page={address.page}
        pageSize={address.pageSize}
        change={change}
        open={({ orderNo }) => change({ open: orderNo }, { keepPage: true })}
        {...(filtered ? {} : { empty: t.noPayments })}
      />
      {refunding && <RefundDialog payment={refunding} close={() => setRefunding(null)} />}
      <OrderDrawer orderNo={address.open} close={() => change({ open: '' }, { keepPage: true })} />
    </>
  );
}

function useColumns(refund: (payment: Console.GymPayment) => void): {
  columns: TableColumnsType<Console.GymPayment>;
  refusal: ReactNode;
} {
  const t = useWords(gymWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const { ask, refusal } = useAsk();
  const retry = useAct('retryGymRefund', { refresh: ['listGymPayments', 'getPayOrder'] });
  const askToRetry = ({ id, amount, memberName }: Console.GymPayment): void =>
    ask({
      title: t.retryAsk(money(amount), memberName),
      content: t.retryHint,
      ok: t.retry,
      act: () => retry.mutateAsync({ path: { id } }),
      done: t.retried,
    });
  const columns: TableColumnsType<Console.GymPayment> = [
    { title: t.member, key: 'member', dataIndex: 'memberName' },
    { title: common.user, key: 'user', dataIndex: 'userId' },
    { title: t.offer, key: 'offer', dataIndex: 'offerName' },
    {
      title: t.quantity,
      key: 'quantity',
      align: 'right',
      render: (_, { type, quantity }) => (type === 'membership' ? t.days(quantity) : t.lessons(quantity)),
    },
    { title: common.amount, key: 'amount', align: 'right', render: (_, { amount }) => money(amount) },
    {
      title: common.status,
      key: 'status',
      render: (_, payment) => <State payment={payment} />,
    },
    { title: t.paidAt, key: 'paid', render: (_, { paidAt }) => time(paidAt) },
    { title: common.created, key: 'created', render: (_, { createdAt }) => time(createdAt) },
  ];
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      render: (_, payment) => {
        if (payment.status !== 'success') return null;
        if (payment.refund !== null && payment.refund.status !== 'failed') return null;
        const [label, act] = payment.refund === null ? [t.refund, refund] : [t.retry, askToRetry];
        return (
          <Button
            size="small"
            aria-label={`${label} ${payment.memberName} ${payment.offerName}`}
            onClick={(event) => (event.stopPropagation(), act(payment))}
          >
            {label}
          </Button>
        );
      },
    });
  }
  return { columns, refusal };
}

function State({ payment: { status, refund } }: { payment: Console.GymPayment }): ReactNode {
  const t = useWords(gymWords);
  if (refund === null) return <Tag color={COLORS[status]}>{t.states[status]}</Tag>;
  return (
    <>
      <Tag color={REFUND_COLORS[refund.status]}>{t.refundStates[refund.status]}</Tag>
      {refund.status === 'failed' && refund.failMessage && (
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {refund.failMessage}
        </Typography.Text>
      )}
    </>
  );
}

/** Says what a cancellation takes back and returns before it is made. */
function RefundDialog({ payment, close }: { payment: Console.GymPayment; close: () => void }): ReactNode {
  const t = useWords(gymWords);
  const { message } = App.useApp();
  const refund = useAct('refundGymPayment', {
    refresh: ['listGymPayments', 'listGymMembers', 'getPayOrder'],
  });
  const amount = money(payment.amount);
  const gives = { membership: t.givesDays, course: t.givesCourse, private: t.givesPrivate };
  return (
    <FormModal<Console.RefundGymPayment>
      title={t.refundTitle(amount, payment.memberName)}
      about={t.refundHint(gives[payment.type](payment.quantity))}
      ok={t.refundDo(amount)}
      danger
      act={refund}
      close={close}
      submit={({ reason }) =>
        refund.mutate(
          { path: { id: payment.id }, body: { reason: reason.trim() } },
          { onSuccess: () => (close(), void message.success(t.refundDone)) },
        )
      }
    >
      <TextField name="reason" label={t.refundReason} max={80} lines={2} />
    </FormModal>
  );
}
