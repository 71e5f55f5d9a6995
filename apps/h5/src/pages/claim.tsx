import { isolated, tidyNumber } from '@yajin/core';
import { ApiError, type Camp } from '@yajin/web';
import { Button } from 'antd-mobile';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useSubmit } from '@yajin/ui';
import { client, persister, useApiQuery } from '../kit/api.js';
import { Field } from '../kit/field.js';
import { keepOrder } from '../kit/orders.js';
import { Card } from '../kit/page.js';
import { seen } from '../kit/states.js';
import { transactionProblem } from '../rules/claim.rules.js';
import { Refusal, Told } from './told.js';

const BIND_STATUS = { to_bind: 'pending', bound: 'completed', bind_expired: 'expired' } as const;

/** Who paid by the camp's fixed code and is not known by it yet says which payment is theirs. */
export function Claim({ campId }: { campId: number }): ReactNode {
  const camp = seen(useApiQuery('getPublicCamp', { path: { id: campId } }, { persister }));
  return camp && <ClaimForm camp={camp} />;
}

function ClaimForm({ camp }: { camp: Camp.PublicCampDetail }): ReactNode {
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState<Camp.ClaimStatus | null>(null);
  const {
    isPending,
    error: failure,
    onSubmit,
  } = useSubmit(async () => {
    const transactionId = tidyNumber(typed);
    const wrong = transactionProblem(transactionId);
    setProblem(wrong);
    setSaid(null);
    if (wrong !== null) {
      document.querySelector<HTMLInputElement>('input[name="transactionId"]')?.focus();
      return;
    }
    try {
      const claimed = await client.call('claimPayment', { body: { campId: camp.id, transactionId } });
      if (!keep(camp, claimed)) return setSaid(claimed.status);
      await navigate(`/orders/${claimed.orderNo}`);
    } catch (error) {
      const atField = problemOf(error);
      setProblem(atField);
      if (atField === null) throw error;
    }
  });
  const fill = (value: string): void => {
    setTyped(value);
    setProblem(null);
    setSaid(null);
  };
  return (
    <form onSubmit={onSubmit} noValidate>
      <Card title="扫收款码付过款，还是没有？">
        <p className="soft">
          填写付款的交易单号，我们马上向微信支付查一次「{isolated(camp.name)}」的这笔押金。
        </p>
        <Field
          label="交易单号"
          name="transactionId"
          value={typed}
          onChange={fill}
          error={problem ?? undefined}
          digits
          maxLength={64}
          hint="28–32 位数字，在微信账单里。"
        />
        <TransactionHelp />
        {said !== null && (
          <div role="status">
            <Told className="note" text={WORDS[said]} />
          </div>
        )}
        {failure && <Refusal error={failure} />}
        <Button block color="primary" size="large" type="submit" loading={isPending} loadingText="正在查询">
          我已支付，查这笔付款
        </Button>
      </Card>
    </form>
  );
}

/** Why what is known leads no further in this browser. */
const WORDS: Record<Camp.ClaimStatus, string> = {
  processing: '钱已经收到，正在处理。请过一分钟再查一次，不用再付。',
  to_bind: '钱已经收到。请用付款时的微信登录，继续填写星球信息。',
  bound: '这笔付款已经绑定过了。请用付款时的微信登录，就能找回报名。',
  bind_expired:
    '钱已经收到，但自己填写星球信息的时间（付款后 7 天）已经过了。请联系助教为你补上，押金不会丢。',
  unallocated: '钱已经收到，但金额或付款时间与这个训练营不符。工作人员会核对，归到你名下或原路退回。',
  returned: '这笔钱没有算作报名，已经退回或正在原路退回你的微信，不用做任何事。',
};

/** @returns whether this browser may see the order from now on */
function keep(camp: Camp.PublicCampDetail, claimed: Camp.ClaimedPayment): boolean {
  const { status, accessToken } = claimed;
  if (accessToken === null || (status !== 'to_bind' && status !== 'bound' && status !== 'bind_expired'))
    return false;
  keepOrder({
    orderNo: claimed.orderNo,
    ticket: accessToken,
    campId: camp.id,
    campName: camp.name,
    payStatus: 'success',
    bindStatus: BIND_STATUS[status],
    memberId: null,
    payTime: claimed.payTime,
    at: Date.now(),
    heardAt: Date.now(),
  });
  return true;
}

/** What a refusal has against the number, if it is about that. */
function problemOf(error: unknown): string | null {
  if (!(error instanceof ApiError)) return null;
  if (error.status === 404) return error.message;
  return error.fields.find(({ field }) => field === 'transactionId')?.message ?? null;
}

/** Where people find the number of their payment. */
function TransactionHelp(): ReactNode {
  return (
    <details className="help">
      <summary>交易单号在哪里？</summary>
      <ol>
        <li>打开微信，点「我 › 服务 › 钱包 › 账单」，点开这笔付款。</li>
        <li>「交易单号」后面那串 28–32 位的数字就是，长按可以复制。</li>
        <li>不要填「商户单号」，它带有字母。</li>
      </ol>
    </details>
  );
}
