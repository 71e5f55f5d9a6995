import { App, Button, Flex, Form, Input, Modal, Typography, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { queryClient, useApiMutation } from '../kit/api.js';
import { Refusal } from '../kit/failure.js';
import { beyondFields, useFieldErrors } from '../kit/field-errors.js';
import { pend, useSession } from '../kit/session.js';
import { useWords, words } from '../kit/text.js';

const text = words(
  {
    title: '修改密码',
    first: '请先修改密码',
    firstAbout: '现在的密码由他人设置。改成只有您知道的密码之后，才能使用后台。',
    old: '原密码',
    fresh: '新密码',
    again: '再次输入新密码',
    rule: '10–128 位，不能是常见密码，不能与用户名相同',
    differs: '两次输入不一致',
    save: '修改',
    done: '密码已修改，其他设备需重新登录',
    required: '请填写',
  },
  {
    title: 'Change password',
    first: 'Set a password of your own',
    firstAbout: 'Somebody else set the present one. The console opens once you have one that only you know.',
    old: 'Present password',
    fresh: 'New password',
    again: 'New password again',
    rule: '10 to 128 characters, neither a common password nor your username',
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
  const [form] = Form.useForm<Fields>();
  const change = useChange(form, close);
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
      <Form form={form} layout="vertical" onFinish={change.submit}>
        <PasswordFields error={change.error} />
      </Form>
    </Modal>
  );
}

/** In place of every page, for whoever still has a password that somebody else set. */
export function FirstPassword(): ReactNode {
  const t = useWords(text);
  const { username } = useSession();
  const [form] = Form.useForm<Fields>();
  const change = useChange(form, () => {
    pend(null);
    void queryClient.invalidateQueries();
  });
  return (
    <Flex vertical style={{ maxWidth: 420 }}>
      <Typography.Title level={1} style={{ fontSize: 20, margin: '0 0 4px' }}>
        {t.first}
      </Typography.Title>
      <Typography.Paragraph type="secondary">{t.firstAbout}</Typography.Paragraph>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={change.submit}>
        {/* For password managers, which ask whose password it is. */}
        <input type="text" autoComplete="username" value={username} readOnly hidden />
        <PasswordFields error={change.error} />
        <Button type="primary" htmlType="submit" loading={change.isPending} style={{ marginTop: 8 }}>
          {t.save}
        </Button>
      </Form>
    </Flex>
  );
}

function useChange(
  form: FormInstance<Fields>,
  then: () => void,
): { submit: (fields: Fields) => void; error: Error | null; isPending: boolean; reset: () => void } {
  const t = useWords(text);
  const { message } = App.useApp();
  const showFieldErrors = useFieldErrors();
  const { mutate, error, isPending, reset } = useApiMutation('changePassword');
  const submit = ({ oldPassword, newPassword }: Fields): void =>
    mutate(
      { body: { oldPassword, newPassword } },
      {
        onSuccess: () => (then(), void message.success(t.done)),
        onError: (refused) => showFieldErrors(form, refused),
      },
    );
  return { submit, error, isPending, reset };
}

function PasswordFields({ error }: { error: Error | null }): ReactNode {
  const t = useWords(text);
  const required = { required: true, message: t.required };
  return (
    <Flex vertical gap={8}>
      <Refusal error={beyondFields(error)} />
      <Form.Item name="oldPassword" label={t.old} rules={[required]}>
        <Input.Password autoComplete="current-password" maxLength={128} />
      </Form.Item>
      <Form.Item
        name="newPassword"
        label={t.fresh}
        extra={t.rule}
        rules={[required, { min: 10, max: 128, message: t.rule }]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
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
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
    </Flex>
  );
}
