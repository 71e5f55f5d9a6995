import { Alert, App, Flex, Form, Input, Modal, Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Camp, OperationName } from '@yajin/web';
import { money, useIdempotencyKey } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { Refusal } from '../../kit/failure.js';
import { joined, useWords, words } from '../../kit/text.js';
import { MATCH_SHOWN } from './changed.js';

const text = words(
  {
    settle: '核实身份',
    whose: (id: string) => `星球 ID ${id} 是谁？`,
    unknown: '这个星球 ID 是谁？',
    member: '是这位会员',
    memberSays: (other: string) => `打卡记到他名下${other}。按人工匹配处理，之后照常审核退款。`,
    loses: (names: string) => `；现在的持有人 ${names} 转为待核实，可以改填自己的星球 ID`,
    holder: '不是这位会员',
    holderSays:
      '他 7 天内可以重新填写自己的星球 ID，智能匹配不会再选中这一个。届时仍没有绑定的，押金按规则结算。',
    reason: '核实依据',
    example: '如：星球主页截图与微信一致',
    reasonNeeded: '请填写原因',
    chooseOne: '请选择',
    settleDo: '确认核实结果',
    settled: '核实完成',
    giveBack: '退还押金',
    back: '退还原因',
    backExample: '如：填错星球 ID，本人要求退款',
    willReturn: (amount: string) =>
      `将全额 ${amount} 原路退还，由系统自动执行，不能撤回。这位会员不再参加本营，可以重新报名。`,
    giveBackDo: (amount: string) => `确认退还 ${amount}`,
    given: '已提交退款，处理中',
    cancel: '取消',
  },
  {
    settle: 'Settle who it is',
    whose: (id: string) => `Who is planet id ${id}?`,
    unknown: 'Who is this planet id?',
    member: 'This member',
    memberSays: (other: string) =>
      `The check-ins count for them${other}. It is a match by hand; refunds are reviewed as ever.`,
    loses: (names: string) =>
      `; ${names}, who has it now, goes into review and may name a planet id of their own`,
    holder: 'Not this member',
    holderSays:
      'They may name a planet id of their own for 7 days; the smart match will not choose this one again. Whoever is bound to none then is settled by the rules.',
    reason: 'What shows it',
    example: 'Such as: a screenshot of the planet profile',
    reasonNeeded: 'Give a reason',
    chooseOne: 'Choose one',
    settleDo: 'Settle it so',
    settled: 'Settled',
    giveBack: 'Give the deposit back',
    back: 'Reason',
    backExample: 'Such as: a mistyped planet id',
    willReturn: (amount: string) =>
      `All of it, ${amount}, goes back the way it came. The system does it; this cannot be undone. The member takes part no longer, and may enrol again.`,
    giveBackDo: (amount: string) => `Give back ${amount}`,
    given: 'The refund is processing',
    cancel: 'Cancel',
  },
);

const CHANGED: OperationName[] = [...MATCH_SHOWN, 'getStatsOverview'];

interface DialogProps {
  member: Camp.MemberDetail;
  close: () => void;
}

type Favour = Camp.SettleReviewRequest['favour'];

export function SettleDialog({ member, close }: DialogProps): ReactNode {
  const t = useWords(text);
  const { message } = App.useApp();
  const settle = useApiMutation('settleReview', { invalidates: CHANGED });
  const [favour, setFavour] = useState<Favour | null>(null);
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const { planetUserId } = member.filledInfo;
  const holders = member.matchInfo.identityClaims.filter(({ holds }) => holds);
  const names = joined(
    holders.map((one) => one.planetNickname ?? `#${one.memberId}`),
    '、',
  );
  const submit = (): void => {
    setAsked(true);
    if (favour === null || reason.trim() === '' || settle.isPending) return;
    settle.mutate(
      { path: { id: member.id }, body: { favour, reason: reason.trim() } },
      { onSuccess: () => (close(), void message.success(t.settled)) },
    );
  };
  return (
    <Modal
      open
      title={t.settle}
      okText={t.settleDo}
      cancelText={t.cancel}
      onOk={submit}
      onCancel={close}
      confirmLoading={settle.isPending}
      width={520}
    >
      <Form layout="vertical" onFinish={submit}>
        <Form.Item
          label={planetUserId ? t.whose(planetUserId) : t.unknown}
          required
          {...(asked && favour === null ? { validateStatus: 'error' as const, help: t.chooseOne } : {})}
        >
          <Radio.Group value={favour} onChange={({ target }) => setFavour(target.value as Favour)}>
            <Flex vertical gap={8}>
              <Radio value="member">{t.member}</Radio>
              <Radio value="holder">{t.holder}</Radio>
            </Flex>
          </Radio.Group>
        </Form.Item>
        {favour !== null && (
          <Alert
            type="info"
            showIcon
            aria-live="polite"
            style={{ marginBottom: 16 }}
            title={favour === 'member' ? t.memberSays(names && t.loses(names)) : t.holderSays}
          />
        )}
        <Reason
          label={t.reason}
          example={t.example}
          missing={asked && reason.trim() === '' ? t.reasonNeeded : null}
          value={reason}
          change={setReason}
        />
        <Refusal error={settle.error} />
      </Form>
    </Modal>
  );
}

export function GiveBackDialog({ member, close }: DialogProps): ReactNode {
  const t = useWords(text);
  const { message } = App.useApp();
  const giveBack = useApiMutation('returnDeposit', { invalidates: CHANGED });
  const onceKey = useIdempotencyKey();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const amount = money(member.paymentInfo.amount);
  const submit = (): void => {
    setAsked(true);
    if (reason.trim() === '' || giveBack.isPending) return;
    const body = { reason: reason.trim() };
    giveBack.mutate(
      { path: { id: member.id }, body, idempotencyKey: onceKey(body) },
      { onSuccess: () => (close(), void message.success(t.given)) },
    );
  };
  return (
    <Modal
      open
      title={t.giveBack}
      okText={t.giveBackDo(amount)}
      okButtonProps={{ danger: true }}
      cancelText={t.cancel}
      onOk={submit}
      onCancel={close}
      confirmLoading={giveBack.isPending}
      width={440}
    >
      <Form layout="vertical" onFinish={submit}>
        <Alert type="warning" showIcon title={t.willReturn(amount)} style={{ marginBottom: 16 }} />
        <Reason
          label={t.back}
          example={t.backExample}
          missing={asked && reason.trim() === '' ? t.reasonNeeded : null}
          value={reason}
          change={setReason}
        />
        <Refusal error={giveBack.error} />
      </Form>
    </Modal>
  );
}

function Reason({
  label,
  example,
  missing,
  value,
  change,
}: {
  label: string;
  example: string;
  /** What is said where there is none. */
  missing: string | null;
  value: string;
  change: (value: string) => void;
}): ReactNode {
  return (
    <Form.Item
      label={label}
      htmlFor="review-reason"
      required
      {...(missing ? { validateStatus: 'error' as const, help: missing } : {})}
    >
      <Input.TextArea
        id="review-reason"
        value={value}
        maxLength={500}
        placeholder={example}
        autoSize={{ minRows: 2 }}
        onChange={({ target }) => change(target.value)}
      />
    </Form.Item>
  );
}
