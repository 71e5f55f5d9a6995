import { Alert, Button, Flex } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { dateTime, money } from '@yajin/ui';
import { useApiMutation } from '../../../kit/api.js';
import { useAsk } from '../../../kit/ask.js';
import { useMay, useSession } from '../../../kit/session.js';
import { useWords } from '../../../kit/text.js';
import { OutsideDialog, RedirectDialog, REFUNDS_SHOWN } from './case-dialogs.js';
import { useCauses } from '../cause-words.js';
import { caseWords } from './case-words.js';

/** Whether somebody has to see to a refund. */
export function needsPerson({ canRedirect, canSettleOutside, outside, status }: Console.PayRefund): boolean {
  return canRedirect || canSettleOutside || (outside !== null && status !== 'success');
}

/** Where a refund stands that its gateway cannot bring to an end, and what can be done about it; nothing for any other. */
export function RefundCase({ refund }: { refund: Console.PayRefund }): ReactNode {
  if (refund.outside) return <Outside refund={refund} outside={refund.outside} />;
  return needsPerson(refund) ? <Open refund={refund} /> : null;
}

function Open({ refund }: { refund: Console.PayRefund }): ReactNode {
  const t = useWords(caseWords);
  const may = useMay()('refund:audit');
  const [dialog, setDialog] = useState<'redirect' | 'outside' | null>(null);
  const close = (): void => setDialog(null);
  const { canRetry, canRedirect, canSettleOutside } = refund;
  const { ask, refusal } = useAsk();
  const retry = useApiMutation('retryPayRefund', { invalidates: REFUNDS_SHOWN });
  const askToRetry = (): void =>
    ask({
      title: t.retryAsk(money(refund.amount)),
      content: t.retryHint,
      ok: t.retry,
      act: () => retry.mutateAsync({ path: { id: refund.id } }),
      done: t.retried,
    });
  const { title, hint, error } = useSituation(refund);
  return (
    <>
      <Alert
        type={error ? 'error' : 'warning'}
        showIcon
        title={title}
        description={
          <>
            {hint}
            {refusal}
            {may && (
              <Flex gap={8} wrap style={{ marginTop: 12 }}>
                {canRetry && (
                  <Button
                    type={canRedirect ? 'default' : 'primary'}
                    onClick={askToRetry}
                    loading={retry.isPending}
                  >
                    {t.retry}
                  </Button>
                )}
                {canRedirect && (
                  <Button type="primary" onClick={() => setDialog('redirect')}>
                    {t.redirect}
                  </Button>
                )}
                {canSettleOutside && <Button onClick={() => setDialog('outside')}>{t.outside}</Button>}
              </Flex>
            )}
          </>
        }
      />
      {dialog === 'redirect' && <RedirectDialog refund={refund} close={close} />}
      {dialog === 'outside' && <OutsideDialog refund={refund} close={close} />}
    </>
  );
}

function useSituation(refund: Console.PayRefund): { title: string; hint: string; error: boolean } {
  const t = useWords(caseWords);
  const causes = useCauses();
  const { status, gatewayState, canRetry, canRedirect, processingSince } = refund;
  if (status === 'processing')
    return { title: t.unclear(dateTime(processingSince)), hint: t.unclearHint, error: false };
  if (gatewayState === 'abnormal')
    return { title: t.abnormal, hint: canRedirect ? t.abnormalHint : t.abnormalOnly, error: true };
  if (gatewayState === 'merchant') return { title: t.merchant, hint: t.merchantHint, error: true };
  const failure = causes.failure(refund.failCode, refund.failure);
  const said = failure === null ? '' : ` ${t.said(failure)}`;
  return { title: t.failed, hint: `${canRetry ? t.ownFailedHint : t.failedHint}${said}`, error: true };
}

/** What somebody said was paid by other means, and whether somebody else confirms it. */
function Outside({
  refund,
  outside,
}: {
  refund: Console.PayRefund;
  outside: Console.OutsideRefund;
}): ReactNode {
  const t = useWords(caseWords);
  const { evidence, proposedBy, proposedAt, confirmedBy, confirmedAt } = outside;
  if (confirmedBy !== null) {
    const by = t.confirmedBy(proposedBy, confirmedBy, dateTime(confirmedAt));
    return (
      <Alert type="success" showIcon title={t.confirmed} description={<Said lines={[evidence, by]} />} />
    );
  }
  // The gateway paid it after all.
  if (refund.status === 'success') return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t.waiting}
      description={
        <>
          <Said lines={[evidence, t.waitingBy(proposedBy, dateTime(proposedAt))]} />
          <Decision refund={refund} outside={outside} />
        </>
      }
    />
  );
}

function Said({ lines }: { lines: string[] }): ReactNode {
  return lines.map((line) => (
    <div key={line} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
      {line}
    </div>
  ));
}

function Decision({
  refund,
  outside,
}: {
  refund: Console.PayRefund;
  outside: Console.OutsideRefund;
}): ReactNode {
  const t = useWords(caseWords);
  const own = useSession().username === outside.proposedBy;
  const may = useMay()('refund:audit');
  const { ask, refusal } = useAsk();
  const confirm = useApiMutation('confirmOutsideRefund', { invalidates: REFUNDS_SHOWN });
  const withdraw = useApiMutation('withdrawOutsideRefund', { invalidates: REFUNDS_SHOWN });
  if (!may) return null;
  const path = { id: refund.id };
  const askToConfirm = (): void =>
    ask({
      title: t.confirmAsk(money(refund.amount)),
      content: <Said lines={[outside.evidence, t.confirmHint]} />,
      ok: t.confirm,
      act: () => confirm.mutateAsync({ path }),
      done: t.confirmed,
    });
  const askToWithdraw = (): void =>
    ask({
      title: t.withdrawAsk,
      content: t.withdrawHint,
      ok: t.withdraw,
      danger: true,
      act: () => withdraw.mutateAsync({ path }),
      done: t.withdrawn,
    });
  return (
    <>
      {own && <div style={{ marginTop: 4 }}>{t.own}</div>}
      {refusal}
      <Flex gap={8} wrap style={{ marginTop: 12 }}>
        {!own && (
          <Button type="primary" onClick={askToConfirm} loading={confirm.isPending}>
            {t.confirm}
          </Button>
        )}
        <Button onClick={askToWithdraw} loading={withdraw.isPending}>
          {t.withdraw}
        </Button>
      </Flex>
    </>
  );
}
