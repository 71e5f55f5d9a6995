import { App, Flex, Form, Input, Modal, Radio, Typography, type RadioRef } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import type { Camp, OperationName } from '@yajin/web';
import { money } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { Refusal } from '../../kit/failure.js';
import { useWords, words } from '../../kit/text.js';
import { SAFE_CONFIDENCE } from './batch.rules.js';

const text = words(
  {
    approve: '通过退款',
    approveWhat: (amount: string, name: string) =>
      `将向 ${name} 原路退回 ${amount}，提交后由系统自动退款，不能撤回。`,
    doubtful: '匹配置信度低于 80，请说明核对依据。',
    mismatch: '星球昵称与会员填写的不一致，请确认是本人。',
    comment: '审核备注',
    commentNeeded: '请填写核对依据',
    approved: '已通过，系统将自动退款',
    reject: '拒绝退款',
    rejectWhat: (amount: string, name: string) => `${name} 的押金 ${amount} 将不退回，并记为收入。`,
    reason: '拒绝原因',
    reasonNeeded: '请填写原因',
    reasons: ['匹配的星球账号不是本人', '打卡内容不符合要求', '会员主动放弃退款', '存在代打卡'],
    other: '其他原因',
    rejected: '已拒绝',
    cancel: '取消',
  },
  {
    approve: 'Approve the refund',
    approveWhat: (amount: string, name: string) =>
      `${amount} goes back to ${name} the way it came. The system refunds at once; this cannot be undone.`,
    doubtful: 'The match is below 80: say what you checked.',
    mismatch: 'The planet nickname differs from the one typed. Make sure it is the same person.',
    comment: 'Comment',
    commentNeeded: 'Say what you checked',
    approved: 'Approved. The system refunds now',
    reject: 'Reject the refund',
    rejectWhat: (amount: string, name: string) => `The deposit of ${name}, ${amount}, is kept as income.`,
    reason: 'Reason',
    reasonNeeded: 'Give a reason',
    reasons: [
      'The matched planet account is somebody else',
      'The check-ins do not meet the rules',
      'The member gave the refund up',
      'Somebody else checked in',
    ],
    other: 'Another reason',
    rejected: 'Rejected',
    cancel: 'Cancel',
  },
);

/** What a decision about a refund changes. */
const CHANGED: OperationName[] = [
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
  done: () => void;
}

export function ApproveDialog({ row, close, done }: DecisionProps): ReactNode {
  const t = useWords(text);
  const { message } = App.useApp();
  const approve = useApiMutation('approveRefund', { invalidates: CHANGED });
  const [comment, setComment] = useState('');
  const [asked, setAsked] = useState(false);
  const doubtful = row.matchConfidence < SAFE_CONFIDENCE;
  const missing = doubtful && comment.trim() === '';
  const submit = (): void => {
    setAsked(true);
    if (missing || approve.isPending) return;
    const body = comment.trim() ? { comment: comment.trim() } : {};
    approve.mutate(
      { path: { id: row.id }, body },
      { onSuccess: () => (close(), void message.success(t.approved), done()) },
    );
  };
  return (
    <Modal
      open
      title={`${t.approve} · ${money(row.refundAmount)}`}
      okText={t.approve}
      cancelText={t.cancel}
      okButtonProps={{ autoFocus: !doubtful }}
      onOk={submit}
      onCancel={close}
      confirmLoading={approve.isPending}
      width={440}
    >
      <Flex vertical gap={12}>
        <Typography.Text>{t.approveWhat(money(row.refundAmount), row.planetNickname)}</Typography.Text>
        {row.nicknameMismatch && <Typography.Text type="warning">{t.mismatch}</Typography.Text>}
        <Form layout="vertical" component="div">
          <Form.Item
            label={t.comment}
            htmlFor="approve-comment"
            required={doubtful}
            extra={doubtful ? t.doubtful : undefined}
            {...(asked && missing ? { validateStatus: 'error' as const, help: t.commentNeeded } : {})}
            style={{ marginBottom: 0 }}
          >
            <Input
              id="approve-comment"
              autoFocus={doubtful}
              value={comment}
              maxLength={500}
              onChange={(event) => setComment(event.target.value)}
              onPressEnter={(event) => !event.nativeEvent.isComposing && submit()}
            />
          </Form.Item>
        </Form>
        <Refusal error={approve.error} />
      </Flex>
    </Modal>
  );
}

export function RejectDialog({ row, close, done }: DecisionProps): ReactNode {
  const t = useWords(text);
  const { message } = App.useApp();
  const reject = useApiMutation('rejectRefund', { invalidates: CHANGED });
  const first = useRef<RadioRef>(null);
  const [picked, setPicked] = useState(text.zh.reasons[0] ?? '');
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const reason = (picked || typed).trim();
  const submit = (): void => {
    setAsked(true);
    if (!reason || reject.isPending) return;
    reject.mutate(
      { path: { id: row.id }, body: { reason } },
      { onSuccess: () => (close(), void message.success(t.rejected), done()) },
    );
  };
  return (
    <Modal
      open
      afterOpenChange={(open) => open && first.current?.focus()}
      title={`${t.reject} · ${row.planetNickname}`}
      okText={t.reject}
      okButtonProps={{ danger: true }}
      cancelText={t.cancel}
      onOk={submit}
      onCancel={close}
      confirmLoading={reject.isPending}
      width={440}
    >
      <Flex vertical gap={12} onKeyDown={(event) => event.key === 'Enter' && submit()}>
        <Typography.Text>{t.rejectWhat(money(row.refundAmount), row.planetNickname)}</Typography.Text>
        <Radio.Group
          aria-label={t.reason}
          value={picked}
          onChange={(event) => setPicked(String(event.target.value))}
          vertical
        >
          {/* Members may read it: what is kept is always Chinese. */}
          {text.zh.reasons.map((one, place) => (
            <Radio key={one} value={one} {...(place === 0 ? { ref: first } : {})}>
              {t.reasons[place]}
            </Radio>
          ))}
          <Radio value="">{t.other}</Radio>
        </Radio.Group>
        {picked === '' && (
          <Input.TextArea
            aria-label={t.other}
            value={typed}
            autoSize={{ minRows: 2, maxRows: 5 }}
            maxLength={500}
            showCount
            status={asked && !reason ? 'error' : ''}
            placeholder={t.reasonNeeded}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => event.stopPropagation()}
          />
        )}
        <Refusal error={reject.error} />
      </Flex>
    </Modal>
  );
}
