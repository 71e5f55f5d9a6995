import type { ReactNode } from 'react';
import { instant } from '@yajin/ui';
import type { Trouble } from '../kit/payment-status.js';
import { waitWords } from '../kit/states.js';

/** @param heardAt when what is shown was heard, in unix milliseconds, if it may be old */
export function TroubleNote({ trouble, heardAt }: { trouble: Trouble; heardAt: number | null }): ReactNode {
  const since = heardAt === null ? '' : `下面是 ${instant(heardAt)} 的状态。`;
  switch (trouble.kind) {
    case 'busy':
      return (
        <p className="note" role="status">
          现在访问的人有点多，{waitWords(trouble.seconds)}后会自动再试。{since}
        </p>
      );
    case 'away':
      return (
        <p className="note" role="status">
          现在连不上网络，恢复后会自动更新。{since}
        </p>
      );
    case 'locked':
      return null;
  }
}
