import { keepPreviousData } from '@tanstack/react-query';
import { Alert, Flex, Form, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Camp, OperationName } from '@yajin/web';
import { dateTime, money } from '@yajin/ui';
import { useApiQuery } from '../../kit/api.js';
import { useCampName } from '../../kit/camp-name.js';
import { useCreate } from '../../kit/create.js';
import { FormModal, TextField } from '../../kit/form-modal.js';
import { CampStatusTag } from '../../kit/states.js';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    assign: '归属到训练营',
    payment: (amount: string, at: string) => `收款 ${amount}，支付于 ${at}`,
    camp: '训练营',
    chooseCamp: '选择训练营',
    deposit: (amount: string) => `押金 ${amount}`,
    equal: '金额相符',
    differs: '金额不符',
    draft: '未发布',
    differsWhy: (amount: string, deposit: string) =>
      `收款 ${amount} 与该营押金 ${deposit} 不符，不能归属；请退回后让会员重新支付。`,
    draftWhy: '该训练营尚未发布，不能归属。',
    planetId: '星球 ID（选填）',
    nickname: '星球昵称（选填）',
    planetHint: '填写星球 ID 会立即绑定，不填则由会员在 7 天内自行绑定。',
    willAssign: (amount: string, camp: string) =>
      `将把 ${amount} 记为「${camp}」的押金，付款人成为该营会员。`,
    assignDo: (amount: string) => `确认归属 ${amount}`,
    assigned: '归属成功',
    refund: '退回收款',
    reason: '退回原因',
    reasonNeeded: '请填写原因',
    willRefund: (amount: string) => `将全额 ${amount} 原路退回付款人，由系统自动执行，不能撤回。`,
    refundDo: (amount: string) => `确认退回 ${amount}`,
    refunded: '已提交退款，处理中',
  },
  {
    assign: 'Assign to a camp',
    payment: (amount: string, at: string) => `${amount}, paid ${at}`,
    camp: 'Camp',
    chooseCamp: 'Choose a camp',
    deposit: (amount: string) => `deposit ${amount}`,
    equal: 'the same',
    differs: 'differs',
    draft: 'not published',
    differsWhy: (amount: string, deposit: string) =>
      `${amount} is not this camp’s deposit of ${deposit}. Give it back and let the member pay again.`,
    draftWhy: 'This camp is not published.',
    planetId: 'Planet id (optional)',
    nickname: 'Planet nickname (optional)',
    planetHint: 'With a planet id the member is bound at once; without, the member has 7 days to do it.',
    willAssign: (amount: string, camp: string) =>
      `${amount} becomes a deposit of “${camp}”, and whoever paid becomes a member.`,
    assignDo: (amount: string) => `Assign ${amount}`,
    assigned: 'Assigned',
    refund: 'Give it back',
    reason: 'Reason',
    reasonNeeded: 'Give a reason',
    willRefund: (amount: string) =>
      `All of it, ${amount}, goes back the way it came. The system does it; this cannot be undone.`,
    refundDo: (amount: string) => `Give back ${amount}`,
    refunded: 'The refund is processing',
  },
);

const CHANGED: OperationName[] = ['listUnallocated', 'listRefundRecords', 'listMembers', 'getStatsOverview'];

interface DialogProps {
  payment: Camp.UnallocatedPayment;
  close: () => void;
}

interface AssignValues {
  planetUserId?: string;
  planetNickname?: string;
}

export function AssignDialog({ payment, close }: DialogProps): ReactNode {
  const t = useWords(text);
  const [campId, setCampId] = useState<number | null>(payment.campId);
  const camp = useApiQuery('getCamp', { path: { id: campId ?? 0 } }, { enabled: campId !== null }).data;
  const fits =
    camp !== undefined && camp.id === campId && camp.status !== 'draft' && camp.deposit === payment.amount;
  const { submit, ...assign } = useCreate('assignUnallocated', {
    path: { id: payment.id },
    invalidates: CHANGED,
    done: () => t.assigned,
    close,
  });
  return (
    <FormModal<AssignValues>
      title={t.assign}
      about={t.payment(money(payment.amount), dateTime(payment.payTime))}
      ok={t.assignDo(money(payment.amount))}
      disabled={!fits}
      submit={({ planetUserId = '', planetNickname = '' }) => {
        if (campId === null || !fits) return;
        submit({
          campId,
          ...(planetUserId.trim() ? { planetUserId: planetUserId.trim() } : {}),
          ...(planetNickname.trim() ? { planetNickname: planetNickname.trim() } : {}),
        });
      }}
      {...assign}
    >
      <Form.Item label={t.camp} htmlFor="assign-camp" required>
        <CampByDeposit amount={payment.amount} value={campId} known={camp} change={setCampId} />
      </Form.Item>
      {camp && camp.id === campId && <Verdict camp={camp} amount={payment.amount} />}
      <TextField name="planetUserId" label={t.planetId} extra={t.planetHint} max={64} optional />
      <TextField name="planetNickname" label={t.nickname} max={100} optional />
    </FormModal>
  );
}

function Verdict({ camp, amount }: { camp: Camp.CampDetail; amount: number }): ReactNode {
  const t = useWords(text);
  const [type, title] =
    camp.deposit !== amount
      ? (['error', t.differsWhy(money(amount), money(camp.deposit))] as const)
      : camp.status === 'draft'
        ? (['error', t.draftWhy] as const)
        : (['info', t.willAssign(money(amount), camp.name)] as const);
  return <Alert type={type} showIcon title={title} style={{ marginBottom: 16 }} aria-live="polite" />;
}

/** Camps with their deposits, those that fit the amount first. */
function CampByDeposit({
  amount,
  value,
  known,
  change,
}: {
  amount: number;
  value: number | null;
  known: Camp.CampDetail | undefined;
  change: (id: number | null) => void;
}): ReactNode {
  const t = useWords(text);
  const campName = useCampName();
  const [keyword, setKeyword] = useState('');
  const { data, isFetching } = useApiQuery(
    'listCamps',
    { query: { keyword, pageSize: 100 } },
    { placeholderData: keepPreviousData },
  );
  const listed = data?.list ?? [];
  const all = known && !listed.some(({ id }) => id === known.id) ? [known, ...listed] : listed;
  const fits = ({ deposit, status }: { deposit: number; status: Camp.CampStatus }): boolean =>
    deposit === amount && status !== 'draft';
  const sorted = all.toSorted((one, other) => Number(fits(other)) - Number(fits(one)));
  return (
    <Select
      id="assign-camp"
      showSearch={{ filterOption: false, onSearch: setKeyword }}
      style={{ width: '100%' }}
      placeholder={t.chooseCamp}
      loading={isFetching}
      value={value}
      onChange={change}
      options={sorted.map((camp) => ({
        value: camp.id,
        label: campName(camp),
        disabled: !fits(camp),
        camp,
      }))}
      optionRender={({ data: { camp } }) => (
        <Flex justify="space-between" gap={8} wrap>
          <span>
            {campName(camp)} <CampStatusTag status={camp.status} />
          </span>
          <span className="number">
            {t.deposit(camp.missing.includes('deposit') ? '—' : money(camp.deposit))} ·{' '}
            {camp.status === 'draft' ? t.draft : camp.deposit === amount ? t.equal : t.differs}
          </span>
        </Flex>
      )}
    />
  );
}

export function GiveBackDialog({ payment, close }: DialogProps): ReactNode {
  const t = useWords(text);
  const amount = money(payment.amount);
  const { submit, ...refund } = useCreate('refundUnallocated', {
    path: { id: payment.id },
    invalidates: CHANGED,
    done: () => t.refunded,
    close,
  });
  return (
    <FormModal<Camp.RefundUnallocatedRequest>
      title={t.refund}
      about={t.payment(amount, dateTime(payment.payTime))}
      ok={t.refundDo(amount)}
      danger
      submit={({ reason }) => submit({ reason: reason.trim() })}
      {...refund}
    >
      <Alert type="warning" showIcon title={t.willRefund(amount)} style={{ marginBottom: 16 }} />
      <TextField name="reason" label={t.reason} max={500} needed={t.reasonNeeded} autoFocus />
    </FormModal>
  );
}
