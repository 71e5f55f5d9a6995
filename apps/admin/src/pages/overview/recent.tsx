import { isolated } from '@yajin/core';
import { theme } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Camp } from '@yajin/web';
import { count, percent } from '@yajin/ui';
import { Panel } from '../../kit/panel.js';
import { CampStatusTag } from '../../kit/states.js';
import { counted, useWords, words } from '../../kit/text.js';

const text = words(
  {
    title: '最近的训练营',
    all: '全部训练营',
    none: '还没有训练营',
    create: '去创建',
    members: (n: string) => `${n} 人`,
    rate: '平均打卡率',
    notYet: '尚未开始打卡',
  },
  {
    title: 'Recent camps',
    all: 'All camps',
    none: 'There are no camps yet',
    create: 'Create one',
    members: (n: string) => counted(n, 'member'),
    rate: 'Average check-in rate',
    notYet: 'No check-ins yet',
  },
);

export function RecentCamps({ camps }: { camps: Camp.RecentCamp[] }): ReactNode {
  const t = useWords(text);
  const { token } = theme.useToken();
  return (
    <Panel title={t.title} extra={<Link to="/camps">{t.all}</Link>}>
      {camps.length === 0 && (
        <p style={{ margin: '8px 0', color: token.colorTextSecondary }}>
          {t.none} <Link to="/camps">{t.create}</Link>
        </p>
      )}
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {camps.map((camp) => (
          <li
            key={camp.id}
            style={{
              display: 'flex',
              flexWrap: 'wrap',
              alignItems: 'center',
              gap: '4px 16px',
              padding: '8px 0',
              borderTop: `1px solid ${token.colorBorderSecondary}`,
            }}
          >
            <Link to={`/camps/${camp.id}`} style={{ flex: '1 1 240px', minWidth: 0 }}>
              {camp.name}
            </Link>
            <span style={{ width: 64 }}>
              <CampStatusTag status={camp.status} />
            </span>
            <span className="number" style={{ width: 100, color: token.colorTextSecondary }}>
              {t.members(count(camp.memberCount))}
            </span>
            <Rate camp={camp} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Rate({ camp }: { camp: Camp.RecentCamp }): ReactNode {
  const t = useWords(text);
  const { token } = theme.useToken();
  const begun = camp.status === 'ongoing' || camp.status === 'finished';
  const width = 200;
  if (!begun) return <span style={{ width, color: token.colorTextSecondary }}>{t.notYet}</span>;
  return (
    <span style={{ width, display: 'flex', alignItems: 'center', gap: 8 }} title={t.rate}>
      <meter
        min={0}
        max={100}
        value={camp.avgCheckinRate}
        aria-label={`${isolated(camp.name)} · ${t.rate}`}
        style={{ flex: 1, height: 10 }}
      />
      <span className="number" style={{ width: 56, textAlign: 'right' }}>
        {percent(camp.avgCheckinRate)}
      </span>
    </span>
  );
}
