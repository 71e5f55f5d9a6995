import type { ReactNode } from 'react';
import { useWords } from '../../kit/text.js';
import { LinePage } from '../../pages/pay/kit/line-page.js';
import { TaskRefunds } from './refunds.js';
import { TaskDrawer } from './task-drawer.js';
import { taskWords } from './task-words.js';
import { Tasks } from './tasks.js';
import { Transfers } from './transfers.js';

export function TaskPage(): ReactNode {
  const t = useWords(taskWords);
  return (
    <LinePage
      line="task"
      about={t.about}
      tabs={[
        { key: 'tasks', label: t.tasks, content: <Tasks /> },
        { key: 'transfers', label: t.transfers, content: <Transfers /> },
        { key: 'refunds', label: t.refunds, content: <TaskRefunds /> },
      ]}
      object={<TaskDrawer />}
    />
  );
}
