import { Flex } from 'antd';
import type { ReactNode } from 'react';
import { Page } from '../../kit/page.js';
import { useWords } from '../../kit/text.js';
import { accountWords } from './account-words.js';
import { Sessions } from './sessions.js';
import { Totp } from './totp.js';

/** What concerns the operator's own login; open to every role. */
export function Account(): ReactNode {
  const t = useWords(accountWords);
  return (
    <Page title={t.title} about={t.about}>
      <Flex vertical gap={12} style={{ maxWidth: 860 }}>
        <Totp />
        <Sessions />
      </Flex>
    </Page>
  );
}
