import { Alert, App, Button, Drawer, Flex, Form, Input, Radio, Typography } from 'antd';
import type { ReactNode } from 'react';
import { ApiError, type Camp } from '@yajin/web';
import { useApiMutation } from '../../kit/api.js';
import { Refusal, useExplain } from '../../kit/failure.js';
import { beyondFields, useFieldErrors } from '../../kit/field-errors.js';
import { useSession } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { RealNameField, RoleField } from './user-fields.js';
import { userWords } from './user-words.js';

interface Values {
  realName: string;
  role: Camp.Role;
  status: Camp.UserStatus;
  password: string;
}

export function EditUser({ user, close }: { user: Camp.User; close: () => void }): ReactNode {
  const t = useWords(userWords);
  const { userId } = useSession();
  const { message, modal } = App.useApp();
  const [form] = Form.useForm<Values>();
  const showFieldErrors = useFieldErrors();
  const update = useApiMutation('updateUser', { invalidates: ['listUsers'] });
  const save = (body: Camp.UpdateUserRequest): void =>
    update.mutate(
      { path: { id: user.id }, body },
      {
        onSuccess: ({ username }) => {
          void message.success(t.updated(username));
          close();
        },
        onError: (error) => showFieldErrors(form, error),
      },
    );
  const submit = (values: Values): void => {
    const body = changesOf(user, values);
    if (Object.keys(body).length === 0) {
      void message.info(t.unchanged);
      return;
    }
    if (!endsSessions(body)) {
      save(body);
      return;
    }
    modal.confirm({
      title: t.confirm,
      content: <Consequences user={user} body={body} />,
      okText: t.save,
      cancelText: t.cancel,
      onOk: () => save(body),
    });
  };
  return (
    <Drawer
      open
      onClose={close}
      title={`${t.edit} · ${user.username}`}
      size={520}
      footer={
        <Flex gap={8} justify="end">
          <Button onClick={close}>{t.cancel}</Button>
          <Button type="primary" loading={update.isPending} onClick={form.submit}>
            {t.save}
          </Button>
        </Flex>
      }
    >
      <Form form={form} layout="vertical" initialValues={{ ...user, password: '' }} onFinish={submit}>
        <Flex vertical gap={8}>
          <Problem error={update.error} />
          <RealNameField />
          <RoleField />
          <Form.Item name="status" label={t.status}>
            <Radio.Group
              options={(['active', 'disabled'] as const).map((value) => ({
                value,
                label: t.statuses[value],
              }))}
            />
          </Form.Item>
          <NewPassword own={user.id === userId} />
          <Typography.Text type="secondary">{t.sessions}</Typography.Text>
          {user.totp && user.id !== userId && <ResetTotp user={user} close={close} />}
        </Flex>
      </Form>
    </Drawer>
  );
}

function ResetTotp({ user, close }: { user: Camp.User; close: () => void }): ReactNode {
  const t = useWords(userWords);
  const { message, modal } = App.useApp();
  const explain = useExplain();
  const reset = useApiMutation('resetUserTotp', { invalidates: ['listUsers'] });
  const ask = (): void =>
    void modal.confirm({
      title: t.resetTotpTitle(user.username),
      content: t.resetTotpBody,
      okText: t.resetTotp,
      okButtonProps: { danger: true },
      cancelText: t.cancel,
      onOk: () =>
        reset.mutateAsync({ path: { id: user.id } }).then(
          () => (void message.success(t.totpReset), close()),
          (refused: unknown) => void message.error(explain(refused).cause),
        ),
    });
  return (
    <Flex vertical gap={4} align="start" style={{ marginTop: 16 }}>
      <Button danger onClick={ask}>
        {t.resetTotp}
      </Button>
      <Typography.Text type="secondary">{t.resetTotpAbout}</Typography.Text>
    </Flex>
  );
}

/** One's own is changed elsewhere, with the present one. */
function NewPassword({ own }: { own: boolean }): ReactNode {
  const t = useWords(userWords);
  if (own) return <Typography.Text type="secondary">{t.ownPassword}</Typography.Text>;
  return (
    <Form.Item
      name="password"
      label={t.newPassword}
      extra={
        <>
          {t.passwordRule}
          <br />
          {t.keepPassword}
        </>
      }
      rules={[{ min: 10, max: 128, message: t.passwordRule }]}
    >
      <Input.Password maxLength={128} autoComplete="new-password" />
    </Form.Item>
  );
}

function Consequences({ user, body }: { user: Camp.User; body: Camp.UpdateUserRequest }): ReactNode {
  const t = useWords(userWords);
  const { userId } = useSession();
  return (
    <Flex vertical gap={4}>
      <span>{user.id === userId ? t.endsYours : t.ends(user.username)}</span>
      {body.status === 'disabled' && <span>{t.disables}</span>}
    </Flex>
  );
}

/** Here a conflict is about the last administrator, and has a remedy of its own. */
function Problem({ error }: { error: unknown }): ReactNode {
  const t = useWords(userWords);
  const explain = useExplain();
  if (!(error instanceof ApiError) || error.code !== 409) return <Refusal error={beyondFields(error)} />;
  return (
    <Alert type="error" showIcon role="alert" title={explain(error).cause} description={t.lastAdminRemedy} />
  );
}

/** Only what was changed is sent. */
function changesOf(user: Camp.User, values: Values): Camp.UpdateUserRequest {
  return {
    ...(values.realName.trim() !== user.realName && { realName: values.realName.trim() }),
    ...(values.role !== user.role && { role: values.role }),
    ...(values.status !== user.status && { status: values.status }),
    ...(values.password && { password: values.password }),
  };
}

function endsSessions({ role, status, password }: Camp.UpdateUserRequest): boolean {
  return role !== undefined || status === 'disabled' || password !== undefined;
}
