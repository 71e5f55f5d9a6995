import { App, Form, Radio, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Console, OperationName } from '@yajin/web';
import { useIdempotencyKey } from '@yajin/ui';
import { useApiMutation } from '../../../kit/api.js';
import { FormModal, TextField } from '../../../kit/form-modal.js';
import { useWords, words } from '../../../kit/text.js';
import { payWords } from '../pay-words.js';
import { differenceNumber, differenceWords, kindWords } from './difference-words.js';

const text = words(
  {
    title: '处理差异',
    about: '记下核实的结果。不改动账目；要更正的请先在渠道或本系统更正。处理一次，不能改。',
    ok: '确认处理',
    decision: '结果',
    hints: {
      corrected: '已在渠道的商户平台或本系统更正',
      accepted: '核实过，不必更正',
      not_ours: '同一商户号下其他系统的款项',
    },
    note: '理由',
    noteHint: '核实了什么、向谁、结果如何；会记入操作日志',
    done: '已处理',
  },
  {
    title: 'Resolve the difference',
    about:
      'Says what you found out. The books are not touched: correct at the gateway or here first. It is resolved once and cannot be changed.',
    ok: 'Resolve it',
    decision: 'What it is',
    hints: {
      corrected: 'Corrected at the gateway or here',
      accepted: 'Looked into; nothing to correct',
      not_ours: 'Another system’s, under the same merchant number',
    },
    note: 'Why',
    noteHint: 'What you checked, with whom, and what came of it; it goes into the audit log',
    done: 'Resolved',
  },
);

/** What shows differences. */
export const DIFFERENCES_SHOWN: OperationName[] = [
  'listPayDifferences',
  'getPayDifferenceStory',
  'getPayBillMonth',
  'listPayBills',
  'getPayBill',
];
const DECISIONS = ['corrected', 'accepted', 'not_ours'] as const;

export function ResolveDialog({
  difference,
  close,
}: {
  difference: Console.PayDifference;
  close: () => void;
}): ReactNode {
  const { id, kind } = difference;
  const t = useWords(text);
  const names = useWords(differenceWords).decision;
  const { needed } = useWords(payWords);
  const kinds = useWords(kindWords);
  const { message } = App.useApp();
  const resolve = useApiMutation('resolvePayDifference', { invalidates: DIFFERENCES_SHOWN });
  const onceKey = useIdempotencyKey();
  const submit = ({ decision, note }: Console.ResolvePayDifference): void => {
    const body = { decision, note: note.trim() };
    resolve.mutate(
      { path: { id }, body, idempotencyKey: onceKey({ id, ...body }) },
      { onSuccess: () => (close(), void message.success(t.done)) },
    );
  };
  return (
    <FormModal<Console.ResolvePayDifference>
      title={t.title}
      about={
        <>
          <Typography.Text strong>{kinds[kind].name}</Typography.Text>{' '}
          <Typography.Text style={{ overflowWrap: 'anywhere' }}>
            {differenceNumber(difference)}
          </Typography.Text>
          <br />
          <Typography.Text type="secondary">{t.about}</Typography.Text>
        </>
      }
      ok={t.ok}
      act={resolve}
      close={close}
      submit={submit}
    >
      <Form.Item name="decision" label={t.decision} rules={[{ required: true, message: needed }]}>
        <Radio.Group
          vertical
          options={DECISIONS.map((value) => ({
            value,
            label: (
              <>
                {names[value]} <Typography.Text type="secondary">{t.hints[value]}</Typography.Text>
              </>
            ),
          }))}
        />
      </Form.Item>
      <TextField name="note" label={t.note} extra={t.noteHint} max={500} lines={3} />
    </FormModal>
  );
}
