import type { Camp } from '@yajin/web';
import { Button } from 'antd-mobile';
import { useState, type ReactNode } from 'react';
import { askWith } from '../kit/api.js';
import { Copy } from '../kit/copy.js';
import { time } from '../kit/format.js';
import { Card } from '../kit/page.js';
import { kindly } from '../kit/states.js';
import { useSubmit } from '../kit/submit.js';

/** How surely the member is who they say, and the way to prove it. */
export function ProveCard({
  progress: { identity, identityReview, memberId },
  ticket,
}: {
  progress: Camp.MemberProgress;
  ticket: string;
}): ReactNode {
  if (identityReview === 'rival')
    return (
      <Card title="身份核实">
        <p className="hint">这个星球 ID 还有别人也验证过，助教会来核实。你的押金不会丢。</p>
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
  return identity === 'typed' ? <Prove memberId={memberId} ticket={ticket} /> : null;
}

function Prove({ memberId, ticket }: { memberId: number; ticket: string }): ReactNode {
  const [code, setCode] = useState<Camp.IdentityCode | null>(null);
  const { busy, failure, onSubmit } = useSubmit(async () => {
    setCode(await askWith(ticket, 'issueIdentityCode', { path: { memberId } }));
  });
  return (
    <Card title="验证身份（建议）">
      <p className="hint">星球 ID 是手填的，验证后退押金更快，也不会被别人冒用。</p>
      {code ? (
        <>
          <p>用星球 ID {code.planetUserId} 的账号，把下面的验证码写进任意一条打卡，或暂时加在星球昵称里：</p>
          <p className="big center">{code.code}</p>
          <Copy text={code.code} label="复制验证码" />
          <p className="hint">
            {time(code.expiresAt)} 前有效。下一次同步打卡后这里会显示「已验证」；别人抄去发没有用。
          </p>
        </>
      ) : (
        <form onSubmit={onSubmit}>
          <Button block fill="outline" color="primary" type="submit" loading={busy}>
            取验证码
          </Button>
        </form>
      )}
      {failure && (
        <p className="note bad" role="alert">
          {kindly(failure)}
        </p>
      )}
    </Card>
  );
}
