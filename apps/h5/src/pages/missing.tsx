import type { ReactNode } from 'react';
import { LinkButton, Page, Result } from '../kit/page.js';

export function Missing(): ReactNode {
  return (
    <Page title="没有这个页面">
      <Result mood="calm" title="这里没有内容">
        <p>链接可能不完整，可以从下面继续。</p>
      </Result>
      <div className="stack">
        <LinkButton to="/">看看训练营</LinkButton>
        <LinkButton to="/mine" plain>
          我的报名
        </LinkButton>
      </div>
    </Page>
  );
}
