import { DeleteOutlined, EditOutlined, SendOutlined } from '@ant-design/icons';
import { Button, Card, Descriptions, Flex, Skeleton, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Camp } from '@yajin/web';
import { count, dateTime, money, percent } from '@yajin/ui';
import { useApiQuery } from '../../kit/api.js';
import { betweenWords } from '../../kit/between-words.js';
import { Failure } from '../../kit/failure.js';
import { useCampName } from '../../kit/camp-name.js';
import { useMoneyFigures } from '../../kit/camp-money.js';
import { FigureGrid, type Figure } from '../../kit/figure-grid.js';
import { Page } from '../../kit/page.js';
import { useMay } from '../../kit/session.js';
import { CampStatusTag } from '../../kit/states.js';
import { counted, joined, useWords, words } from '../../kit/text.js';
import { CheckList, useChecks } from './check-list.js';
import { CorrectProject } from './correct-project.js';
import { DeleteDraft } from './delete-draft.js';
import { EnrolLink } from './enrol-link.js';
import { PersonalLinks } from './personal-links.js';
import { Preview } from './preview.js';
import { Publish } from './publish.js';
import { valuesOf } from './values.js';

const text = words(
  {
    title: '训练营',
    edit: '编辑',
    publish: '发布',
    remove: '删除草稿',
    draft: '这是草稿，会员看不到。填完后发布即可开始报名。',
    checks: '发布前检查',
    members: '会员',
    matched: '已匹配',
    pending: '待匹配',
    joined: '已进群',
    eligible: '已达标',
    rate: '平均打卡率',
    figures: '数据',
    related: '相关页面',
    go: {
      members: '查看会员',
      checkins: '查看打卡',
      pending: '待审核退款',
      records: '退款记录',
      orders: '订单',
    },
    terms: '训练营信息',
    period: '日期',
    periodOf: (from: string, to: string, days: number) => `${from} – ${to}（${days} 天）`,
    required: '要求打卡',
    requiredOf: (days: number) => `${days} 天`,
    deposit: '押金',
    project: '打卡项目 ID',
    group: '星球 ID',
    groupDefault: '系统配置的星球',
    coaches: '教练',
    volunteers: '志愿者',
    missing: '未填写',
    nobody: '未指定',
    created: '创建于',
    updated: '最近修改',
    preview: '会员看到的样子',
  },
  {
    title: 'Camp',
    edit: 'Edit',
    publish: 'Publish',
    remove: 'Delete draft',
    draft: 'A draft: members do not see it. Publish it to open enrolment.',
    checks: 'Before it is published',
    members: 'Members',
    matched: 'Matched',
    pending: 'To match',
    joined: 'In the group',
    eligible: 'Reached the goal',
    rate: 'Average rate',
    figures: 'Figures',
    related: 'More of this camp',
    go: {
      members: 'Members',
      checkins: 'Check-ins',
      pending: 'Refunds to review',
      records: 'Refund records',
      orders: 'Orders',
    },
    terms: 'About the camp',
    period: 'Dates',
    periodOf: (from: string, to: string, days: number) => `${from} – ${to} (${counted(days, 'day')})`,
    required: 'Required',
    requiredOf: (days: number) => counted(days, 'check-in'),
    deposit: 'Deposit',
    project: 'Check-in project id',
    group: 'Planet id',
    groupDefault: 'The planet of the settings',
    coaches: 'Coaches',
    volunteers: 'Volunteers',
    missing: 'Missing',
    nobody: 'Nobody',
    created: 'Created',
    updated: 'Last changed',
    preview: 'As members see it',
  },
);

export function CampPage(): ReactNode {
  const t = useWords(text);
  const campName = useCampName();
  const id = Number(useParams()['id']);
  const camp = useApiQuery('getCamp', { path: { id } });
  if (camp.data)
    return (
      <Page title={campName(camp.data)} extra={<Actions camp={camp.data} />}>
        <Detail camp={camp.data} />
      </Page>
    );
  return (
    <Page title={t.title}>
      {camp.error ? (
        <Failure error={camp.error} again={() => void camp.refetch()} />
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
    </Page>
  );
}

function Actions({ camp }: { camp: Camp.CampDetail }): ReactNode {
  const t = useWords(text);
  const navigate = useNavigate();
  const [open, setOpen] = useState<'publish' | 'delete' | null>(null);
  if (!useMay()('camp:write')) return null;
  const draft = camp.status === 'draft';
  return (
    <>
      {draft && (
        <Button danger icon={<DeleteOutlined />} onClick={() => setOpen('delete')}>
          {t.remove}
        </Button>
      )}
      <Button icon={<EditOutlined />} onClick={() => void navigate(`/camps/${camp.id}/edit`)}>
        {t.edit}
      </Button>
      {draft && (
        <Button type="primary" icon={<SendOutlined />} onClick={() => setOpen('publish')}>
          {t.publish}
        </Button>
      )}
      <Publish camp={camp} open={open === 'publish'} close={() => setOpen(null)} />
      <DeleteDraft camp={camp} open={open === 'delete'} close={() => setOpen(null)} />
    </>
  );
}

function Detail({ camp }: { camp: Camp.CampDetail }): ReactNode {
  const t = useWords(text);
  const may = useMay();
  return (
    <Flex gap={16} wrap="wrap" align="start">
      <Flex vertical gap={16} style={{ flex: '1 1 480px', minWidth: 0 }}>
        <Flex gap="4px 12px" align="center" wrap>
          <CampStatusTag status={camp.status} />
          {camp.status === 'draft' ? (
            <Typography.Text type="secondary">{t.draft}</Typography.Text>
          ) : (
            <EntryPoints id={camp.id} />
          )}
        </Flex>
        {camp.status === 'draft' ? <Checks camp={camp} /> : <Figures camp={camp} />}
        <Terms camp={camp} />
        {/* Once it has begun nobody enrols any more. */}
        {camp.status === 'enrolling' && camp.enrollUrl && (
          <>
            <EnrolLink name={camp.name} url={camp.enrollUrl} />
            {may('camp:write') && <PersonalLinks camp={camp} />}
          </>
        )}
      </Flex>
      <Card size="small" title={t.preview} className="aside">
        <Preview values={valuesOf(camp)} camp={camp} />
      </Card>
    </Flex>
  );
}

function Checks({ camp }: { camp: Camp.CampDetail }): ReactNode {
  const t = useWords(text);
  const checks = useChecks(camp, null);
  return (
    <Card size="small" title={t.checks}>
      <CheckList checks={checks} />
    </Card>
  );
}

function EntryPoints({ id }: { id: number }): ReactNode {
  const t = useWords(text);
  const may = useMay();
  const links = [
    { to: `/members?campId=${id}`, name: t.go.members, permission: 'member:read' },
    { to: `/checkins?camp=${id}`, name: t.go.checkins, permission: 'camp:read' },
    { to: `/refunds/pending?camp=${id}`, name: t.go.pending, permission: 'refund:read' },
    { to: `/refunds/records?camp=${id}`, name: t.go.records, permission: 'refund:read' },
    { to: `/pay/orders?line=camp&subject=${id}`, name: t.go.orders, permission: 'pay:read' },
  ];
  return (
    <Flex component="nav" aria-label={t.related} gap="4px 16px" wrap>
      {links
        .filter(({ permission }) => may(permission))
        .map(({ to, name }) => (
          <Link key={to} to={to}>
            {name} →
          </Link>
        ))}
    </Flex>
  );
}

function Figures({ camp }: { camp: Camp.CampDetail }): ReactNode {
  const t = useWords(text);
  const { statistics: s } = camp;
  const waiting = count(s.pendingMatchMembers);
  const figures: Figure[] = [
    [t.members, count(s.totalMembers)],
    [t.matched, count(s.matchedMembers)],
    [
      t.pending,
      s.pendingMatchMembers > 0 ? <Typography.Text type="warning">{waiting}</Typography.Text> : waiting,
    ],
    [t.joined, count(s.joinedGroupMembers)],
    [t.eligible, count(s.eligibleForRefund)],
    [t.rate, percent(s.avgCheckinRate)],
    ...useMoneyFigures(camp.money, camp.id),
  ];
  return <FigureGrid label={t.figures} figures={figures} least={220} />;
}

function Terms({ camp }: { camp: Camp.CampDetail }): ReactNode {
  const t = useWords(text);
  const { list } = useWords(betweenWords);
  const may = useMay();
  const names = (people: Camp.StaffMember[]): string =>
    joined(
      people.map(({ name }) => name),
      list,
    ) || t.nobody;
  /** A draft may lack it. */
  const unless = (needs: Camp.CampNeed[], value: ReactNode): ReactNode =>
    needs.some((need) => camp.missing.includes(need)) ? (
      <Typography.Text type="secondary">{t.missing}</Typography.Text>
    ) : (
      value
    );
  const items: [label: string, value: ReactNode][] = [
    [t.period, unless(['startDate', 'endDate'], t.periodOf(camp.startDate, camp.endDate, camp.totalDays))],
    [t.required, unless(['requiredDays'], t.requiredOf(camp.requiredDays))],
    [t.deposit, unless(['deposit'], money(camp.deposit))],
    [
      t.project,
      unless(
        ['planetProjectId'],
        <>
          <Typography.Text copyable>{camp.planetProjectId}</Typography.Text>
          {camp.status !== 'draft' && may('system:camps') && <CorrectProject camp={camp} />}
        </>,
      ),
    ],
    [t.group, camp.planetGroupId ?? t.groupDefault],
    [t.coaches, names(camp.coaches)],
    [t.volunteers, names(camp.volunteers)],
    [t.created, dateTime(camp.createdAt)],
    [t.updated, dateTime(camp.updatedAt)],
  ];
  return (
    <Card size="small" title={t.terms}>
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 1, md: 2 }}
        items={items.map(([label, children]) => ({ key: label, label, children }))}
      />
    </Card>
  );
}
