import { App, Flex, Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useAct } from '../kit/api.js';
import { Refusal } from '../kit/failure.js';
import { useWords, words } from '../kit/text.js';

const text = words(
  {
    title: '修改密码',
    old: '原密码',
    fresh: '新密码',
    again: '再次输入新密码',
    rule: '8–128 位',
    differs: '两次输入不一致',
    save: '修改',
    done: '密码已修改，其他设备需重新登录',
    required: '请填写',
  },
  {
    title: 'Change password',
    old: 'Present password',
    fresh: 'New password',
    again: 'New password again',
    rule: '8 to 128 characters',
    differs: 'They differ',
    save: 'Change',
    done: 'Changed. Other devices must log in again',
    required: 'Required',
  },
);

interface Fields {
  oldPassword: string;
  newPassword: string;
  again: string;
}

export function PasswordForm({ open, close }: { open: boolean; close: () => void }): ReactNode {
  const t = useWords(text);
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const change = useAct('changePassword');
  const required = { required: true, message: t.required };
  return (
    <Modal
      open={open}
      title={t.title}
      okText={t.save}
      onOk={form.submit}
      onCancel={close}
      confirmLoading={change.isPending}
      destroyOnHidden
      afterClose={() => (form.resetFields(), change.reset())}
    >
      <Form
        form={form}
        layout="vertical"
        onFinish={({ oldPassword, newPassword }) => {
          const done = (): void => (close(), void message.success(t.done));
          change.mutate({ body: { oldPassword, newPassword } }, { onSuccess: done });
        }}
      >
        <Flex vertical gap={8}>
          <Refusal error={change.error} />
          <Form.Item name="oldPassword" label={t.old} rules={[required]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Form.Item
            name="newPassword"
            label={t.fresh}
            extra={t.rule}
            rules={[required, { min: 8, max: 128, message: t.rule }]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item
            name="again"
            label={t.again}
            dependencies={['newPassword']}
            rules={[
              required,
              ({ getFieldValue }) => ({
                validator: (_, value) =>
                  !value || value === getFieldValue('newPassword')
                    ? Promise.resolve()
                    : Promise.reject(new Error(t.differs)),
              }),
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        </Flex>
      </Form>
    </Modal>
  );
}
