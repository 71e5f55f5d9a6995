import { Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Camp } from '@yajin/web';
import { useSaid } from '../../kit/said.js';
import { useMay } from '../../kit/session.js';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    1202: '知识星球 Cookie 已过期，更新后再同步。',
    1203: '知识星球暂时不可用，请几分钟后重试；已读到的打卡已保存，下次从断点继续。',
    500: '同步时出错，请稍后重试；若持续出现请联系技术人员。',
    reason: '原因：',
    renew: '去更新 Cookie',
    ask: '请联系超级管理员更新。',
  },
  {
    1202: 'The planet cookie has expired. Renew it, then sync again.',
    1203: 'The planet is not available. Try again in a few minutes; what was read is kept, and the next sync goes on from there.',
    500: 'The sync failed. Try again later; tell your engineers if it goes on.',
    reason: 'Why: ',
    renew: 'Renew the cookie',
    ask: 'Ask an administrator to renew it.',
  },
);

export type Failed = Pick<Camp.SyncState, 'failCode' | 'failReason' | 'failReasonCode' | 'failReasonParams'>;

/** Why a camp of a task failed and what to do, by the API's code. */
export function SyncFailure({
  failCode: code,
  failReason: reason,
  failReasonCode,
  failReasonParams,
}: Failed & { failCode: NonNullable<Camp.SyncFailCode> }): ReactNode {
  const t = useWords(text);
  const say = useSaid();
  return (
    <>
      {t[code]} {code === 1202 && <RenewCookie />}
      {reason !== null && (
        <Typography.Text
          type="secondary"
          style={{ display: 'block', marginTop: 4, overflowWrap: 'anywhere' }}
        >
          {t.reason}
          {say({ message: reason, code: failReasonCode, params: failReasonParams })}
        </Typography.Text>
      )}
    </>
  );
}

/** To where the cookie is renewed, or to whom. */
function RenewCookie(): ReactNode {
  const t = useWords(text);
  return useMay()('system:config') ? <Link to="/system/config">{t.renew}</Link> : t.ask;
}
