import { isolated } from '@yajin/core';
import { Alert, Descriptions, Drawer, Flex, Skeleton, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Camp } from '@yajin/web';
import { money } from '@yajin/ui';
import { useApiQuery } from '../../kit/api.js';
import { Failure } from '../../kit/failure.js';
import { useMay } from '../../kit/session.js';
import { ConfidenceTag, IdentityTag, MatchStatusTag, methodName, stateWords } from '../../kit/states.js';
import { useWords, words } from '../../kit/text.js';
import { Claims } from './claims.js';
import { deedsOf, MemberActions } from './member-actions.js';
import { MemberCalendar } from './member-calendar.js';
import { MemberTimeLine } from './member-time-line.js';
import { useWide } from '../../kit/wide.js';

const text = words(
  {
    title: '会员',
    unnamed: '未填写昵称',
    about: '会员资料',
    camp: '训练营',
    filledName: '填写的星球昵称',
    filledId: '填写的星球 ID',
    wechat: '微信昵称',
    deposit: '押金',
    orderNo: '订单号',
    match: '匹配依据',
    status: '匹配结果',
    planetUser: '星球用户',
    planetId: '星球用户 ID',
    method: '匹配方式',
    identity: '身份来源',
    grade: '身份等级',
    identities: { signed: '签名的专属链接', typed: '会员手填', none: '固定收款码' },
    mismatch: '星球昵称与会员填写的不一致，批量审核会跳过，请人工核对。',
    same: '星球昵称与填写的一致',
    timeLine: '时间线',
    calendar: '打卡日历',
    nothing: '—',
  },
  {
    title: 'Member',
    unnamed: 'No nickname',
    about: 'Who it is',
    camp: 'Camp',
    filledName: 'Planet nickname given',
    filledId: 'Planet id given',
    wechat: 'WeChat nickname',
    deposit: 'Deposit',
    orderNo: 'Order number',
    match: 'What the match rests on',
    status: 'Match',
    planetUser: 'Planet user',
    planetId: 'Planet user id',
    method: 'Matched by',
    identity: 'Identity from',
    grade: 'Identity grade',
    identities: { signed: 'A signed personal link', typed: 'As the member typed it', none: 'The fixed code' },
    mismatch: 'The planet nickname differs from the one given: batches skip it, a person must look.',
    same: 'The planet nickname is the one given',
    timeLine: 'Time line',
    calendar: 'Check-in calendar',
    nothing: '—',
  },
);

/** Everything about one member. @param id as in the address; empty while nobody's is open */
export function MemberDrawer({ id, go }: { id: string; go: (id: string) => void }): ReactNode {
  const t = useWords(text);
  const wide = useWide('md');
  const member = useApiQuery('getMember', { path: { id: Number(id) } }, { enabled: id !== '' });
  const shown = id === '' ? undefined : member.data;
  const may = useMay();
  const allowed = shown && deedsOf(shown, may);
  const deeds = allowed && Object.values(allowed).some(Boolean) ? allowed : null;
  return (
    <Drawer
      open={id !== ''}
      onClose={() => go('')}
      size={wide ? 640 : '100%'}
      title={shown ? nameOf(shown, t.unnamed) : t.title}
      destroyOnHidden
      footer={shown && deeds && <MemberActions key={id} member={shown} deeds={deeds} go={go} />}
    >
      {shown ? (
        <Flex vertical gap={20}>
          <About member={shown} />
          <Match member={shown} />
          <Claims member={shown} go={go} />
          <Part title={t.calendar}>
            <MemberCalendar member={shown} />
          </Part>
          <Part title={t.timeLine}>
            <MemberTimeLine member={shown} />
          </Part>
        </Flex>
      ) : member.error ? (
        <Failure error={member.error} again={() => void member.refetch()} />
      ) : (
        <Skeleton active paragraph={{ rows: 12 }} />
      )}
    </Drawer>
  );
}

function nameOf(member: Camp.MemberDetail, unnamed: string): string {
  const { filledInfo, matchInfo } = member;
  const name = filledInfo.planetNickname ?? matchInfo.matchedPlanetUser?.planetNickname ?? unnamed;
  return `${isolated(name)} · #${member.id}`;
}

function Part({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section>
      <Typography.Title level={2} style={{ fontSize: 15, margin: '0 0 10px' }}>
        {title}
      </Typography.Title>
      {children}
    </section>
  );
}

function Facts({ facts }: { facts: [label: string, value: ReactNode, alone?: 'alone'][] }): ReactNode {
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 2, md: 2 }}
      className="facts"
      styles={{ content: { overflowWrap: 'anywhere', minWidth: 0 } }}
      items={facts.map(([label, children, alone]) => ({
        key: label,
        label,
        children,
        ...(alone ? { span: 'filled' as const } : {}),
      }))}
    />
  );
}

function About({ member }: { member: Camp.MemberDetail }): ReactNode {
  const t = useWords(text);
  const may = useMay();
  const { filledInfo, paymentInfo } = member;
  return (
    <Part title={t.about}>
      <Facts
        facts={[
          [
            t.camp,
            may('camp:read') ? (
              <Link to={`/camps/${member.campId}`}>{member.campName}</Link>
            ) : (
              member.campName
            ),
            'alone',
          ],
          [t.filledName, filledInfo.planetNickname ?? t.nothing],
          [t.filledId, filledInfo.planetUserId ?? t.nothing],
          [t.wechat, filledInfo.wechatNickname ?? t.nothing],
          [t.deposit, money(paymentInfo.amount)],
          [
            t.orderNo,
            <Typography.Text key="order" copyable={{ text: paymentInfo.orderNo }} style={{ fontSize: 12 }}>
              {may('pay:read') ? (
                <Link to={`/pay/orders?open=${paymentInfo.orderNo}`}>{paymentInfo.orderNo}</Link>
              ) : (
                paymentInfo.orderNo
              )}
            </Typography.Text>,
            'alone',
          ],
        ]}
      />
    </Part>
  );
}

function Match({ member: { matchInfo, filledInfo, paymentInfo } }: { member: Camp.MemberDetail }): ReactNode {
  const t = useWords(text);
  const states = useWords(stateWords);
  const user = matchInfo.matchedPlanetUser;
  const same = user !== null && user.planetNickname === filledInfo.planetNickname;
  return (
    <Part title={t.match}>
      <Facts
        facts={[
          [
            t.status,
            <Flex key="status" gap={4}>
              <MatchStatusTag status={matchInfo.status} />
              {user && <ConfidenceTag value={matchInfo.confidence} />}
            </Flex>,
          ],
          [t.method, methodName(states, matchInfo.method, paymentInfo.identity)],
          [t.planetUser, user?.planetNickname || t.nothing],
          [t.planetId, user?.planetUserId ?? t.nothing],
          [t.identity, t.identities[paymentInfo.identity ?? 'none']],
          [
            t.grade,
            <IdentityTag key="grade" identity={matchInfo.identity} review={matchInfo.identityReview} />,
          ],
        ]}
      />
      {matchInfo.nicknameMismatch && (
        <Alert type="warning" showIcon title={t.mismatch} style={{ marginTop: 8 }} />
      )}
      {same && !matchInfo.nicknameMismatch && <Typography.Text type="secondary">{t.same}</Typography.Text>}
    </Part>
  );
}
