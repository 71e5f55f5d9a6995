import { Switch, Typography, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { money } from '@yajin/ui';
import { useApiMutation, useApiQuery } from '../../kit/api.js';
import { useAsk } from '../../kit/ask.js';
import { List } from '../../kit/list.js';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { courseWords } from './course-words.js';

export function CourseMethods(): ReactNode {
  const t = useWords(courseWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const answer = useApiQuery('listCourseMethods', {});
  const { ask, refusal } = useAsk();
  const update = useApiMutation('updateCourseMethod', { invalidates: ['listCourseMethods'] });
  const turn = ({ id, enabled }: Console.CourseMethod): void =>
    ask({
      title: enabled ? t.offAsk(t.methodNames[id]) : t.onAsk(t.methodNames[id]),
      content: enabled ? t.offHint : t.onHint,
      ok: enabled ? t.off : t.on,
      danger: enabled,
      act: () => update.mutateAsync({ path: { id }, body: { enabled: !enabled } }),
      done: enabled ? t.offDone : t.onDone,
    });
  const columns: TableColumnsType<Console.CourseMethod> = [
    { title: t.method, key: 'name', width: 160, render: (_, { id }) => t.methodNames[id] },
    {
      title: t.range,
      key: 'range',
      width: 220,
      align: 'right',
      render: (_, { minAmount, maxAmount }) => `${money(minAmount)} – ${money(maxAmount)}`,
    },
    {
      title: common.status,
      key: 'status',
      render: (_, method) => (
        <>
          <Switch
            checked={method.enabled}
            disabled={!may || !method.configured}
            aria-label={t.methodNames[method.id]}
            onChange={() => turn(method)}
          />{' '}
          {method.configured ? (
            method.enabled ? (
              t.on
            ) : (
              t.off
            )
          ) : (
            <Typography.Text type="secondary">{t.unconfigured}</Typography.Text>
          )}
        </>
      ),
    },
  ];
  return (
    <>
      {refusal}
      <List<Console.CourseMethod> label={t.methods} answer={answer} columns={columns} />
    </>
  );
}
