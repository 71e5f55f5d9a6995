import { Alert, App, Button, Flex } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Camp } from '@yajin/web';
import { dateTime, money } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { betweenWords } from '../../kit/between-words.js';
import { Refusal } from '../../kit/failure.js';
import { useMay } from '../../kit/session.js';
import { useWords, words } from '../../kit/text.js';
import { useCauses } from '../pay/cause-words.js';
import { HoldAlert } from '../pay/kit/hold.js';
import { PauseAlert } from '../pay/kit/pause.js';
import { underWay, whereabouts } from './refund-status.js';
import { UndoButton } from './undo.js';

const text = words(
  {
    later: (at: string) => `${at} 生效，在此之前可以撤回`,
    laterHint: '在此之前不退款、不通知会员，也不记收入。',
    processing: '处理中（系统会自动查询结果）',
    queued: '待退款（系统会自动退款）',
    processingHint: '退款结果以微信为准，通常几分钟内到账；无需任何操作。',
    retry: '重试退款',
    retryAsk: (amount: string, name: string) => `再次向 ${name} 退款 ${amount}？`,
    retryHint: '系统会先向微信确认上次退款没有成功，再重新退款，不会重复退款。',
    retried: '已加入重试队列',
    cancel: '取消',
    remedies: {
      1303: ['商户余额不足', '请在微信商户平台充值后点“重试退款”。'],
      1304: [
        '微信未能退款',
        '常见原因是会员的支付账户异常。请联系会员核实，确认后重试；仍失败请在商户平台线下处理。',
      ],
      1305: [
        '退款金额超过原支付的可退余额',
        '这笔支付已退过款。请先在 系统 › 收支分录 按订单核对，不要反复重试。',
      ],
    },
    abnormal: ['会员的支付账户收不了这笔钱', '可到支付中心改退到会员的银行卡或商户账户，或登记线下退款。'],
    merchant: ['钱已退回商户账户，会员还没有收到', '请用其他方式转给会员，再到支付中心登记线下退款。'],
    unknownFailure: ['退款失败', '请稍后重试；若持续失败请联系技术人员。'],
    atPay: '到支付中心处理',
    slow: '超过一天没有结果？到支付中心处理',
    gateway: '渠道返回',
    review: '去审核',
    payer: '付款人',
    untold: '会员没有收到到账通知',
    untoldHint: '钱已退回，不受影响。常见原因是会员没有关注公众号、没有订阅，或模板字段与设置不符。',
    resend: '重发通知',
    resent: '已通知会员',
    resentInVain: (code: string) => `微信仍不接受（${code}）`,
  },
  {
    later: (at: string) => `Takes effect ${at}; until then it can be undone`,
    laterHint: 'Until then nothing is refunded, no member is told, and nothing is booked as income.',
    processing: 'Processing (the system asks for the outcome by itself)',
    queued: 'To refund (the system sends it by itself)',
    processingHint: 'WeChat has the last word, usually within minutes. There is nothing to do.',
    retry: 'Try again',
    retryAsk: (amount: string, name: string) => `Refund ${amount} to ${name} again?`,
    retryHint: 'The system first makes sure that the last attempt did not pay: nothing is paid twice.',
    retried: 'Queued again',
    cancel: 'Cancel',
    remedies: {
      1303: ['The merchant account is short', 'Top it up at WeChat Pay, then try again.'],
      1304: [
        'WeChat could not refund',
        'Often the member’s account is in trouble. Ask the member, then try again; failing that settle it at WeChat Pay.',
      ],
      1305: [
        'More than is left of the payment',
        'It was refunded before. Check the order under System › Ledger before trying again.',
      ],
    },
    abnormal: [
      'The member’s account cannot take it',
      'Under Payments it can be sent to a bank card or the merchant’s account, or be settled outside.',
    ],
    merchant: [
      'The money went back to the merchant: the member does not have it yet',
      'Pay it to the member by other means, then settle it under Payments.',
    ],
    unknownFailure: ['The refund failed', 'Try again later; tell your engineers if it goes on.'],
    atPay: 'See to it under Payments',
    slow: 'No outcome for more than a day? See to it under Payments',
    gateway: 'The gateway said',
    review: 'Review it',
    payer: 'the payer',
    untold: 'The member was not told',
    untoldHint:
      'The money is back all the same. Often the member does not follow the account or has not subscribed, or the template’s fields differ from the setting.',
    resend: 'Send again',
    resent: 'The member was told',
    resentInVain: (code: string) => `WeChat still refuses it (${code})`,
  },
);

/** What is going on, and what a person can do about it; nothing while the outcome is open. */
export function RecordState({ record }: { record: Camp.RefundRecord }): ReactNode {
  const t = useWords(text);
  const { named } = useWords(betweenWords);
  const causes = useCauses();
  const allowed = useMay();
  const may = allowed('refund:audit');
  const atPay = allowed('pay:read');
  const link = (says: string): ReactNode => <Link to={`/pay/orders?open=${record.orderNo}`}>{says}</Link>;
  if (record.auditStatus === 'pending') {
    return may && <Link to={`/refunds/pending?id=${record.id}`}>{t.review}</Link>;
  }
  if (record.canUndo) return <Undoable record={record} may={may} />;
  if (record.hold) return <HoldAlert hold={record.hold} more={atPay && link(t.atPay)} />;
  if (record.pause) return <PauseAlert pause={record.pause} more={atPay && link(t.atPay)} />;
  if (underWay(record)) {
    return (
      <Alert
        type="info"
        showIcon
        title={record.refundStatus === 'pending' ? t.queued : t.processing}
        description={
          <>
            {t.processingHint}
            {atPay && <div>{link(t.slow)}</div>}
          </>
        }
      />
    );
  }
  if (record.refundStatus === 'success' && record.notifyError) return <Untold record={record} may={may} />;
  if (record.refundStatus !== 'failed') return null;
  const own = whereabouts(record);
  const failure = causes.failure(record.failReasonCode, record.failReason);
  const [cause, remedy] = own
    ? t[own]
    : record.failCode === null
      ? t.unknownFailure
      : t.remedies[record.failCode];
  return (
    <Flex vertical gap={10}>
      <Alert
        type="error"
        showIcon
        title={cause}
        description={
          <>
            {remedy}
            {failure && !own && <div style={{ marginTop: 4, fontSize: 13 }}>{named(t.gateway, failure)}</div>}
          </>
        }
      />
      <Flex gap={16} align="center" wrap>
        {may && record.canRetry && <Retry record={record} first={own === null} />}
        {atPay && link(t.atPay)}
      </Flex>
    </Flex>
  );
}

/** The decision has not taken effect. */
function Undoable({ record, may }: { record: Camp.RefundRecord; may: boolean }): ReactNode {
  const t = useWords(text);
  return (
    <Flex vertical gap={10} align="start">
      <Alert type="info" showIcon title={t.later(dateTime(record.executeAfter))} description={t.laterHint} />
      {record.hold && <HoldAlert hold={record.hold} />}
      {may && <UndoButton id={record.id} />}
    </Flex>
  );
}

/** The money arrived, and WeChat did not take the message about it. */
function Untold({ record, may }: { record: Camp.RefundRecord; may: boolean }): ReactNode {
  const t = useWords(text);
  const { message } = App.useApp();
  const resend = useApiMutation('notifyRefund', { invalidates: ['listRefundRecords'] });
  const act = (): void => {
    resend
      .mutateAsync({ path: { id: record.id } })
      .then(({ notifyError }) =>
        notifyError ? void message.warning(t.resentInVain(notifyError.code)) : void message.success(t.resent),
      )
      // What went wrong stays beside the button.
      .catch(() => undefined);
  };
  return (
    <Flex vertical gap={10}>
      <Alert type="warning" showIcon title={t.untold} description={t.untoldHint} />
      <Refusal error={resend.error} />
      {may && (
        <Button onClick={act} loading={resend.isPending} style={{ alignSelf: 'flex-start' }}>
          {t.resend}
        </Button>
      )}
    </Flex>
  );
}

/** @param first whether it is the first thing to do */
function Retry({ record, first }: { record: Camp.RefundRecord; first: boolean }): ReactNode {
  const t = useWords(text);
  const { modal, message } = App.useApp();
  const retry = useApiMutation('retryRefund', {
    invalidates: ['listRefundRecords', 'getMember', 'getStatsOverview'],
  });
  const ask = (): void => {
    modal.confirm({
      title: t.retryAsk(money(record.refundAmount), record.planetNickname ?? t.payer),
      content: t.retryHint,
      okText: t.retry,
      cancelText: t.cancel,
      onOk: () =>
        retry
          .mutateAsync({ path: { id: record.id } })
          .then(() => void message.success(t.retried))
          // What went wrong stays beside the button.
          .catch(() => undefined),
    });
  };
  return (
    <>
      <Refusal error={retry.error} />
      <Button
        type={first ? 'primary' : 'default'}
        onClick={ask}
        loading={retry.isPending}
        style={{ alignSelf: 'flex-start' }}
      >
        {t.retry}
      </Button>
    </>
  );
}
