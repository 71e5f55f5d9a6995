import { ApiError, Unreachable } from '@yajin/web';
import { useState, type ReactNode } from 'react';
import { Copy } from '../src/kit/copy.js';
import { Field } from '../src/kit/field.js';
import { Card, Facts, LinkButton, Page, Result } from '../src/kit/page.js';
import { Poster } from '../src/kit/picture.js';
import { Recover } from '../src/kit/recover.js';
import { Loading, Shown } from '../src/kit/states.js';

export default { title: 'Kit' };

export const PageWithFoot = (): ReactNode => (
  <Page title="报名" back="/">
    <Card title="21天早起打卡训练营·第四期">
      <Facts
        facts={[
          ['押金', '¥99.00'],
          ['时间', '3月1日 – 3月21日'],
        ]}
      />
      <LinkButton to="/enroll/1">去报名</LinkButton>
      <LinkButton to="/" plain>
        看看其他训练营
      </LinkButton>
    </Card>
  </Page>
);

export const Good = (): ReactNode => (
  <Result mood="good" title="支付成功">
    <p>押金 ¥99.00 已收到。</p>
  </Result>
);
export const Wait = (): ReactNode => <Result mood="wait" title="正在确认" />;
export const Calm = (): ReactNode => <Result mood="calm" title="订单已关闭" />;

function PlanetId({ error, locked = false }: { error?: string; locked?: boolean }): ReactNode {
  const [value, setValue] = useState(locked ? '884558154521829' : '');
  return (
    <Field
      label="星球 ID"
      name="planetUserId"
      value={value}
      onChange={setValue}
      error={error}
      hint="在知识星球的个人页面里"
      locked={locked}
      digits
      maxLength={20}
    />
  );
}

export const FieldToFillIn = (): ReactNode => <PlanetId />;
export const FieldFilledInWrongly = (): ReactNode => <PlanetId error="星球 ID 是一串数字" />;
export const FieldThatIsGiven = (): ReactNode => <PlanetId locked />;
export const CopyButton = (): ReactNode => <Copy text="https://pay.example.com/h5/" label="复制链接" />;
export const PosterThatDoesNotCome = (): ReactNode => <Poster url="" name="21天早起打卡训练营" />;
export const SignInAgain = (): ReactNode => <Recover why="为了保护你的信息，隔一段时间需要重新确认身份。" />;
export const OnItsWay = (): ReactNode => <Loading />;

function Asked({ data, error }: { data?: string; error: Error }): ReactNode {
  const query = {
    data,
    error,
    dataUpdatedAt: Date.UTC(2026, 2, 1, 4),
    refetch: () => new Promise<never>(() => {}),
  };
  return <Shown query={query} children={(known) => <p>{known}</p>} />;
}

const missing = new ApiError(404, '', {
  status: 404,
  fields: [],
  traceId: null,
  retryAfterSeconds: 0,
  reason: null,
  proof: null,
});

export const SeenBefore = (): ReactNode => <Asked data="已打卡 12 天" error={new Unreachable()} />;
export const CannotBeHad = (): ReactNode => <Asked error={new Unreachable()} />;
export const Missing = (): ReactNode => <Asked error={missing} />;
