import { isolated } from '@yajin/core';
import type { ReactNode } from 'react';
import { LinkButton, Result } from '../kit/page.js';

/** The time to pay is over, and the server says that nothing was paid in it. */
export function Expired({ enrol, campName }: { enrol: string; campName: string }): ReactNode {
  return (
    <>
      <Result mood="calm" title="这个订单已经关闭">
        <p>
          「{isolated(campName)}」的这个订单没有在 30
          分钟内付款，已经自动关闭，没有扣款。如果你是在关闭之后才付的，这笔钱会自动原路退回。
        </p>
      </Result>
      <div className="stack">
        <LinkButton to={enrol}>重新报名</LinkButton>
        <LinkButton to="/mine" plain>
          我的报名
        </LinkButton>
      </div>
    </>
  );
}
