import { Result, Skeleton, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Console } from '@yajin/web';
import { useApiQuery } from '../../../kit/api.js';
import { Failure } from '../../../kit/failure.js';
import { Page } from '../../../kit/page.js';
import { useWords, words } from '../../../kit/text.js';
import { payWords, useLineNames } from '../pay-words.js';

const text = words(
  {
    absent: '本部署没有启用这条业务线',
    absentHint: '技术人员配置它的平台密钥（见部署文档）后，这里会显示它的内容。',
    orders: '去看各业务线的订单',
  },
  {
    absent: 'This deployment does not serve this line',
    absentHint: 'Once your engineers set the key of its platform, as the documents say, it appears here.',
    orders: 'See the orders of all lines',
  },
);

interface Tab {
  key: string;
  label: string;
  content: ReactNode;
}

/** A line's page: its parts as tabs, of which the address names one. */
export function LinePage({
  line,
  about,
  tabs,
  object,
}: {
  line: Console.Line;
  about: string;
  tabs: Tab[];
  /** What any tab opens. */
  object?: ReactNode;
}): ReactNode {
  const t = useWords(text);
  const { all } = useWords(payWords);
  const title = useLineNames()[line];
  const lines = useApiQuery('listPayLines', {});
  const [search, setSearch] = useSearchParams();
  const shown = tabs.find(({ key }) => key === search.get('tab')) ?? tabs[0];
  if (lines.error && !lines.data) {
    return (
      <Page title={title}>
        <Failure error={lines.error} again={() => void lines.refetch()} />
      </Page>
    );
  }
  if (!lines.data || !shown) {
    return (
      <Page title={title}>
        <Skeleton active paragraph={{ rows: 6 }} />
      </Page>
    );
  }
  if (!lines.data.list.includes(line)) {
    return (
      <Page title={title}>
        <Result
          status="info"
          title={t.absent}
          subTitle={t.absentHint}
          extra={<Link to="/pay/orders">{t.orders}</Link>}
        />
      </Page>
    );
  }
  return (
    <Page title={title} about={about} extra={<Link to={`/pay/orders?line=${line}`}>{all}</Link>}>
      <Tabs
        activeKey={shown.key}
        // Each tab has filters of its own.
        onChange={(tab) => setSearch({ tab })}
        destroyOnHidden
        items={tabs.map(({ key, label, content }) => ({ key, label, children: content }))}
      />
      {object}
    </Page>
  );
}
