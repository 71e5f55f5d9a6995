import { theme } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useExplain } from '../../kit/failure.js';
import { useWords, words } from '../../kit/text.js';
import { Panel } from '../../kit/panel.js';
import type { Task, useTodo } from './tasks.js';

const text = words(
  {
    title: '今天需要处理',
    none: '都处理完了，目前没有需要您处理的事。',
    looking: '正在查看…',
    failed: '部分事项没有查到：',
    again: '重试',
  },
  {
    title: 'To do today',
    none: 'All done: nothing needs you right now.',
    looking: 'Looking …',
    failed: 'Some could not be looked up: ',
    again: 'Try again',
  },
);

/** What needs a person, most pressing first, once each was asked for; each a link to where it is done. */
export function Todo({ todo }: { todo: ReturnType<typeof useTodo> }): ReactNode {
  const t = useWords(text);
  const { token } = theme.useToken();
  const explain = useExplain();
  const { looking, first, error, again } = todo;
  const tasks = first ? [] : todo.tasks;
  return (
    <Panel title={t.title}>
      <div aria-live="polite">
        {tasks.length === 0 && !error && (
          <p style={{ margin: '8px 0', color: token.colorTextSecondary }}>{looking ? t.looking : t.none}</p>
        )}
        {error !== null && (
          <p style={{ margin: '8px 0', color: token.colorErrorText }}>
            {t.failed}
            {explain(error).cause}{' '}
            <button type="button" onClick={again} style={{ font: 'inherit', cursor: 'pointer' }}>
              {t.again}
            </button>
          </p>
        )}
        <ul
          style={{
            listStyle: 'none',
            margin: 0,
            padding: 0,
            display: 'grid',
            gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 300px), 1fr))',
            gap: 8,
          }}
        >
          {tasks.map((task) => (
            <li key={task.to + task.name}>
              <Item task={task} />
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}

function Item({ task }: { task: Task }): ReactNode {
  const { token } = theme.useToken();
  const color = task.pressing ? token.colorErrorText : token.colorText;
  return (
    <Link
      to={task.to}
      style={{
        display: 'flex',
        alignItems: 'center',
        gap: 12,
        height: '100%',
        boxSizing: 'border-box',
        padding: '8px 12px',
        color: token.colorText,
        background: token.colorFillQuaternary,
        borderRadius: token.borderRadius,
        borderInlineStart: `3px solid ${task.pressing ? token.colorError : token.colorPrimary}`,
      }}
    >
      <span style={{ flex: 1, minWidth: 0 }}>
        <span style={{ display: 'block', fontWeight: 500 }}>{task.name}</span>
        <span style={{ display: 'block', fontSize: 12, color: token.colorTextSecondary }}>{task.detail}</span>
      </span>
      {task.count !== null && (
        <span className="number" style={{ fontSize: 20, fontWeight: 600, color }}>
          {task.count}
        </span>
      )}
      <span aria-hidden style={{ color: token.colorTextSecondary }}>
        ›
      </span>
    </Link>
  );
}
