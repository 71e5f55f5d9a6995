import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { theme, Typography } from 'antd';
import { businessDate, PLANET_ID } from '@yajin/core';
import type { ReactNode } from 'react';
import { ApiError, type Camp } from '@yajin/web';
import { money } from '@yajin/ui';
import { betweenWords } from '../../kit/between-words.js';
import { useSaid } from '../../kit/said.js';
import { useWords, words } from '../../kit/text.js';
import { formWords } from './form-words.js';

const text = words(
  {
    has: '发布前检查',
    project: '打卡项目',
    there: '已填写',
    missing: '未填写',
    past: '应晚于今天',
    digits: '应为数字',
  },
  {
    has: 'What is there',
    project: 'Check-in project',
    there: 'there',
    missing: 'missing',
    past: 'must be after today',
    digits: 'must be digits',
  },
);

type Field = Camp.CampNeed;

interface Check {
  field: Field;
  /** What is there, or what is wrong with it. */
  says: string;
  ok: boolean;
}

/** What can be seen from here, corrected by what the server said. */
export function useChecks(camp: Camp.CampDetail, error: Error | null): Check[] {
  const t = useWords(text);
  const between = useWords(betweenWords);
  const say = useSaid();
  const said = new Map(
    error instanceof ApiError ? error.fields.map(({ field, ...said }) => [field, say(said)]) : [],
  );
  const values: Record<Field, string> = {
    name: camp.name,
    posterUrl: t.there,
    groupQrcodeUrl: t.there,
    deposit: money(camp.deposit),
    startDate: camp.startDate,
    endDate: camp.endDate,
    requiredDays: camp.totalDays > 0 ? `${camp.requiredDays} / ${camp.totalDays}` : String(camp.requiredDays),
    planetProjectId: camp.planetProjectId,
  };
  const faults: { [field in Field]?: string | false } = {
    startDate: camp.startDate <= businessDate(new Date()) && t.past,
    planetProjectId: !PLANET_ID.test(camp.planetProjectId) && t.digits,
  };
  return (Object.entries(values) as [Field, string][]).map(([field, there]) => {
    const value = camp.missing.includes(field) ? '' : there;
    const wrong = said.get(field) ?? (value ? faults[field] || null : t.missing);
    const says = wrong === null ? value : value ? between.named(value, wrong) : wrong;
    return { field, says, ok: wrong === null };
  });
}

export function CheckList({
  checks,
  below = {},
}: {
  checks: Check[];
  /** What else there is to say of a field. */
  below?: Partial<Record<Field, ReactNode>>;
}): ReactNode {
  const t = useWords(text);
  const form = useWords(formWords);
  const { token } = theme.useToken();
  const names: Record<Field, string> = {
    name: form.name,
    posterUrl: form.poster,
    groupQrcodeUrl: form.groupQrcode,
    deposit: form.deposit,
    startDate: form.startDate,
    endDate: form.endDate,
    requiredDays: form.requiredDays,
    planetProjectId: t.project,
  };
  return (
    <ul aria-label={t.has} style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 6 }}>
      {checks.map(({ field, says, ok }) => (
        <li key={field} style={{ display: 'flex', gap: 8, alignItems: 'baseline' }}>
          {ok ? (
            <CheckCircleFilled style={{ color: token.colorSuccess }} />
          ) : (
            <CloseCircleFilled style={{ color: token.colorError }} />
          )}
          <span style={{ flex: '0 0 110px' }}>{names[field]}</span>
          <Typography.Text
            type={ok ? 'secondary' : 'danger'}
            style={{ overflowWrap: 'anywhere', minWidth: 0 }}
          >
            {says}
            {below[field] && <div>{below[field]}</div>}
          </Typography.Text>
        </li>
      ))}
    </ul>
  );
}
