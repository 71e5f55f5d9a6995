import { money } from '@yajin/ui';
import { App, Tag, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useApiMutation } from '../../kit/api.js';
import { amountColumn, Noted, RowButton, timeColumn } from '../../kit/columns.js';
import { Choice, keyOf, Search } from '../../kit/filters.js';
import { FormModal, TextField } from '../../kit/form-modal.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { Name } from '../../kit/name.js';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { useCauses } from '../../pages/pay/cause-words.js';
import { HoldNote } from '../../pages/pay/kit/hold.js';
import { ObjectLink } from '../../pages/pay/kit/object-drawer.js';
import { Narrowed } from '../../pages/pay/kit/party.js';
import { useRetry } from '../../pages/pay/kit/retry.js';
import { underWay } from '../../pages/pay/kit/tags.js';
import { OrderDrawer } from '../../pages/pay/order-drawer.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { gymWords } from './gym-words.js';

const COLORS = { pending: 'gold', success: 'green', failed: 'default' } as const;
const REFUND_COLORS = { pending: 'gold', processing: 'blue', success: 'default', failed: 'red' } as const;
const NONE = { keyword: '', status: '', refund: '', type: '', memberId: '', offerId: '' };

export function GymPayments(): ReactNode {
  const t = useWords(gymWords);
  const common = useWords(payWords);
  const { list, filters, filter, opened, open, close } = useListQuery(
    'listGymPayments',
    NONE,
    ({ keyword, status, refund, type, memberId, offerId }) => ({
      keyword: keyword || undefined,
      status: keyOf(t.states, status),
      refund: keyOf(t.refundStates, refund),
      type: keyOf(t.types, type),
      memberId: Number(memberId) || undefined,
      offerId: Number(offerId) || undefined,
    }),
    ({ refund }) => refund !== null && underWay(refund),
  );
  const [refunding, setRefunding] = useState<Console.GymPayment | null>(null);
  const { columns, refusal } = useColumns(setRefunding);
  const filtered = (Object.keys(NONE) as (keyof typeof NONE)[]).some((name) => filters[name] !== '');
  return (
    <>
      {refusal}
      <List<Console.GymPayment>
        {...list}
        label={t.payments}
        columns={columns}
        filters={
          <>
            <Search
              label={t.searchPayment}
              value={filters.keyword}
              change={(keyword) => filter({ keyword })}
            />
            <Choice
              label={common.status}
              value={filters.status}
              names={t.states}
              change={(status) => filter({ status })}
            />
            <Choice label={t.type} value={filters.type} names={t.types} change={(type) => filter({ type })} />
            <Choice
              label={t.refundStatus}
              value={filters.refund}
              names={t.refundStates}
              change={(refund) => filter({ refund })}
            />
            {filters.memberId && <Narrowed says={t.onlyMember} undo={() => filter({ memberId: '' })} />}
            {filters.offerId && <Narrowed says={t.onlyOffer} undo={() => filter({ offerId: '' })} />}
          </>
        }
        open={({ orderNo }) => open(orderNo)}
        {...(filtered ? {} : { empty: t.noPayments })}
      />
      {refunding && <RefundDialog payment={refunding} close={() => setRefunding(null)} />}
      <OrderDrawer orderNo={opened} close={close} />
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
  const { retryButton, refusal } = useRetry('retryGymRefund', ['listGymPayments', 'getPayOrder'], {
    retry: t.retry,
    ask: t.retryAsk,
    hint: t.retryHint,
    done: t.retried,
  });
  const columns: TableColumnsType<Console.GymPayment> = [
    {
      title: t.member,
      key: 'member',
      render: (_, { memberId, memberName }) => (
        <ObjectLink line="gym" id={memberId}>
          <Name>{memberName}</Name>
        </ObjectLink>
      ),
    },
    { title: common.user, key: 'user', dataIndex: 'userId' },
    { title: t.offer, key: 'offer', dataIndex: 'offerName' },
    {
      title: t.quantity,
      key: 'quantity',
      align: 'right',
      render: (_, { type, quantity }) => (type === 'membership' ? t.days(quantity) : t.lessons(quantity)),
    },
    amountColumn(common.amount, 'amount', ({ amount }) => amount),
    { title: common.status, key: 'status', render: (_, payment) => <State payment={payment} /> },
    timeColumn(t.paidAt, 'paid', ({ paidAt }) => paidAt),
    timeColumn(common.created, 'created', ({ createdAt }) => createdAt),
  ];
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      render: (_, payment) => {
        const { id, amount, memberName, offerName } = payment;
        if (payment.status !== 'success') return null;
        const of = `${memberName} ${offerName}`;
        if (payment.refund === null)
          return <RowButton label={t.refund} of={of} act={() => refund(payment)} />;
        return payment.refund.canRetry && retryButton({ id, amount, who: memberName, of });
      },
    });
  }
  return { columns, refusal };
}

function State({ payment: { status, refund } }: { payment: Console.GymPayment }): ReactNode {
  const t = useWords(gymWords);
  const { failure } = useCauses();
  if (refund === null) return <Tag color={COLORS[status]}>{t.states[status]}</Tag>;
  return (
    <Noted note={refund.status === 'failed' && failure(refund.failCode, refund.failMessage)}>
      <Tag color={REFUND_COLORS[refund.status]}>{t.refundStates[refund.status]}</Tag>{' '}
      <HoldNote hold={refund.hold} />
    </Noted>
  );
}

/** Says what a cancellation takes back and returns before it is made. */
function RefundDialog({ payment, close }: { payment: Console.GymPayment; close: () => void }): ReactNode {
  const t = useWords(gymWords);
  const { message } = App.useApp();
  const refund = useApiMutation('refundGymPayment', {
    invalidates: ['listGymPayments', 'listGymMembers', 'getPayOrder'],
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
