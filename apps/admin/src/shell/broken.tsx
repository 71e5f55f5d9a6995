import { Button, Result } from 'antd';
import type { ReactNode } from 'react';
import { Link, useRouteError } from 'react-router';
import { Page } from '../kit/page.js';
import { useWords, words } from '../kit/text.js';

const text = words(
  {
    broken: '页面出错了',
    reload: '重新加载',
    missing: '没有这个页面',
    perhaps: '地址可能有误，或者页面已移走。',
    home: '回到首页',
    updated: '页面没有加载完整：网络中断，或者已有新版本',
  },
  {
    broken: 'This page has failed',
    reload: 'Reload',
    missing: 'There is no such page',
    perhaps: 'The address may be wrong, or the page has moved.',
    home: 'Home',
    updated: 'Part of the page is missing: the network was away, or there is a new version',
  },
);

/** What a page that threw is replaced by. A part that is gone after an update only needs a reload. */
export function Broken(): ReactNode {
  const t = useWords(text);
  const error = useRouteError();
  const stale = error instanceof TypeError && /import|module/i.test(error.message);
  return (
    <Result
      status="warning"
      title={stale ? t.updated : t.broken}
      subTitle={stale ? undefined : String(error)}
      extra={
        <Button type="primary" onClick={() => window.location.reload()}>
          {t.reload}
        </Button>
      }
    />
  );
}

export function Missing(): ReactNode {
  const t = useWords(text);
  return (
    <Page title={t.missing}>
      <Result status="info" title={t.perhaps} extra={<Link to="/">{t.home}</Link>} />
    </Page>
  );
}
