import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Card, Flex, Form, Input, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { ApiError, type Camp } from '@yajin/web';
import { useSingleFlight } from '@yajin/ui';
import { queryClient, useApiMutation } from '../kit/api.js';
import { CodeField } from '../kit/code-field.js';
import { Refusal } from '../kit/failure.js';
import { settleFresh } from '../kit/fresh.js';
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
    second: (name: string) => `${name} 已开启动态码，请输入：`,
    back: '返回',
  },
  {
    title: 'Yajin console',
    subtitle: 'Deposits, check-ins and refunds of training camps',
    username: 'Username',
    password: 'Password',
    required: 'Required',
    submit: 'Log in',
    second: (name: string) => `${name} logs in with a one-time code:`,
    back: 'Back',
  },
);

/** @param as the only one who may go on, when a session ran out in the middle of something */
export function LoginForm({ as, done }: { as?: string; done?: () => void }): ReactNode {
  const t = useWords(text);
  const login = useApiMutation('login');
  const singly = useSingleFlight();
  const [form] = Form.useForm<Camp.LoginRequest>();
  /** Who has given their password, and is asked for a code. */
  const [second, setSecond] = useState<string | null>(null);
  const asked = isAsked(login.error) && login.variables?.body.code === undefined;
  return (
    <Form<Camp.LoginRequest>
      name="login"
      form={form}
      layout="vertical"
      requiredMark={false}
      size="large"
      initialValues={{ username: as ?? '' }}
      onFinish={(body) => {
        // A code works once: a second click must not have it refused.
        singly(() =>
          login.mutateAsync({ body }).then(
            (result) => {
              begin(result);
              // What an earlier login saw is not shown to the next one.
              if (as !== result.username) queryClient.clear();
              else void queryClient.invalidateQueries();
              // A login is as good a proof as the one that was being asked for.
              settleFresh(true);
              done?.();
            },
            (error: unknown) => isAsked(error) && setSecond(body.username),
          ),
        );
      }}
    >
      <Flex vertical gap={12}>
        <Refusal error={asked ? null : login.error} />
        <Form.Item
          hidden={second !== null}
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
        <Form.Item
          hidden={second !== null}
          name="password"
          label={t.password}
          rules={[{ required: true, message: t.required }]}
        >
          <Input.Password
            prefix={<LockOutlined />}
            autoComplete="current-password"
            autoFocus={as !== undefined}
            maxLength={128}
          />
        </Form.Item>
        {second !== null && (
          <SecondStep
            username={second}
            back={() => {
              setSecond(null);
              login.reset();
              form.resetFields(['password', 'code']);
            }}
          />
        )}
        <Button type="primary" htmlType="submit" block loading={login.isPending}>
          {t.submit}
        </Button>
      </Flex>
    </Form>
  );
}

function SecondStep({ username, back }: { username: string; back: () => void }): ReactNode {
  const t = useWords(text);
  return (
    <>
      <Flex justify="space-between" align="baseline" gap={8}>
        <Typography.Text>{t.second(username)}</Typography.Text>
        <Button type="link" size="small" style={{ padding: 0 }} onClick={back}>
          {t.back}
        </Button>
      </Flex>
      <CodeField />
    </>
  );
}

function isAsked(error: unknown): boolean {
  return error instanceof ApiError && error.reason === 'totp_required';
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
