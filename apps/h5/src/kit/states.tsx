import type { UseQueryResult } from '@tanstack/react-query';
import { ApiError, Unreachable } from '@yajin/web';
import { Button, Skeleton } from 'antd-mobile';
import type { ReactNode } from 'react';
import { instant } from '@yajin/ui';
import { LinkButton } from './page.js';
import { Recover } from './recover.js';

/** What is on its way. */
export function Loading({ label = '正在加载' }: { label?: string }): ReactNode {
  return (
    <div role="status" aria-label={label} className="loading">
      <Skeleton.Title animated />
      <Skeleton.Paragraph lineCount={4} animated />
    </div>
  );
}

type Query<Data> = Pick<UseQueryResult<Data>, 'data' | 'dataUpdatedAt' | 'error' | 'refetch'>;

/** What is known: a refusal takes back what was seen before, a network that is away does not. */
export function seen<Data>({ data, error }: Query<Data>): Data | null {
  const passing = error instanceof Unreachable || (error instanceof ApiError && error.status >= 429);
  return error !== null && !passing ? null : (data ?? null);
}

/** When what is shown was seen, if it may have changed since. */
function SeenAt({ query: { error, dataUpdatedAt, refetch } }: { query: Query<unknown> }): ReactNode {
  if (error === null) return null;
  return (
    <p className="note" role="status">
      现在连不上网络，下面是 {instant(dataUpdatedAt)} 看到的内容。
      <button type="button" className="text-button" onClick={() => void refetch()}>
        重试
      </button>
    </p>
  );
}

/**
 * How to say that something did not work, without blaming anybody.
 * @param byItself whether it is tried again without a tap
 */
export function kindly(error: Error, byItself = false): string {
  if (error instanceof Unreachable) return '网络好像断开了，请检查后再试。';
  if (!(error instanceof ApiError)) return '页面出了点问题，请刷新后再试。';
  if (error.status === 429) {
    const pause = waitWords(error.retryAfterSeconds);
    return `现在访问的人有点多，${byItself ? `${pause}后会自动再试一次。` : `请等 ${pause}再试。`}`;
  }
  if (error.status === 404) return '没有找到这个页面，可能已经下线了。';
  if (error.status >= 500) return error.message || '服务暂时有点忙，请稍后再试。';
  return error.fields[0]?.message ?? error.message;
}

export function waitWords(seconds: number): string {
  return `${Math.max(1, Math.round(seconds))} 秒`;
}

/** In place of what could not be had: why, and what one can do now. */
function Failure({ error, again }: { error: Error; again: () => void }): ReactNode {
  if (error instanceof ApiError && (error.status === 401 || error.status === 403))
    return <Recover why="为了保护你的信息，隔一段时间需要重新确认身份。" />;
  const missing = error instanceof ApiError && error.status === 404;
  return (
    <section className="result" role="alert">
      <h2>{missing ? '没有找到' : '没能打开'}</h2>
      <p>{kindly(error, true)}</p>
      <div className="stack">
        {!missing && (
          <Button block color="primary" size="large" onClick={again}>
            再试一次
          </Button>
        )}
        <LinkButton to="/" plain>
          看看训练营
        </LinkButton>
        <LinkButton to="/mine" plain>
          我的报名
        </LinkButton>
      </div>
    </section>
  );
}

/** What was asked for, or what there is to say in its place. */
export function Shown<Data>({
  query,
  children,
}: {
  query: Query<Data>;
  children: (data: Data) => ReactNode;
}): ReactNode {
  const known = seen(query);
  if (known !== null)
    return (
      <>
        <SeenAt query={query} />
        {children(known)}
      </>
    );
  if (query.error !== null) return <Failure error={query.error} again={() => void query.refetch()} />;
  return <Loading />;
}
