import { Flex, Skeleton, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Navigate } from 'react-router';
import { dateTime } from '@yajin/ui';
import { useApiQuery } from '../../kit/api.js';
import { Failure } from '../../kit/failure.js';
import { Page } from '../../kit/page.js';
import { useWords, words } from '../../kit/text.js';
import { menuWords, useMenu } from '../../shell/menu.js';
import { Figures } from './figures.js';
import { RecentCamps } from './recent.js';
import { useTodo } from './tasks.js';
import { Todo } from './todo.js';
import { Trends } from './trends.js';

const text = words({ as: (at: string) => `截至 ${at}` }, { as: (at: string) => `As of ${at}` });

/** What the console opens with: what a person has to do today, and how things are. */
export function Overview(): ReactNode {
  const [first] = useMenu().flatMap((entry) => entry.children ?? [entry]);
  // Who may not see the figures begins with the first page that they may see.
  if (first && first.path !== '/') return <Navigate to={first.path} replace />;
  return <Figured />;
}

function Figured(): ReactNode {
  const t = useWords(text);
  const { overview } = useWords(menuWords);
  const todo = useTodo();
  const { data, error, refetch } = useApiQuery('getStatsOverview', {});
  return (
    <Page
      title={overview}
      extra={data && <Typography.Text type="secondary">{t.as(dateTime(data.generatedAt))}</Typography.Text>}
    >
      <Flex vertical gap={16}>
        <Todo todo={todo} />
        {/* What stands below is not shown only to be pushed down; nor does it wait for what is tried again. */}
        {todo.first ? (
          <Skeleton active paragraph={{ rows: 8 }} />
        ) : error && !data ? (
          <Failure error={error} again={() => void refetch()} />
        ) : (
          <>
            <Figures of={data} />
            <Trends trend={data?.trend} />
            {data && <RecentCamps camps={data.recentCamps} />}
          </>
        )}
      </Flex>
    </Page>
  );
}
