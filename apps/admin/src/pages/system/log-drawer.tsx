import { Drawer, Descriptions, Empty, Flex, theme } from 'antd';
import type { CSSProperties, ReactNode } from 'react';
import { Link } from 'react-router';
import type { Camp } from '@yajin/web';
import { dateTime } from '@yajin/ui';
import { useWords, words } from '../../kit/text.js';
import { changedFields } from './changes.js';
import { useFieldName } from './field-words.js';
import { useFieldValue } from './value-words.js';
import { actionWords, logWords, useTarget } from './log-words.js';

const text = words(
  {
    number: '编号',
    changes: '变更的字段',
    field: '字段',
    before: '变更前',
    after: '变更后',
    none: '这项操作没有留下字段变更',
    open: '打开',
    unset: '（无）',
  },
  {
    number: 'Number',
    changes: 'What changed',
    field: 'Field',
    before: 'Before',
    after: 'After',
    none: 'Nothing was changed',
    open: 'Open',
    unset: '(none)',
  },
);

/** Where a target is looked at. */
const PLACES: Record<string, (id: string) => string> = {
  camp: (id) => `/camps/${id}`,
  member: (id) => `/members?open=${id}`,
  user: (id) => `/system/users?open=${id}`,
};

export function LogDrawer({ log, close }: { log: Camp.AuditLog | undefined; close: () => void }): ReactNode {
  const t = useWords(text);
  const l = useWords(logWords);
  const actions = useWords(actionWords);
  const target = useTarget();
  if (!log) return null;
  const place = log.targetId === null ? undefined : PLACES[log.targetType ?? '']?.(log.targetId);
  return (
    <Drawer open onClose={close} size={720} title={actions[log.action] ?? l.other}>
      <Flex vertical gap={16}>
        <Descriptions
          size="small"
          column={{ xs: 1, sm: 2 }}
          items={[
            { key: 'number', label: t.number, children: log.id },
            { key: 'at', label: l.at, children: dateTime(log.createdAt, true) },
            { key: 'user', label: l.user, children: log.userId === null ? l.system : log.username },
            { key: 'ip', label: l.ip, children: log.ip ?? l.none },
            {
              key: 'target',
              label: l.target,
              children: (
                <span style={{ overflowWrap: 'anywhere' }}>
                  {target(log)}{' '}
                  {place && (
                    <Link to={place} style={{ textDecoration: 'underline' }}>
                      {t.open}
                    </Link>
                  )}
                </span>
              ),
            },
          ]}
        />
        <Changes log={log} />
      </Flex>
    </Drawer>
  );
}

function Changes({ log }: { log: Camp.AuditLog }): ReactNode {
  const t = useWords(text);
  const { token } = theme.useToken();
  const fieldName = useFieldName();
  const fieldValue = useFieldValue();
  const changes = changedFields(log.before, log.after);
  // What the value of a setting means, the setting says.
  const codeOf = (field: string): string =>
    log.targetType === 'config' && field === 'value' ? (log.targetId ?? field) : field;
  if (changes.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.none} />;
  const cell: CSSProperties = {
    padding: '6px 8px',
    textAlign: 'left',
    verticalAlign: 'top',
    border: `1px solid ${token.colorBorderSecondary}`,
  };
  const value: CSSProperties = {
    margin: 0,
    fontFamily: token.fontFamilyCode,
    fontSize: 12,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  };
  return (
    <table aria-label={t.changes} style={{ width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed' }}>
      <thead>
        <tr style={{ background: token.colorFillQuaternary }}>
          <th scope="col" style={{ ...cell, width: '24%' }}>
            {t.field}
          </th>
          <th scope="col" style={cell}>
            {t.before}
          </th>
          <th scope="col" style={cell}>
            {t.after}
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row" style={{ ...cell, fontWeight: 400, overflowWrap: 'anywhere' }}>
              {fieldName(field)}
            </th>
            <td style={{ ...cell, background: before === null ? undefined : token.colorErrorBg }}>
              <pre style={value}>
                {before === null ? t.unset : fieldValue(log.targetType, codeOf(field), before)}
              </pre>
            </td>
            <td style={{ ...cell, background: after === null ? undefined : token.colorSuccessBg }}>
              <pre style={value}>
                {after === null ? t.unset : fieldValue(log.targetType, codeOf(field), after)}
              </pre>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
