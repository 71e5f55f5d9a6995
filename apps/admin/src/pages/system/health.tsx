import { Alert, Button, Flex, Skeleton, Switch, Tag, theme, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Camp } from '@yajin/web';
import { count, dateTime } from '@yajin/ui';
import { useApiQuery } from '../../kit/api.js';
import { Failure } from '../../kit/failure.js';
import { FigureGrid } from '../../kit/figure-grid.js';
import { Page } from '../../kit/page.js';
import { Panel } from '../../kit/panel.js';
import { useSaid } from '../../kit/said.js';
import { useLanguage, useWords } from '../../kit/text.js';
import { menuWords } from '../../shell/menu.js';
import { healthWords, partWords } from './health-words.js';

const EVERY_MS = 15_000;
const COLORS = { up: 'green', degraded: 'gold', down: 'red', disabled: 'default' } as const;
const KINDS = { up: 'success', degraded: 'warning', down: 'error' } as const;

/** How everything is, and what to do about what is not well. */
export function Health(): ReactNode {
  const t = useWords(healthWords);
  const { health } = useWords(menuWords);
  const [auto, setAuto] = useState(true);
  const answer = useApiQuery('getSystemHealth', {}, { refetchInterval: auto && EVERY_MS });
  const { data, error, isFetching, refetch } = answer;
  return (
    <Page
      title={health}
      extra={
        <Flex gap={12} align="center">
          <label style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
            <Switch size="small" checked={auto} onChange={setAuto} aria-label={t.auto} />
            {t.auto}
          </label>
          <Button onClick={() => void refetch()} loading={isFetching}>
            {t.refresh}
          </Button>
        </Flex>
      }
    >
      {!data ? (
        error ? (
          <Failure error={error} again={() => void refetch()} />
        ) : (
          <Skeleton active paragraph={{ rows: 8 }} />
        )
      ) : (
        <Flex vertical gap={16}>
          {error && <Alert type="warning" showIcon title={t.stale(dateTime(data.checkedAt, true))} />}
          <Alert
            type={KINDS[data.status]}
            showIcon
            title={t.overall[data.status]}
            description={t.checked(dateTime(data.checkedAt, true))}
          />
          <Numbers health={data} />
          <Checks checks={data.checks} />
        </Flex>
      )}
    </Page>
  );
}

function Numbers({ health }: { health: Camp.SystemHealth }): ReactNode {
  const t = useWords(healthWords);
  return (
    <FigureGrid
      label={t.figures}
      figures={[
        [t.waiting, count(health.waitingJobs), t.waitingHint],
        [t.failed, count(health.failedJobs), health.failedJobs > 0 ? t.failedDo : t.failedHint],
        [t.cookie, t.cookies[health.planetCookie], t.cookieDo[health.planetCookie]],
        [
          t.refunds,
          health.refundsPaused ? t.paused : t.running,
          health.refundsPaused ? t.pausedDo : t.runningHint,
        ],
        [
          t.lastSync,
          health.lastSyncTime ? dateTime(health.lastSyncTime).slice('yyyy-'.length) : t.noSync,
          t.lastSyncHint,
        ],
        [t.uptime, t.duration(health.uptime), `${t.version} ${health.version}`],
      ]}
    />
  );
}

function Checks({ checks }: { checks: Camp.SystemCheck[] }): ReactNode {
  const t = useWords(healthWords);
  const { token } = theme.useToken();
  return (
    <Panel title={t.checks}>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {worstFirst(checks).map((check, place) => (
          <li
            key={check.name}
            style={{
              padding: '10px 0',
              borderTop: place > 0 ? `1px solid ${token.colorBorderSecondary}` : undefined,
            }}
          >
            <Check check={check} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Check({ check: { name, status, message, findings } }: { check: Camp.SystemCheck }): ReactNode {
  const t = useWords(healthWords);
  const known = useWords(partWords)[name];
  const say = useSaid();
  const found = useLanguage() === 'en' ? findings.map(say).join('; ') : message;
  const wrong = status === 'down' || status === 'degraded';
  return (
    <Flex gap={12} align="baseline">
      <span style={{ flex: '0 0 56px' }}>
        <Tag color={COLORS[status]}>{t.states[status]}</Tag>
      </span>
      <span style={{ flex: 1, minWidth: 0 }}>
        <strong style={{ fontWeight: 500 }}>{known?.name ?? name}</strong>
        {found && <Typography.Text type="secondary"> · {found}</Typography.Text>}
        {wrong && known && (
          <>
            <span style={{ display: 'block' }}>{known.remedy}</span>
            {known.place && <Link to={known.place}>{t.go}</Link>}
          </>
        )}
      </span>
    </Flex>
  );
}

const ORDER = ['down', 'degraded', 'up', 'disabled'];

function worstFirst(checks: Camp.SystemCheck[]): Camp.SystemCheck[] {
  return checks.toSorted((one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status));
}
