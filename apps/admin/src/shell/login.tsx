import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Card, Flex, Form, Input, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import type { Camp } from '@yajin/web';
import { queries, useAct } from '../kit/api.js';
import { Refusal } from '../kit/failure.js';
import { begin, useSessionState } from '../kit/session.js';
import { useWords, words } from '../kit/text.js';

const text = words(
  {
    title: '押金管理后台',
    subtitle: '训练营押金、打卡与退款',
    username: '用户名',
    password: '密码',
    required: '请填写',
    submit: '登录',
  },
  {
    title: 'Yajin console',
    subtitle: 'Deposits, check-ins and refunds of training camps',
    username: 'Username',
    password: 'Password',
    required: 'Required',
    submit: 'Log in',
  },
);

/** @param as the only one who may go on, when a session ran out in the middle of something */
export function LoginForm({ as, done }: { as?: string; done?: () => void }): ReactNode {
  const t = useWords(text);
  const login = useAct('login');
  return (
    <Form<Camp.LoginRequest>
      layout="vertical"
      requiredMark={false}
      size="large"
      initialValues={{ username: as ?? '' }}
      onFinish={(body) => {
        login.mutate(
          { body },
          {
            onSuccess: (result) => {
              begin(result);
              // What an earlier login saw is not shown to the next one.
              if (as !== result.username) queries.clear();
              else void queries.invalidateQueries();
              done?.();
            },
          },
        );
      }}
    >
      <Flex vertical gap={12}>
        <Refusal error={login.error} />
        <Form.Item
          name="username"
          label={t.username}
          rules={[{ required: true, message: t.required }]}
          style={{ marginBottom: 4 }}
        >
          <Input
            prefix={<UserOutlined />}
            autoComplete="username"
            autoFocus={!as}
            disabled={as !== undefined}
            maxLength={64}
          />
        </Form.Item>
        <Form.Item name="password" label={t.password} rules={[{ required: true, message: t.required }]}>
          <Input.Password
            prefix={<LockOutlined />}
            autoComplete="current-password"
            autoFocus={as !== undefined}
            maxLength={128}
          />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={login.isPending}>
          {t.submit}
        </Button>
      </Flex>
    </Form>
  );
}

export function LoginPage(): ReactNode {
  const t = useWords(text);
  const { session } = useSessionState();
  const location = useLocation();
  const from = (location.state as { from?: string } | null)?.from ?? '/';
  if (session) return <Navigate to={from} replace />;
  return (
    <Flex
      component="main"
      align="center"
      justify="center"
      style={{ minHeight: '100%', padding: 16, boxSizing: 'border-box' }}
    >
      <Card style={{ width: '100%', maxWidth: 380 }}>
        <Typography.Title level={1} style={{ fontSize: 22, marginTop: 0, marginBottom: 4 }}>
          {t.title}
        </Typography.Title>
        <Typography.Paragraph type="secondary">{t.subtitle}</Typography.Paragraph>
        <LoginForm />
      </Card>
    </Flex>
  );
}
