import { Alert, App, Button, Empty, Flex, Tag, Typography, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console, OperationName } from '@yajin/web';
import { useApiMutation } from '../../kit/api.js';
import { useAsk } from '../../kit/ask.js';
import { Noted, RowButton, timeColumn } from '../../kit/columns.js';
import { Choice, keyOf } from '../../kit/filters.js';
import { FormModal, TextField } from '../../kit/form-modal.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { Page } from '../../kit/page.js';
import { useWords } from '../../kit/text.js';
import { menuWords } from '../../shell/menu.js';
import { jobFields, jobNames, jobWords } from './job-words.js';

const CHANGED: OperationName[] = ['listJobs', 'getSystemHealth'];
const COLORS = { waiting: 'default', running: 'blue', failed: 'gold', exhausted: 'red' } as const;

const idsOf = (jobs: Console.Job[]): string[] => jobs.map(({ id }) => id);

/** What is done in the background, and what a person may do about what failed. */
export function Jobs(): ReactNode {
  const t = useWords(jobWords);
  const names = useWords(jobNames);
  const { jobs: title } = useWords(menuWords);
  const [dropping, setDropping] = useState<Console.Job[] | null>(null);
  const { retry, refusal } = useRetry();
  const { list, filters, filter } = useListQuery(
    'listJobs',
    { state: '', name: '' },
    ({ state, name }) => ({ state: keyOf(t.states, state), ...(name ? { name } : {}) }),
    'always',
  );
  const { data } = list.answer;
  const there = Object.fromEntries((data?.names ?? []).map((name) => [name, names[name] ?? name]));
  return (
    <Page
      title={title}
      about={t.about}
      extra={<PageDeeds jobs={data?.list ?? []} retry={retry} drop={setDropping} />}
    >
      {refusal}
      <List<Console.Job>
        {...list}
        label={title}
        filters={
          <>
            <Choice
              label={t.state}
              value={filters.state}
              names={t.states}
              change={(state) => filter({ state })}
            />
            <Choice
              label={t.job}
              value={filters.name}
              names={there}
              change={(name) => filter({ name })}
              width={240}
            />
          </>
        }
        columns={useColumns(retry, setDropping)}
        empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.none} />}
      />
      {dropping && <DropDialog jobs={dropping} close={() => setDropping(null)} />}
    </Page>
  );
}

/** What can be done with everything that failed and is shown. */
function PageDeeds({
  jobs,
  retry,
  drop,
}: {
  jobs: Console.Job[];
  retry: (jobs: Console.Job[]) => void;
  drop: (jobs: Console.Job[]) => void;
}): ReactNode {
  const t = useWords(jobWords);
  const toRetry = jobs.filter(({ canRetry }) => canRetry);
  const toDrop = jobs.filter(({ canDrop, state }) => canDrop && state === 'exhausted');
  return (
    <Flex gap={8} wrap>
      {toRetry.length > 1 && <Button onClick={() => retry(toRetry)}>{t.retryPage(toRetry.length)}</Button>}
      {toDrop.length > 1 && (
        <Button danger onClick={() => drop(toDrop)}>
          {t.dropPage(toDrop.length)}
        </Button>
      )}
    </Flex>
  );
}

function useRetry(): { retry: (jobs: Console.Job[]) => void; refusal: ReactNode } {
  const t = useWords(jobWords);
  const { message } = App.useApp();
  const { mutateAsync } = useApiMutation('retryJobs', { invalidates: CHANGED });
  const { ask, refusal } = useAsk();
  const retry = (jobs: Console.Job[]): void =>
    ask({
      title: t.retryTitle(jobs.length),
      content: t.retryHint,
      ok: t.retry,
      act: async () => {
        const { done, left } = await mutateAsync({ body: { ids: idsOf(jobs) } });
        void message.success(t.retried(done, left));
      },
    });
  return { retry, refusal };
}

function useColumns(
  retry: (jobs: Console.Job[]) => void,
  drop: (jobs: Console.Job[]) => void,
): TableColumnsType<Console.Job> {
  const t = useWords(jobWords);
  const names = useWords(jobNames);
  const fields = useWords(jobFields);
  return [
    {
      title: t.job,
      key: 'job',
      render: (_, { id, name, about }) => (
        <Noted note={about.map(({ field, value }) => `${fields[field] ?? field} ${value}`).join(' · ')}>
          <span title={`${id} ${name}`}>{names[name] ?? name}</span>
        </Noted>
      ),
    },
    {
      title: t.state,
      key: 'state',
      render: (_, { state, attempts, maxAttempts }) => (
        <Noted note={attempts > 0 && t.tries(attempts, maxAttempts)}>
          <Tag color={COLORS[state]}>{t.states[state]}</Tag>
        </Noted>
      ),
    },
    {
      title: t.why,
      key: 'why',
      render: (_, { error }) => (
        <div style={{ maxWidth: 420, overflowWrap: 'anywhere' }}>{error ?? t.noWhy}</div>
      ),
    },
    timeColumn(t.due, 'due', ({ dueAt }) => dueAt),
    {
      title: t.act,
      key: 'act',
      fixed: 'right',
      render: (_, job) => {
        const of = `${names[job.name] ?? job.name} ${job.id}`;
        return (
          <Flex gap={8} align="center">
            {job.canRetry && <RowButton label={t.retry} of={of} act={() => retry([job])} />}
            {job.canDrop && <RowButton danger label={t.drop} of={of} act={() => drop([job])} />}
            {!job.canDrop && job.state !== 'running' && (
              <Typography.Text type="secondary" style={{ fontSize: 12 }}>
                {t.kept}
              </Typography.Text>
            )}
          </Flex>
        );
      },
    },
  ];
}

function DropDialog({ jobs, close }: { jobs: Console.Job[]; close: () => void }): ReactNode {
  const t = useWords(jobWords);
  const { message } = App.useApp();
  const drop = useApiMutation('dropJobs', { invalidates: CHANGED });
  return (
    <FormModal<{ reason: string }>
      title={t.dropTitle(jobs.length)}
      ok={t.dropDo}
      danger
      act={drop}
      close={close}
      submit={({ reason }) =>
        drop.mutate(
          { body: { ids: idsOf(jobs), reason: reason.trim() } },
          { onSuccess: ({ done, left }) => (close(), void message.success(t.dropped(done, left))) },
        )
      }
    >
      <Alert type="warning" showIcon title={t.dropHint} style={{ marginBottom: 16 }} />
      <TextField name="reason" label={t.reason} extra={t.reasonHint} max={500} lines={2} autoFocus />
    </FormModal>
  );
}
