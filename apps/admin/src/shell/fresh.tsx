import { Flex, Form, Input, Modal, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { useSingleFlight } from '@yajin/ui';
import { useApiMutation } from '../kit/api.js';
import { CodeField } from '../kit/code-field.js';
import { Refusal } from '../kit/failure.js';
import { beyondFields, useFieldErrors } from '../kit/field-errors.js';
import { settleFresh, useAskedProof } from '../kit/fresh.js';
import { useSessionState } from '../kit/session.js';
import { useWords, words } from '../kit/text.js';

const text = words(
  {
    title: '请再次验证身份',
    about: '这项操作涉及资金、账号或密钥。验证后会继续刚才的操作，10 分钟内不再询问。',
    password: '登录密码',
    submit: '验证',
    cancel: '取消',
    required: '请填写',
  },
  {
    title: 'Prove once more who you are',
    about:
      'This is about money, accounts or secrets. What you were doing goes on then, and for 10 minutes you are not asked again.',
    password: 'Your password',
    submit: 'Go on',
    cancel: 'Cancel',
    required: 'Required',
  },
);

/** Above every dialog, Ant Design's questions included (2000): those wait for it. */
export const ABOVE_ALL = 2005;

/** Its fields are told by it from those of the form below. */
const FORM = 'fresh';

/** Above whatever was refused: with the proof it goes on, without it stays refused. */
export function FreshProof(): ReactNode {
  const t = useWords(text);
  const asked = useAskedProof();
  const { session, expired } = useSessionState();
  const [form] = Form.useForm<Camp.FreshProof>();
  const showFieldErrors = useFieldErrors();
  const prove = useApiMutation('proveFresh');
  const singly = useSingleFlight();
  const submit = (body: Camp.FreshProof): void =>
    singly(() =>
      prove.mutateAsync({ body }).then(
        () => settleFresh(true),
        (error: unknown) => showFieldErrors(form, error),
      ),
    );
  return (
    <Modal
      // Whose session has run out logs in again instead: that is as good.
      open={asked !== null && !expired}
      title={t.title}
      okText={t.submit}
      cancelText={t.cancel}
      // The form's own button, so that Enter does it, too.
      okButtonProps={{ htmlType: 'submit', form: FORM }}
      onCancel={() => settleFresh(false)}
      confirmLoading={prove.isPending}
      mask={{ closable: false }}
      zIndex={ABOVE_ALL}
      destroyOnHidden
      afterOpenChange={(shown) => {
        if (shown) form.focusField(asked ?? 'password');
        else prove.reset();
      }}
      width={420}
    >
      <Typography.Paragraph type="secondary">{t.about}</Typography.Paragraph>
      <Form name={FORM} form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Flex vertical gap={8}>
          <Refusal error={beyondFields(prove.error)} />
          {/* For password managers, which ask whose password it is. */}
          <input type="text" autoComplete="username" value={session?.username ?? ''} readOnly hidden />
          {asked === 'code' ? (
            <CodeField />
          ) : (
            <Form.Item name="password" label={t.password} rules={[{ required: true, message: t.required }]}>
              <Input.Password autoComplete="current-password" maxLength={128} />
            </Form.Item>
          )}
        </Flex>
      </Form>
    </Modal>
  );
}
