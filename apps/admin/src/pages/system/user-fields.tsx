import { Form, Input, Radio, Typography } from 'antd';
import type { ReactNode } from 'react';
import { roleWords } from '../../kit/role-words.js';
import { useWords } from '../../kit/text.js';
import { userWords } from './user-words.js';

const ROLES = ['admin', 'manager', 'coach', 'volunteer', 'finance'] as const;

export function RealNameField(): ReactNode {
  const t = useWords(userWords);
  return (
    <Form.Item
      name="realName"
      label={t.realName}
      rules={[{ required: true, whitespace: true, max: 50, message: t.realNameRule }]}
    >
      <Input maxLength={50} autoComplete="off" />
    </Form.Item>
  );
}

export function RoleField(): ReactNode {
  const t = useWords(userWords);
  const roles = useWords(roleWords);
  return (
    <Form.Item name="role" label={t.role} rules={[{ required: true, message: t.required }]}>
      <Radio.Group style={{ display: 'flex', flexDirection: 'column', gap: 8 }}>
        {ROLES.map((role) => (
          <Radio key={role} value={role}>
            {roles[role]}{' '}
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              {t.roleHints[role]}
            </Typography.Text>
          </Radio>
        ))}
      </Radio.Group>
    </Form.Item>
  );
}
