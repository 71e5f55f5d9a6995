import { isolated } from '@yajin/core';
import { App, Flex, Form, Input, Radio, Typography, type RadioRef } from 'antd';
import { useRef, useState, type ReactNode, type RefObject } from 'react';
import type { Camp, OperationName } from '@yajin/web';
import { dateTime, money } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { FormModal, TextField } from '../../kit/form-modal.js';
import { useWords, words } from '../../kit/text.js';
import { SAFE_CONFIDENCE } from './batch.rules.js';

const text = words(
  {
    approve: '通过退款',
    approveWhat: (amount: string, name: string) =>
      `将向 ${name} 原路退回 ${amount}，由系统自动退款；开始退款后不能撤回。`,
    doubtful: '匹配置信度低于 80，请说明核对依据。',
    mismatch: '星球昵称与会员填写的不一致，请确认是本人。',
    comment: '审核备注',
    commentNeeded: '请填写核对依据',
    approved: '已通过，系统将自动退款',
    approvedLater: (at: string) => `已通过，${at} 退款，在此之前可以撤回`,
    reject: '拒绝退款',
    rejectWhat: (amount: string, name: string) => `${name} 的押金 ${amount} 将不退回，并记为收入。`,
    reason: '拒绝原因',
    reasonNeeded: '请填写原因',
    reasonRead: '会员会在「我的报名」和打卡进度里看到这个原因。',
    reasons: ['匹配的星球账号不是本人', '打卡内容不符合要求', '会员主动放弃退款', '存在代打卡'],
    other: '其他原因',
    rejected: '已拒绝',
    rejectedLater: (at: string) => `已拒绝，${at} 生效，在此之前可以撤回`,
  },
  {
    approve: 'Approve the refund',
    approveWhat: (amount: string, name: string) =>
      `${amount} goes back to ${name} the way it came. The system refunds by itself; once it has begun, this cannot be undone.`,
    doubtful: 'The match is below 80: say what you checked.',
    mismatch: 'The planet nickname differs from the one typed. Make sure it is the same person.',
    comment: 'Comment',
    commentNeeded: 'Say what you checked',
    approved: 'Approved. The system refunds now',
    approvedLater: (at: string) => `Approved. Refunded ${at}; until then you can undo it`,
    reject: 'Reject the refund',
    rejectWhat: (amount: string, name: string) => `The deposit of ${name}, ${amount}, is kept as income.`,
    reason: 'Reason',
    reasonNeeded: 'Give a reason',
    reasonRead: 'The member reads this reason on their own pages.',
    reasons: [
      'The matched planet account is somebody else',
      'The check-ins do not meet the rules',
      'The member gave the refund up',
      'Somebody else checked in',
    ],
    other: 'Another reason',
    rejected: 'Rejected',
    rejectedLater: (at: string) => `Rejected. Final ${at}; until then you can undo it`,
  },
);

/** What a decision about a refund, or its undoing, changes. */
export const CHANGED: OperationName[] = [
  'listPendingRefunds',
  'listRefundRecords',
  'getMember',
  'listMembers',
  'getStatsOverview',
];

interface DecisionProps {
  row: Camp.PendingRefund;
  close: () => void;
  /** The server has agreed. */
  done: (said: Camp.ApprovedRefund | Camp.RejectedRefund) => void;
}

export function ApproveDialog({ row, close, done }: DecisionProps): ReactNode {
  const t = useWords(text);
  const { message } = App.useApp();
  const approve = useApiMutation('approveRefund', { invalidates: CHANGED });
  const doubtful = row.matchConfidence < SAFE_CONFIDENCE;
  const submit = ({ comment = '' }: Camp.ApproveRefundRequest): void => {
    const body = comment.trim() ? { comment: comment.trim() } : {};
    approve.mutate(
      { path: { id: row.id }, body },
      {
        onSuccess: (said) => {
          close();
          void message.success(said.canUndo ? t.approvedLater(dateTime(said.executeAfter)) : t.approved);
          done(said);
        },
      },
    );
  };
  return (
    <FormModal<Camp.ApproveRefundRequest>
      title={`${t.approve} · ${money(row.refundAmount)}`}
      ok={t.approve}
      okFocused={!doubtful}
      about={t.approveWhat(money(row.refundAmount), row.planetNickname)}
      act={approve}
      submit={submit}
      close={close}
    >
      {row.nicknameMismatch && <Typography.Paragraph type="warning">{t.mismatch}</Typography.Paragraph>}
      <TextField
        name="comment"
        label={t.comment}
        max={500}
        optional={!doubtful}
        needed={t.commentNeeded}
        autoFocus={doubtful}
        {...(doubtful ? { extra: t.doubtful } : {})}
      />
    </FormModal>
  );
}

export function RejectDialog({ row, close, done }: DecisionProps): ReactNode {
  const t = useWords(text);
  const { message } = App.useApp();
  const reject = useApiMutation('rejectRefund', { invalidates: CHANGED });
  const first = useRef<RadioRef>(null);
  const submit = ({ reason }: Camp.RejectRefundRequest): void =>
    reject.mutate(
      { path: { id: row.id }, body: { reason: reason.trim(), tellMember: true } },
      {
        onSuccess: (said) => {
          close();
          void message.success(said.canUndo ? t.rejectedLater(dateTime(said.executeAfter)) : t.rejected);
          done(said);
        },
      },
    );
  return (
    <FormModal<Camp.RejectRefundRequest>
      title={`${t.reject} · ${isolated(row.planetNickname)}`}
      ok={t.reject}
      danger
      about={t.rejectWhat(money(row.refundAmount), row.planetNickname)}
      opened={() => first.current?.focus()}
      act={reject}
      submit={submit}
      close={close}
    >
      <Form.Item
        name="reason"
        rules={[{ required: true, whitespace: true, message: t.reasonNeeded }]}
        extra={t.reasonRead}
        // What the count of characters takes.
        style={{ marginBottom: 36 }}
      >
        <Reason first={first} />
      </Form.Item>
    </FormModal>
  );
}

/** One of the usual reasons, or one in the operator's own words: a field of a form. */
function Reason({
  value = '',
  onChange,
  first,
}: {
  value?: string;
  onChange?: (reason: string) => void;
  first: RefObject<RadioRef | null>;
}): ReactNode {
  const t = useWords(text);
  const [other, setOther] = useState(false);
  return (
    <Flex vertical gap={12}>
      <Radio.Group
        aria-label={t.reason}
        value={other ? '' : value}
        onChange={({ target }) => {
          setOther(target.value === '');
          onChange?.(String(target.value));
        }}
        vertical
      >
        {/* Members read it: what is kept is always Chinese. */}
        {text.zh.reasons.map((one, place) => (
          <Radio key={one} value={one} {...(place === 0 ? { ref: first } : {})}>
            {t.reasons[place]}
          </Radio>
        ))}
        <Radio value="">{t.other}</Radio>
      </Radio.Group>
      {other && (
        <Input.TextArea
          aria-label={t.other}
          value={value}
          autoSize={{ minRows: 2, maxRows: 5 }}
          maxLength={500}
          showCount
          placeholder={t.reasonNeeded}
          onChange={({ target }) => onChange?.(target.value)}
        />
      )}
    </Flex>
  );
}
