import { App, Button, Drawer, Flex, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { ApiError, type Camp } from '@yajin/web';
import { useIdempotencyKey } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { Refusal, useExplain } from '../../kit/failure.js';
import { beyondFields, useFieldErrors } from '../../kit/field-errors.js';
import { useWords } from '../../kit/text.js';
import { RealNameField, RoleField } from './user-fields.js';
import { userWords } from './user-words.js';

const EMPTY: Camp.CreateUserRequest = { username: '', password: '', realName: '', role: 'volunteer' };

/** Another user has that name. */
const TAKEN = 1401;

function isTaken(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === TAKEN;
}

export function CreateUser({ open, close }: { open: boolean; close: () => void }): ReactNode {
  const t = useWords(userWords);
  const { message } = App.useApp();
  const [form] = Form.useForm<Camp.CreateUserRequest>();
  const showFieldErrors = useFieldErrors();
  const explain = useExplain();
  const create = useApiMutation('createUser', { invalidates: ['listUsers'] });
  const onceKey = useIdempotencyKey();
  const submit = (body: Camp.CreateUserRequest): void =>
    create.mutate(
      { body, idempotencyKey: onceKey(body) },
      {
        onSuccess: ({ username }) => {
          void message.success(t.created(username));
          close();
        },
        onError: (error) => {
          if (isTaken(error)) form.setFields([{ name: 'username', errors: [explain(error).cause] }]);
          else showFieldErrors(form, error);
        },
      },
    );
  return (
    <Drawer
      open={open}
      onClose={close}
      title={t.create}
      size={520}
      destroyOnHidden
      afterOpenChange={(shown) => {
        if (shown) form.focusField('username');
        else {
          form.resetFields();
          create.reset();
        }
      }}
      footer={
        <Flex gap={8} justify="end">
          <Button onClick={close}>{t.cancel}</Button>
          <Button type="primary" loading={create.isPending} onClick={form.submit}>
            {t.save}
          </Button>
        </Flex>
      }
    >
      <Form form={form} layout="vertical" initialValues={EMPTY} onFinish={submit}>
        <Flex vertical gap={8}>
          <Refusal error={isTaken(create.error) ? null : beyondFields(create.error)} />
          <Form.Item
            name="username"
            label={t.username}
            extra={t.usernameRule}
            rules={[{ required: true, pattern: /^[A-Za-z0-9_.-]{3,32}$/, message: t.usernameRule }]}
          >
            <Input maxLength={32} autoComplete="off" autoFocus />
          </Form.Item>
          <Form.Item
            name="password"
            label={t.password}
            extra={t.passwordRule}
            rules={[{ required: true, min: 10, max: 128, message: t.passwordRule }]}
          >
            <Input.Password maxLength={128} autoComplete="new-password" />
          </Form.Item>
          <RealNameField />
          <RoleField />
        </Flex>
      </Form>
    </Drawer>
  );
}
