import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useMay } from '../../kit/session.js';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    1202: '知识星球 Cookie 已过期，更新后再同步。',
    1203: '知识星球暂时没有响应，请几分钟后重试；已读到的打卡已保存。',
    500: '同步时出错，请稍后重试；若持续出现请联系技术人员。',
    renew: '去更新 Cookie',
    ask: '请联系超级管理员更新。',
  },
  {
    1202: 'The planet cookie has expired. Renew it, then sync again.',
    1203: 'The planet does not answer. Try again in a few minutes; what was read is kept.',
    500: 'The sync failed. Try again later; tell your engineers if it goes on.',
    renew: 'Renew the cookie',
    ask: 'Ask an administrator to renew it.',
  },
);

/** Why a camp of a task failed and what to do, by the API's code. */
export function SyncFailure({ code }: { code: 1202 | 1203 | 500 }): ReactNode {
  const t = useWords(text);
  return (
    <>
      {t[code]} {code === 1202 && <RenewCookie />}
    </>
  );
}

/** To where the cookie is renewed, or to whom. */
function RenewCookie(): ReactNode {
  const t = useWords(text);
  return useMay()('system:config') ? <Link to="/system/config">{t.renew}</Link> : t.ask;
}
