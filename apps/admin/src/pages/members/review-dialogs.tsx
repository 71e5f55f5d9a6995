import { Alert, App, Form, Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Camp, OperationName } from '@yajin/web';
import { money } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { useCreate } from '../../kit/create.js';
import { betweenWords } from '../../kit/between-words.js';
import { FormModal, TextField } from '../../kit/form-modal.js';
import { joined, useWords } from '../../kit/text.js';
import { MATCH_SHOWN } from './changed.js';
import { reviewWords } from './review-words.js';

const CHANGED: OperationName[] = [...MATCH_SHOWN, 'getStatsOverview'];

interface DialogProps {
  member: Camp.MemberDetail;
  close: () => void;
}

export function SettleDialog({ member, close }: DialogProps): ReactNode {
  const t = useWords(reviewWords);
  const { message } = App.useApp();
  const settle = useApiMutation('settleReview', { invalidates: CHANGED });
  const [favour, setFavour] = useState<Camp.SettleReviewRequest['favour'] | null>(null);
  const { planetUserId } = member.filledInfo;
  const holders = member.matchInfo.identityClaims.filter(({ holds }) => holds);
  const { list } = useWords(betweenWords);
  const names = joined(
    holders.map((one) => one.planetNickname ?? `#${one.memberId}`),
    list,
  );
  return (
    <FormModal<Camp.SettleReviewRequest>
      title={t.settle}
      ok={t.settleDo}
      act={settle}
      close={close}
      submit={({ favour: chosen, reason }) =>
        settle.mutate(
          { path: { id: member.id }, body: { favour: chosen, reason: reason.trim() } },
          { onSuccess: () => (close(), void message.success(t.settled)) },
        )
      }
    >
      <Form.Item
        name="favour"
        label={planetUserId ? t.whose(planetUserId) : t.unknown}
        rules={[{ required: true, message: t.chooseOne }]}
      >
        <Radio.Group
          vertical
          onChange={({ target }) => setFavour(target.value as Camp.SettleReviewRequest['favour'])}
          options={[
            { value: 'member', label: t.member },
            { value: 'holder', label: t.holder },
          ]}
        />
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
      <TextField
        name="reason"
        label={t.reason}
        max={500}
        lines={2}
        needed={t.reasonNeeded}
        placeholder={t.example}
      />
    </FormModal>
  );
}

export function GiveBackDialog({ member, close }: DialogProps): ReactNode {
  const t = useWords(reviewWords);
  const amount = money(member.paymentInfo.amount);
  const { submit, ...giveBack } = useCreate('returnDeposit', {
    path: { id: member.id },
    invalidates: CHANGED,
    done: () => t.given,
    close,
  });
  return (
    <FormModal<Camp.ReturnDepositRequest>
      title={t.giveBack}
      ok={t.giveBackDo(amount)}
      danger
      submit={({ reason }) => submit({ reason: reason.trim() })}
      {...giveBack}
    >
      <Alert type="warning" showIcon title={t.willReturn(amount)} style={{ marginBottom: 16 }} />
      <TextField
        name="reason"
        label={t.back}
        max={500}
        lines={2}
        needed={t.reasonNeeded}
        placeholder={t.backExample}
      />
    </FormModal>
  );
}
