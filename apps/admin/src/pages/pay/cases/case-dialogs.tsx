import { App, Form, Input, Radio, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console, OperationName } from '@yajin/web';
import { money, useIdempotencyKey } from '@yajin/ui';
import { useApiMutation } from '../../../kit/api.js';
import { FormModal, TextField } from '../../../kit/form-modal.js';
import { useWords } from '../../../kit/text.js';
import { payWords } from '../pay-words.js';
import { bankWords, caseWords } from './case-words.js';

/** What shows refunds. */
export const REFUNDS_SHOWN: OperationName[] = [
  'getPayOrder',
  'listPayRefunds',
  'listRefundRecords',
  'getStatsOverview',
];

interface DialogProps {
  refund: Console.PayRefund;
  close: () => void;
}

/** Sends an abnormal refund to another account. */
export function RedirectDialog({ refund, close }: DialogProps): ReactNode {
  const t = useWords(caseWords);
  const { message } = App.useApp();
  const redirect = useApiMutation('redirectPayRefund', { invalidates: REFUNDS_SHOWN });
  const [to, setTo] = useState<Console.RedirectPayRefund['to']>('payer');
  const submit = ({ bankType, account, name }: Console.RedirectPayRefund): void => {
    const card = {
      to,
      ...(bankType ? { bankType } : {}),
      ...(account ? { account: account.replaceAll(/\s/g, '') } : {}),
      ...(name ? { name: name.trim() } : {}),
    };
    redirect.mutate(
      { path: { id: refund.id }, body: to === 'merchant' ? { to } : card },
      { onSuccess: () => (close(), void message.success(t.redirected)) },
    );
  };
  return (
    <FormModal<Console.RedirectPayRefund>
      title={t.redirectTitle(money(refund.amount))}
      ok={t.redirectDo(money(refund.amount))}
      act={redirect}
      close={close}
      submit={submit}
      initial={{ to }}
    >
      <Form.Item name="to" label={t.to} extra={to === 'payer' ? t.toPayerHint : t.toMerchantHint}>
        <Radio.Group
          onChange={({ target }) => setTo(target.value as typeof to)}
          options={[
            { value: 'payer', label: t.toPayer },
            { value: 'merchant', label: t.toMerchant },
          ]}
        />
      </Form.Item>
      {to === 'payer' && <Card />}
    </FormModal>
  );
}

function Card(): ReactNode {
  const t = useWords(caseWords);
  const common = useWords(payWords);
  const banks = useWords(bankWords);
  const needed = { required: true, message: common.needed };
  return (
    <>
      <Form.Item name="bankType" label={t.bank} rules={[needed]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={Object.entries(banks).map(([value, label]) => ({ value, label }))}
        />
      </Form.Item>
      <Form.Item
        name="account"
        label={t.account}
        rules={[needed, { pattern: /^\s*(\d\s*){8,32}$/, message: t.digits }]}
      >
        <Input inputMode="numeric" autoComplete="off" maxLength={48} />
      </Form.Item>
      <TextField name="name" label={t.name} max={64} extra={t.secret} />
    </>
  );
}

/** Says that the payer has been paid by other means. */
export function OutsideDialog({ refund, close }: DialogProps): ReactNode {
  const t = useWords(caseWords);
  const { message } = App.useApp();
  const propose = useApiMutation('proposeOutsideRefund', { invalidates: REFUNDS_SHOWN });
  const onceKey = useIdempotencyKey();
  const submit = ({ evidence }: Console.ProposeOutsideRefund): void => {
    const body = { evidence: evidence.trim() };
    propose.mutate(
      { path: { id: refund.id }, body, idempotencyKey: onceKey(body) },
      { onSuccess: () => (close(), void message.success(t.proposed)) },
    );
  };
  return (
    <FormModal<Console.ProposeOutsideRefund>
      title={t.outsideTitle(money(refund.amount))}
      about={t.outsideHint}
      ok={t.outsideDo}
      act={propose}
      close={close}
      submit={submit}
    >
      <TextField name="evidence" label={t.evidence} extra={t.evidenceHint} max={500} lines={3} />
    </FormModal>
  );
}
