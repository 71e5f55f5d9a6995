import { App, Flex, Form, Input, Modal, Typography } from 'antd';
import { useRef, useState, type ComponentRef, type ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { useApiMutation } from '../../kit/api.js';
import { Refusal } from '../../kit/failure.js';
import { useWords, words } from '../../kit/text.js';
import { MATCH_SHOWN } from './changed.js';

const text = words(
  {
    title: '解除匹配？',
    says: (name: string) =>
      `星球用户「${name}」将被释放，其打卡不再算给这位会员。待审核的退款会作废；会员 7 天内可以重新绑定，智能匹配不会再选中该用户。操作记入审计日志。`,
    reason: '原因',
    example: '如：冒用他人星球 ID',
    unmatch: '解除匹配',
    cancel: '取消',
    done: '已解除匹配',
  },
  {
    title: 'Undo the match?',
    says: (name: string) =>
      `The planet user “${name}” is free again, and their check-ins no longer count for this member. A refund under review becomes void. The member may say again who they are for 7 days; the smart match will not choose this user again. It goes into the audit log.`,
    reason: 'Reason',
    example: 'Such as: somebody else’s planet id',
    unmatch: 'Undo the match',
    cancel: 'Cancel',
    done: 'The match is undone',
  },
);

export function Unmatch({ member, close }: { member: Camp.MemberDetail; close: () => void }): ReactNode {
  const t = useWords(text);
  const { message } = App.useApp();
  const field = useRef<ComponentRef<typeof Input.TextArea>>(null);
  const [reason, setReason] = useState('');
  const unmatch = useApiMutation('unmatchMember', {
    invalidates: MATCH_SHOWN,
  });
  const user = member.matchInfo.matchedPlanetUser;
  const go = (): void =>
    unmatch.mutate(
      { path: { id: member.id }, body: { reason: reason.trim() } },
      {
        onSuccess: () => {
          void message.success(t.done);
          close();
        },
      },
    );
  return (
    <Modal
      open
      title={t.title}
      okText={t.unmatch}
      cancelText={t.cancel}
      okButtonProps={{ danger: true, disabled: reason.trim() === '' }}
      confirmLoading={unmatch.isPending}
      onOk={go}
      onCancel={close}
      afterOpenChange={(open) => open && field.current?.focus()}
    >
      <Flex vertical gap={12}>
        <Typography.Text>{t.says(user?.planetNickname || user?.planetUserId || '')}</Typography.Text>
        <Form layout="vertical">
          <Form.Item label={t.reason} required htmlFor="unmatch-reason" style={{ margin: 0 }}>
            <Input.TextArea
              id="unmatch-reason"
              value={reason}
              onChange={({ target }) => setReason(target.value)}
              placeholder={t.example}
              maxLength={500}
              ref={field}
              autoSize={{ minRows: 2 }}
            />
          </Form.Item>
        </Form>
        <Refusal error={unmatch.error} />
      </Flex>
    </Modal>
  );
}
