import { Card, Flex, Skeleton, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { useApiQuery } from '../../kit/api.js';
import { Failure } from '../../kit/failure.js';
import { Page } from '../../kit/page.js';
import { useWords } from '../../kit/text.js';
import { menuWords } from '../../shell/menu.js';
import { ConfigTest } from './config-test.js';
import { configWords } from './config-words.js';
import { Setting } from './setting.js';

/** How a setting is tried out. */
const TESTS: Record<string, Camp.ConfigTestTarget> = { 'planet.cookie': 'planet', 'wecom.robotUrl': 'wecom' };

const MERCHANT = 'merchant';

/** What operators may change while the system runs. */
export function Config(): ReactNode {
  const t = useWords(configWords);
  const { config } = useWords(menuWords);
  const { data, error, refetch } = useApiQuery('listConfig', {});
  return (
    <Page title={config} about={t.about}>
      {error && !data ? (
        <Failure error={error} again={() => void refetch()} />
      ) : !data ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : (
        <Flex vertical gap={12} style={{ maxWidth: 860 }}>
          {data.list.map((item) => (
            <Setting key={item.key} item={item} test={TESTS[item.key]} />
          ))}
          <Card styles={{ body: { padding: 16 } }}>
            <Typography.Title level={2} id={MERCHANT} style={{ fontSize: 15, margin: '0 0 4px' }}>
              {t.merchant}
            </Typography.Title>
            <Typography.Paragraph type="secondary" style={{ marginBottom: 8 }}>
              {t.merchantAbout}
            </Typography.Paragraph>
            <Flex gap="4px 8px" wrap>
              <ConfigTest target="wechat" about={MERCHANT} />
            </Flex>
          </Card>
        </Flex>
      )}
    </Page>
  );
}
