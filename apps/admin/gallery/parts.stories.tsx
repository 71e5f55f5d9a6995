import { Flex } from 'antd';
import type { ReactNode } from 'react';
import { AddButton } from '../src/kit/add-button.js';
import { CheckinCalendar } from '../src/kit/checkin-calendar.js';
import { Chart } from '../src/kit/chart.js';
import { FigureGrid } from '../src/kit/figure-grid.js';
import { Page } from '../src/kit/page.js';
import { Panel } from '../src/kit/panel.js';
import { ScrollArea } from '../src/kit/scroll-area.js';
import {
  CampStatusTag,
  ConfidenceTag,
  IdentityTag,
  MatchStatusTag,
  RefundStatusTag,
} from '../src/kit/states.js';
import { Timeline } from '../src/kit/timeline.js';

export default { title: 'Parts' };

export const PageHead = (): ReactNode => (
  <Page
    title="训练营"
    about="押金在开营前收，结营后退。"
    extra={<AddButton label="新建" children={() => null} />}
  >
    <span>…</span>
  </Page>
);

export const Figures = (): ReactNode => (
  <FigureGrid
    label="押金"
    figures={[
      ['收到', '¥128,700.00', '1,300 笔'],
      ['已退', '¥96,525.00'],
      ['待退', '¥1,980.00', '20 笔'],
      ['没有', null],
    ]}
  />
);

export const StateTags = (): ReactNode => (
  <Flex gap={8} wrap>
    {(['draft', 'enrolling', 'ongoing', 'finished'] as const).map((status) => (
      <CampStatusTag key={status} status={status} />
    ))}
    {(['pending', 'matched', 'failed'] as const).map((status) => (
      <MatchStatusTag key={status} status={status} />
    ))}
    {(['pending', 'processing', 'success', 'failed', 'rejected', null] as const).map((status) => (
      <RefundStatusTag key={status} status={status} />
    ))}
    {(['signed', 'proved', 'typed', null] as const).map((identity) => (
      <IdentityTag key={identity} identity={identity} />
    ))}
    {(['contested', 'displaced', 'rival', 'returned'] as const).map((review) => (
      <IdentityTag key={review} identity="typed" review={review} />
    ))}
    {[92, 67, 31].map((value) => (
      <ConfidenceTag key={value} value={value} />
    ))}
  </Flex>
);

export const TimeLine = (): ReactNode => (
  <Timeline
    entries={[
      { key: 'a', at: '2026-03-01T06:30:05', says: '收到押金', amount: 99, look: 'done' },
      {
        key: 'b',
        at: '2026-03-22T10:00:00',
        says: '退款失败',
        amount: 99,
        more: ['余额不足', 'rf_20260322'],
        look: 'bad',
      },
      { key: 'c', at: '2026-03-22T10:05:00', says: '换号重试', more: ['王小丽'], look: 'quiet' },
      { key: 'd', at: null, says: '等待微信支付', look: 'open' },
    ]}
  />
);

export const Calendar = (): ReactNode => (
  <CheckinCalendar
    startDate="2026-02-23"
    endDate="2026-03-09"
    checked={['2026-02-23', '2026-02-24', '2026-02-26', '2026-03-01', '2026-03-02']}
    today="2026-03-03"
  />
);

export const ChartWithoutFigures = (): ReactNode => (
  <Chart title="每日打卡" axis="日期" labels={[]} series={[]} height={120} />
);

export const PanelThatScrolls = (): ReactNode => (
  <Panel title="公告" extra={<a href="#parts-panel-that-scrolls">全部</a>}>
    <ScrollArea label="公告" height={60}>
      {['第一条', '第二条', '第三条', '第四条', '第五条'].map((line) => (
        <p key={line}>{line}</p>
      ))}
    </ScrollArea>
  </Panel>
);
