import { DownloadOutlined } from '@ant-design/icons';
import { Button, Flex, Progress, Select, Tag, Typography, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { dateTime, money, percent } from '@yajin/ui';
import { CampSelect } from '../../kit/camp-select.js';
import { keyOf } from '../../kit/filters.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { Name } from '../../kit/name.js';
import { Page } from '../../kit/page.js';
import { useMay } from '../../kit/session.js';
import { ConfidenceTag, IdentityTag, MatchStatusTag, RefundStatusTag, stateWords } from '../../kit/states.js';
import { joined, useWords, words } from '../../kit/text.js';
import { ExportMembers } from './export-members.js';
import { MemberDrawer } from './member-drawer.js';
import { useClear } from '../../kit/clear.js';
import { Search } from '../../kit/filters.js';

const text = words(
  {
    title: '会员',
    export: '导出',
    keyword: '昵称、星球 ID 或订单号',
    match: '全部匹配状态',
    eligible: '全部达标情况',
    reached: '已达标',
    notReached: '未达标',
    identity: '全部身份',
    inReview: '身份待核实',
    member: '会员',
    unnamed: '未填写昵称',
    wechat: (name: string) => `微信：${name}`,
    planet: (name: string) => `星球：${name}`,
    camp: '训练营',
    matching: '匹配',
    checkins: '打卡',
    days: (n: number) => `${n} 天`,
    rate: '打卡率',
    goal: '达标',
    group: '进群',
    joined: '已进群',
    notJoined: '未进群',
    deposit: '押金',
    paidAt: '付款时间',
    refund: '退款',
  },
  {
    title: 'Members',
    export: 'Export',
    keyword: 'Nickname, planet id or order number',
    match: 'Any match state',
    eligible: 'Goal or not',
    reached: 'Goal reached',
    notReached: 'Goal not reached',
    identity: 'Any identity',
    inReview: 'Identity to review',
    member: 'Member',
    unnamed: 'No nickname',
    wechat: (name: string) => `WeChat: ${name}`,
    planet: (name: string) => `Planet: ${name}`,
    camp: 'Camp',
    matching: 'Match',
    checkins: 'Check-ins',
    days: (n: number) => `${n} d`,
    rate: 'Check-in rate',
    goal: 'Goal',
    group: 'Group',
    joined: 'Joined',
    notJoined: 'Not yet',
    deposit: 'Deposit',
    paidAt: 'Paid at',
    refund: 'Refund',
  },
);

const NONE = { campId: '', matchStatus: '', eligible: '', inReview: '', keyword: '' };

export function Members(): ReactNode {
  const t = useWords(text);
  const may = useMay();
  const [exporting, setExporting] = useState(false);
  const states = useWords(stateWords).match;
  const { list, filters, filter, opened, open } = useListQuery(
    'listMembers',
    NONE,
    ({ campId, matchStatus, eligible, inReview, keyword }) => ({
      keyword,
      campId: campId ? Number(campId) : undefined,
      matchStatus: keyOf(states, matchStatus),
      eligibleForRefund: eligible ? eligible === 'true' : undefined,
      inReview: inReview ? true : undefined,
    }),
  );
  return (
    <Page
      title={t.title}
      extra={
        may('member:manage') && (
          <Button icon={<DownloadOutlined />} onClick={() => setExporting(true)}>
            {t.export}
          </Button>
        )
      }
    >
      <List<Camp.MemberSummary>
        {...list}
        label={t.title}
        columns={useColumns(filters.campId === '')}
        open={({ id }) => open(String(id))}
        filters={<Filters filters={filters} change={filter} />}
      />
      <MemberDrawer id={opened} go={open} />
      {exporting && <ExportMembers campId={filters.campId} close={() => setExporting(false)} />}
    </Page>
  );
}

function Filters({
  filters: { campId, matchStatus, eligible, inReview, keyword },
  change,
}: {
  filters: typeof NONE;
  change: (to: Partial<typeof NONE>) => void;
}): ReactNode {
  const clear = useClear();
  const t = useWords(text);
  const states = useWords(stateWords).match;
  // Volunteers see members without seeing camps.
  const seesCamps = useMay()('camp:read');
  return (
    <>
      <Search label={t.keyword} value={keyword} change={(given) => change({ keyword: given })} width={280} />
      {seesCamps && <CampSelect value={campId} change={(id) => change({ campId: id })} />}
      <Select
        aria-label={t.match}
        placeholder={t.match}
        allowClear={clear}
        style={{ width: 160 }}
        value={matchStatus || null}
        onChange={(chosen: string | null) => change({ matchStatus: chosen ?? '' })}
        options={Object.entries(states).map(([value, label]) => ({ value, label }))}
      />
      <Select
        aria-label={t.eligible}
        placeholder={t.eligible}
        allowClear={clear}
        style={{ width: 160 }}
        value={eligible || null}
        onChange={(chosen: string | null) => change({ eligible: chosen ?? '' })}
        options={[
          { value: 'true', label: t.reached },
          { value: 'false', label: t.notReached },
        ]}
      />
      <Select
        aria-label={t.identity}
        placeholder={t.identity}
        allowClear={clear}
        style={{ width: 160 }}
        value={inReview || null}
        onChange={(chosen: string | null) => change({ inReview: chosen ?? '' })}
        options={[{ value: 'true', label: t.inReview }]}
      />
    </>
  );
}

function useColumns(withCamp: boolean): TableColumnsType<Camp.MemberSummary> {
  const t = useWords(text);
  return [
    { title: t.member, render: (_, member) => <Names member={member} /> },
    ...(withCamp
      ? [
          {
            title: t.camp,
            dataIndex: 'campName',
            render: (name: string) => <Name>{name}</Name>,
          },
        ]
      : []),
    {
      title: t.matching,
      render: (_, { matchStatus, matchConfidence, identity, identityReview }) => (
        <Flex gap={4}>
          <MatchStatusTag status={matchStatus} />
          {matchStatus === 'matched' && <ConfidenceTag value={matchConfidence} />}
          {(identity ?? identityReview) && <IdentityTag identity={identity} review={identityReview} />}
        </Flex>
      ),
    },
    {
      title: t.checkins,
      render: (_, { checkinCount, checkinRate }) => (
        <div style={{ width: 130 }} title={`${t.rate} ${percent(checkinRate)}`}>
          <Progress
            size="small"
            percent={checkinRate}
            format={() => t.days(checkinCount)}
            aria-label={`${t.rate} ${percent(checkinRate)}`}
            status="normal"
          />
        </div>
      ),
    },
    {
      title: t.goal,
      dataIndex: 'eligibleForRefund',
      render: (reached: boolean) =>
        reached ? <Tag color="green">{t.reached}</Tag> : <Tag>{t.notReached}</Tag>,
    },
    {
      title: t.group,
      dataIndex: 'joinedGroup',
      render: (joined: boolean) => (joined ? t.joined : t.notJoined),
    },
    { title: t.deposit, dataIndex: 'payAmount', align: 'right', render: money },
    { title: t.paidAt, dataIndex: 'payTime', render: (at: string) => dateTime(at) },
    {
      title: t.refund,
      render: (_, { refundAuditStatus, refundStatus }) => (
        <RefundStatusTag audit={refundAuditStatus} status={refundStatus} />
      ),
    },
  ];
}

function Names({ member }: { member: Camp.MemberSummary }): ReactNode {
  const t = useWords(text);
  const {
    filledPlanetNickname: filled,
    matchedPlanetNickname: matched,
    filledWechatNickname: wechat,
  } = member;
  const more = [
    ...(matched && filled && matched !== filled ? [t.planet(matched)] : []),
    ...(wechat && wechat !== filled ? [t.wechat(wechat)] : []),
  ];
  const name = filled ?? matched ?? t.unnamed;
  return (
    <>
      <Typography.Text
        className="name"
        title={name}
        strong
        type={filled || matched ? undefined : 'secondary'}
      >
        {name}
      </Typography.Text>
      {more.length > 0 && (
        <Typography.Text className="name" title={joined(more)} type="secondary" style={{ fontSize: 12 }}>
          {joined(more)}
        </Typography.Text>
      )}
    </>
  );
}
