import { isolated } from '@yajin/core';
import { Select, Typography, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { dateTime } from '@yajin/ui';
import { useApiQuery } from '../../kit/api.js';
import { betweenWords } from '../../kit/between-words.js';
import { DateRange } from '../../kit/date-range.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { Page } from '../../kit/page.js';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { menuWords } from '../../shell/menu.js';
import { useFieldName } from './field-words.js';
import { LogDrawer } from './log-drawer.js';
import { actionWords, logWords, useTarget } from './log-words.js';
import { useClear } from '../../kit/clear.js';

const NONE = { userId: '', action: '', startDate: '', endDate: '' };

/** What operators did, newest first. */
export function Logs(): ReactNode {
  const { logs } = useWords(menuWords);
  const { list, filters, filter, opened, open, close } = useListQuery(
    'listAuditLogs',
    NONE,
    ({ userId, action, startDate, endDate }) => ({
      userId: userId ? Number(userId) : undefined,
      action: action || undefined,
      startDate: startDate || undefined,
      endDate: endDate || undefined,
    }),
  );
  return (
    <Page title={logs}>
      <List
        {...list}
        label={logs}
        filters={<Filters values={filters} change={filter} />}
        columns={useColumns()}
        open={({ id }) => open(String(id))}
      />
      <LogDrawer log={list.answer.data?.list.find(({ id }) => String(id) === opened)} close={close} />
    </Page>
  );
}

function Filters({
  values,
  change,
}: {
  values: typeof NONE;
  change: (to: Partial<typeof NONE>) => void;
}): ReactNode {
  const clear = useClear();
  const t = useWords(logWords);
  const { aside } = useWords(betweenWords);
  const actions = useWords(actionWords);
  const may = useMay();
  const users = useApiQuery('listUsers', { query: { pageSize: 100 } }, { enabled: may('system:users') });
  return (
    <>
      <Select
        aria-label={t.user}
        placeholder={t.user}
        allowClear={clear}
        showSearch={{ optionFilterProp: 'label' }}
        style={{ minWidth: 170 }}
        value={values.userId || null}
        onChange={(userId: string | null) => change({ userId: userId ?? '' })}
        options={(users.data?.list ?? []).map(({ id, username, realName }) => ({
          value: String(id),
          label: isolated(realName) + aside(username),
        }))}
      />
      <Select
        aria-label={t.action}
        placeholder={t.action}
        allowClear={clear}
        showSearch={{ optionFilterProp: 'label' }}
        style={{ minWidth: 180 }}
        value={values.action || null}
        onChange={(action: string | null) => change({ action: action ?? '' })}
        options={Object.entries(actions).map(([value, label]) => ({ value, label }))}
      />
      <DateRange
        from={values.startDate}
        to={values.endDate}
        change={(startDate, endDate) => change({ startDate, endDate })}
      />
    </>
  );
}

function useColumns(): TableProps<Camp.AuditLog>['columns'] {
  const t = useWords(logWords);
  const actions = useWords(actionWords);
  const target = useTarget();
  const fieldName = useFieldName();
  return [
    { title: t.at, className: 'number', render: (_, { createdAt }) => dateTime(createdAt, true) },
    {
      title: t.user,
      render: (_, { userId, username }) => (userId === null ? t.system : username),
    },
    { title: t.action, render: (_, { action }) => actions[action] ?? t.other },
    { title: t.target, render: (_, log) => target(log) },
    {
      title: t.changed,
      render: (_, { before, after }) => {
        const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
        return (
          <Typography.Text ellipsis={{ tooltip: true }} style={{ maxWidth: 'min(420px, 100%)' }}>
            {[...new Set(fields.map(fieldName))].join(t.and) || t.none}
          </Typography.Text>
        );
      },
    },
    { title: t.ip, className: 'number', render: (_, { ip }) => ip ?? t.none },
  ];
}
