import { Alert, Descriptions, Flex, Progress, Skeleton, Typography } from 'antd';
import { memo, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { businessDate } from '@yajin/core';
import type { Camp } from '@yajin/web';
import { dateTime, money, percent } from '@yajin/ui';
import { useApiQuery } from '../../kit/api.js';
import { CheckinCalendar } from '../../kit/checkin-calendar.js';
import { betweenWords } from '../../kit/between-words.js';
import { Failure } from '../../kit/failure.js';
import { ConfidenceTag, IdentityTag, methodName, stateWords } from '../../kit/states.js';
import { useSaid } from '../../kit/said.js';
import { counted, joined, useWords, words } from '../../kit/text.js';
import { Claims } from '../members/claims.js';
import { Compared } from './compared.js';

const text = words(
  {
    checkins: '打卡',
    days: (done: number, needed: number) => `${done} 天 / 要求 ${needed} 天`,
    later: (now: number) => `列入名单后打卡数变为 ${now} 天`,
    rate: '打卡率',
    last: '最近打卡',
    match: '匹配依据',
    wechat: '微信昵称',
    method: '匹配方式',
    identity: 'ID 来源',
    identities: { signed: '签名链接（不可伪造）', typed: '会员手填' },
    matchedAt: '匹配时间',
    scored: '评分依据',
    mismatch: '星球昵称与会员填写的不一致，可能填了他人的 ID。批量审核会跳过，请逐条核对。',
    payment: '支付',
    amount: '支付金额',
    order: '订单号',
    paidAt: '支付时间',
    listedAt: '列入名单',
    member: '会员详情',
    gone: '会员的匹配已解除',
  },
  {
    checkins: 'Check-ins',
    days: (done: number, needed: number) => `${counted(done, 'day')} of ${needed} needed`,
    later: (now: number) => `Now ${counted(now, 'day')}: changed since it was listed`,
    rate: 'Rate',
    last: 'Latest',
    match: 'Why they match',
    wechat: 'WeChat name',
    method: 'Matched by',
    identity: 'Id from',
    identities: { signed: 'a signed link (cannot be forged)', typed: 'the member, typed' },
    matchedAt: 'Matched at',
    scored: 'Scored for',
    mismatch:
      'The planet nickname differs from the one typed: perhaps the id is somebody else’s. A batch leaves it out; look yourself.',
    payment: 'Payment',
    amount: 'Paid',
    order: 'Order',
    paidAt: 'Paid at',
    listedAt: 'Listed at',
    member: 'Member',
    gone: 'The member is not matched any more',
  },
);

/** What a decision rests on: days, match and payment, by one request. Selecting rows beside it does not draw it again. */
export const Evidence = memo(function Evidence({ row }: { row: Camp.PendingRefund }): ReactNode {
  const navigate = useNavigate();
  const member = useApiQuery('getMember', { path: { id: row.memberId } });
  if (member.error) return <Failure error={member.error} again={() => void member.refetch()} />;
  if (!member.data) return <Skeleton active paragraph={{ rows: 10 }} style={{ padding: 16 }} />;
  return (
    <Flex vertical gap={20}>
      <Claims member={member.data} go={(id) => void navigate(`/members?open=${id}`)} />
      <Days row={row} member={member.data} />
      <Match row={row} member={member.data} />
      <Payment row={row} member={member.data} />
    </Flex>
  );
});

function Part({
  title,
  extra,
  children,
}: {
  title: string;
  extra?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <section>
      <Flex justify="space-between" align="center" gap={8} style={{ marginBottom: 8 }}>
        <Typography.Title level={3} style={{ fontSize: 14, margin: 0 }}>
          {title}
        </Typography.Title>
        {extra}
      </Flex>
      {children}
    </section>
  );
}

function Days({ row, member }: { row: Camp.PendingRefund; member: Camp.MemberDetail }): ReactNode {
  const t = useWords(text);
  const { count, rate, requiredDays, lastCheckinTime, startDate, endDate, dates } = member.checkinInfo;
  // A refund is listed when its camp is over, whatever this computer's clock says.
  const today = [businessDate(new Date()), endDate].toSorted().at(-1) ?? '';
  return (
    <Part
      title={t.checkins}
      extra={<span className="number">{t.days(row.checkinCount, row.requiredDays)}</span>}
    >
      <Progress
        percent={Math.min(100, Math.round((row.checkinCount * 100) / Math.max(1, row.requiredDays)))}
        status={row.checkinCount >= row.requiredDays ? 'success' : 'exception'}
        size="small"
        aria-label={t.checkins}
      />
      {count !== row.checkinCount && (
        <Alert type="warning" showIcon title={t.later(count)} style={{ margin: '8px 0' }} />
      )}
      <div style={{ margin: '8px 0 10px', fontSize: 13 }}>
        {t.rate} {percent(rate)} · {t.last} {dateTime(lastCheckinTime)}
        {requiredDays !== row.requiredDays && ` · ${t.days(count, requiredDays)}`}
      </div>
      <CheckinCalendar startDate={startDate} endDate={endDate} checked={dates} today={today} />
    </Part>
  );
}

function Match({ row, member }: { row: Camp.PendingRefund; member: Camp.MemberDetail }): ReactNode {
  const t = useWords(text);
  const states = useWords(stateWords);
  const { filledInfo, matchInfo, paymentInfo } = member;
  const user = matchInfo.matchedPlanetUser;
  return (
    <Part
      title={t.match}
      extra={
        <Flex gap={6} align="center" style={{ fontSize: 13 }}>
          {states.confidence} <ConfidenceTag value={row.matchConfidence} />
          <IdentityTag identity={row.identity} />
        </Flex>
      }
    >
      {row.nicknameMismatch && (
        <Alert type="warning" showIcon title={t.mismatch} style={{ marginBottom: 8 }} />
      )}
      {!user && <Alert type="warning" showIcon title={t.gone} style={{ marginBottom: 8 }} />}
      <Compared row={row} member={member} />
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 2 }}
        items={[
          {
            key: 'method',
            label: t.method,
            children: methodName(states, row.matchMethod, paymentInfo.identity),
          },
          {
            key: 'identity',
            label: t.identity,
            children: paymentInfo.identity ? t.identities[paymentInfo.identity] : '—',
          },
          { key: 'wechat', label: t.wechat, children: filledInfo.wechatNickname ?? '—' },
          { key: 'time', label: t.matchedAt, children: dateTime(matchInfo.matchTime) },
        ]}
      />
      <Scored findings={matchInfo.findings} />
    </Part>
  );
}

/** Why the matched planet user scores as it does. */
function Scored({ findings }: { findings: Camp.Finding[] }): ReactNode {
  const t = useWords(text);
  const between = useWords(betweenWords);
  const say = useSaid();
  if (findings.length === 0) return null;
  return (
    <div style={{ fontSize: 13, marginTop: 4 }}>
      <Typography.Text type="secondary">{between.named(t.scored, '')}</Typography.Text>
      {joined(findings.map(say), between.semicolon)}
    </div>
  );
}

function Payment({ row, member }: { row: Camp.PendingRefund; member: Camp.MemberDetail }): ReactNode {
  const t = useWords(text);
  const { amount, orderNo, payTime } = member.paymentInfo;
  const open = `/members?open=${row.memberId}`;
  return (
    <Part title={t.payment} extra={<Link to={open}>{t.member}</Link>}>
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 2 }}
        items={[
          { key: 'amount', label: t.amount, children: <span className="number">{money(amount)}</span> },
          { key: 'paid', label: t.paidAt, children: dateTime(payTime) },
          { key: 'listed', label: t.listedAt, children: dateTime(row.createdAt) },
          {
            key: 'order',
            label: t.order,
            span: 'filled',
            children: (
              <Typography.Text copyable style={{ overflowWrap: 'anywhere' }}>
                {orderNo}
              </Typography.Text>
            ),
          },
        ]}
      />
    </Part>
  );
}
