import type { Camp } from '@yajin/web';
import { Button } from 'antd-mobile';
import { useState, type ReactNode } from 'react';
import { monthDayTime, useSubmit } from '@yajin/ui';
import { clientWith } from '../kit/api.js';
import { Copy } from '../kit/copy.js';
import type { KnownOrder } from '../kit/orders.js';
import { Card, LinkButton } from '../kit/page.js';
import { Refusal, Told } from './told.js';
import { REVIEW_WORDS } from './words.js';

/** How surely the member is who they say, and the way to prove it. */
export function ProveCard({
  progress: { identity, identityReview, memberId },
  order: { orderNo, ticket },
}: {
  progress: Camp.MemberProgress;
  order: KnownOrder;
}): ReactNode {
  if (identityReview === 'contested')
    return (
      <Prove memberId={memberId} ticket={ticket} title="身份待核实">
        <Told className="hint" text={REVIEW_WORDS.contested} />
      </Prove>
    );
  if (identityReview)
    return (
      <Card title="身份待核实">
        <Told className="note" text={REVIEW_WORDS[identityReview]} />
        {identityReview === 'displaced' && (
          <LinkButton to={`/orders/${orderNo}`} plain>
            改填我自己的星球 ID
          </LinkButton>
        )}
      </Card>
    );
  if (identity === 'signed' || identity === 'proved')
    return (
      <Card title="身份核实">
        <p className="hint">
          {identity === 'proved' ? '已验证：星球 ID 是你本人。' : '已通过专属链接确认是你本人。'}
        </p>
      </Card>
    );
  if (identity !== 'typed') return null;
  return (
    <Prove memberId={memberId} ticket={ticket} title="验证身份（建议）">
      <p className="hint">星球 ID 是手填的，验证后退押金更快，也不会被别人冒用。</p>
    </Prove>
  );
}

function Prove({
  memberId,
  ticket,
  title,
  children,
}: {
  memberId: number;
  ticket: string;
  title: string;
  /** Why. */
  children: ReactNode;
}): ReactNode {
  const [code, setCode] = useState<Camp.IdentityCode | null>(null);
  const {
    isPending,
    error: failure,
    onSubmit,
  } = useSubmit(async () => {
    setCode(await clientWith(ticket).call('issueIdentityCode', { path: { memberId } }));
  });
  return (
    <Card title={title}>
      {children}
      {code ? (
        <>
          <p>用星球 ID {code.planetUserId} 的账号，把下面的验证码写进任意一条打卡，或暂时加在星球昵称里：</p>
          <p className="big center">{code.code}</p>
          <Copy text={code.code} label="复制验证码" />
          <p className="hint">
            {monthDayTime(code.expiresAt)} 前有效。下一次同步打卡后这里会显示「已验证」；别人抄去发没有用。
          </p>
        </>
      ) : (
        <form onSubmit={onSubmit}>
          <Button block fill="outline" color="primary" type="submit" loading={isPending}>
            取验证码
          </Button>
        </form>
      )}
      {failure && <Refusal error={failure} />}
    </Card>
  );
}
