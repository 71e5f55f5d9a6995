import { App, Flex, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { Camp } from '@yajin/web';
import { useApiMutation } from '../../kit/api.js';
import { useCampName } from '../../kit/camp-name.js';
import { Refusal } from '../../kit/failure.js';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    title: '删除草稿？',
    says: (name: string) => `「${name}」将从列表中移除，不能恢复。已经发布或有会员的训练营不会被删除。`,
    remove: '删除',
    cancel: '取消',
    done: '草稿已删除',
  },
  {
    title: 'Delete the draft?',
    says: (name: string) =>
      `“${name}” leaves the list for good. A camp that is published or has members is never deleted.`,
    remove: 'Delete',
    cancel: 'Cancel',
    done: 'The draft is deleted',
  },
);

export function DeleteDraft({
  camp,
  open,
  close,
}: {
  camp: Camp.CampDetail;
  open: boolean;
  close: () => void;
}): ReactNode {
  const t = useWords(text);
  const campName = useCampName();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const remove = useApiMutation('deleteCamp', { invalidates: ['listCamps'] });
  const go = (): void =>
    remove.mutate(
      { path: { id: camp.id } },
      {
        onSuccess: () => {
          void message.success(t.done);
          void navigate('/camps');
        },
      },
    );
  return (
    <Modal
      open={open}
      title={t.title}
      okText={t.remove}
      cancelText={t.cancel}
      okButtonProps={{ danger: true }}
      confirmLoading={remove.isPending}
      onOk={go}
      onCancel={() => {
        remove.reset();
        close();
      }}
    >
      <Flex vertical gap={12}>
        {t.says(campName(camp))}
        <Refusal error={remove.error} />
      </Flex>
    </Modal>
  );
}
