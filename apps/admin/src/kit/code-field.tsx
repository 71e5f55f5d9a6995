import { Button, Form, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useWords, words } from './text.js';

const text = words(
  {
    code: '动态码',
    hint: '身份验证器 App 中的 6 位数字',
    recovery: '恢复码',
    recoveryHint: '开启动态码时保存的恢复码，每个只能用一次',
    useRecovery: '手机不在身边？使用恢复码',
    useCode: '使用动态码',
    required: '请填写',
  },
  {
    code: 'One-time code',
    hint: 'Six digits, from your authenticator app',
    recovery: 'Recovery code',
    recoveryHint: 'One of those that you kept when you set the codes up; each works once',
    useRecovery: 'Without your phone? Use a recovery code',
    useCode: 'Use a one-time code',
    required: 'Required',
  },
);

/** The form's `code`: six digits, or the way out for whoever has lost what shows them. */
export function CodeField(): ReactNode {
  const t = useWords(text);
  const form = Form.useFormInstance<{ code: string }>();
  const [recovery, setRecovery] = useState(false);
  return (
    <>
      <Form.Item
        key={recovery ? 'recovery' : 'code'}
        name="code"
        label={recovery ? t.recovery : t.code}
        extra={recovery ? t.recoveryHint : t.hint}
        rules={[{ required: true, whitespace: true, message: t.required }]}
        style={{ marginBottom: 4 }}
      >
        <Input
          autoFocus
          autoComplete={recovery ? 'off' : 'one-time-code'}
          inputMode={recovery ? 'text' : 'numeric'}
          maxLength={recovery ? 64 : 6}
          className="number"
        />
      </Form.Item>
      <div>
        <Button
          type="link"
          size="small"
          style={{ padding: 0 }}
          onClick={() => {
            form.setFieldValue('code', '');
            setRecovery(!recovery);
          }}
        >
          {recovery ? t.useCode : t.useRecovery}
        </Button>
      </div>
    </>
  );
}
