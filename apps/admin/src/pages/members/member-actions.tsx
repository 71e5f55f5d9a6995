import {
  DisconnectOutlined,
  LinkOutlined,
  RollbackOutlined,
  UserSwitchOutlined,
  UsergroupAddOutlined,
} from '@ant-design/icons';
import { App, Button, Flex, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Camp } from '@yajin/web';
import { useApiMutation } from '../../kit/api.js';
import { Refusal } from '../../kit/failure.js';
import { useWords, words } from '../../kit/text.js';
import { MatchByHand } from './match-by-hand.js';
import { PersonalData } from './personal-data.js';
import { GiveBackDialog, SettleDialog } from './review-dialogs.js';
import { Unmatch } from './unmatch.js';

const text = words(
  {
    match: '人工匹配',
    rematch: '改为其他星球用户',
    unmatch: '解除匹配',
    settle: '核实身份',
    giveBack: '退还押金',
    join: '标记进群',
    joined: '已标记进群',
    refund: '查看退款',
    review: '去审核退款',
    fixed: '退款已通过审核，匹配不能再改。',
  },
  {
    match: 'Match by hand',
    rematch: 'Match somebody else',
    unmatch: 'Undo the match',
    settle: 'Settle who it is',
    giveBack: 'Give the deposit back',
    join: 'Mark as joined',
    joined: 'Marked as joined',
    refund: 'See the refund',
    review: 'Review the refund',
    fixed: 'The refund is approved: the match is fixed.',
  },
);

/** Which buttons an operator gets for a member. */
export interface Deeds {
  match: boolean;
  unmatch: boolean;
  settle: boolean;
  giveBack: boolean;
  join: boolean;
  refund: boolean;
  privacy: boolean;
}

export function deedsOf(member: Camp.MemberDetail, may: (permission: string) => boolean): Deeds {
  const over = member.matchInfo.identityReview === 'returned';
  return {
    match: may('member:match') && !over,
    unmatch: may('member:manage') && member.matchInfo.status === 'matched',
    settle: may('member:manage') && inReview(member),
    giveBack: may('refund:audit') && inReview(member) && !fixedFor(member),
    join: may('member:join') && !member.groupInfo.joined && !over,
    refund: may('refund:read') && member.refundInfo !== null,
    privacy: may('system:privacy'),
  };
}

/** Whether people have to look who the member is. */
export function inReview({ matchInfo: { identityReview } }: Camp.MemberDetail): boolean {
  return identityReview !== null && identityReview !== 'returned';
}

/** The server refuses it too (1302); whoever can see it beforehand need not try. */
function fixedFor({ refundInfo }: Camp.MemberDetail): boolean {
  return refundInfo?.auditStatus === 'approved';
}

/** What this operator may do with a member. @param go opens another member, by id */
export function MemberActions({
  member,
  deeds,
  go,
}: {
  member: Camp.MemberDetail;
  deeds: Deeds;
  go: (id: string) => void;
}): ReactNode {
  const t = useWords(text);
  const [open, setOpen] = useState<'match' | 'unmatch' | 'settle' | 'giveBack' | null>(null);
  const matched = member.matchInfo.status === 'matched';
  const fixed = fixedFor(member);
  return (
    <Flex vertical gap={8}>
      <Flex gap={8} wrap>
        {deeds.settle && (
          <Button type="primary" icon={<UserSwitchOutlined />} onClick={() => setOpen('settle')}>
            {t.settle}
          </Button>
        )}
        {deeds.giveBack && (
          <Button danger icon={<RollbackOutlined />} onClick={() => setOpen('giveBack')}>
            {t.giveBack}
          </Button>
        )}
        {deeds.match && (
          <Button
            type={matched || deeds.settle ? 'default' : 'primary'}
            icon={<LinkOutlined />}
            disabled={fixed}
            onClick={() => setOpen('match')}
          >
            {matched ? t.rematch : t.match}
          </Button>
        )}
        {deeds.unmatch && (
          <Button danger icon={<DisconnectOutlined />} disabled={fixed} onClick={() => setOpen('unmatch')}>
            {t.unmatch}
          </Button>
        )}
        {deeds.join && <Join member={member} />}
        {deeds.refund && <RefundLink member={member} />}
        {deeds.privacy && <PersonalData orderNo={member.paymentInfo.orderNo} />}
      </Flex>
      {fixed && (deeds.match || deeds.unmatch) && (
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {t.fixed}
        </Typography.Text>
      )}
      {open === 'match' && <MatchByHand member={member} close={() => setOpen(null)} go={go} />}
      {open === 'unmatch' && <Unmatch member={member} close={() => setOpen(null)} />}
      {open === 'settle' && <SettleDialog member={member} close={() => setOpen(null)} />}
      {open === 'giveBack' && <GiveBackDialog member={member} close={() => setOpen(null)} />}
    </Flex>
  );
}

function Join({ member }: { member: Camp.MemberDetail }): ReactNode {
  const t = useWords(text);
  const { message } = App.useApp();
  const join = useApiMutation('markJoinedGroup', { invalidates: ['getMember', 'listMembers', 'getCamp'] });
  return (
    <>
      <Button
        icon={<UsergroupAddOutlined />}
        loading={join.isPending}
        onClick={() =>
          join.mutate({ path: { id: member.id } }, { onSuccess: () => void message.success(t.joined) })
        }
      >
        {t.join}
      </Button>
      <Refusal error={join.error} />
    </>
  );
}

function RefundLink({ member: { refundInfo } }: { member: Camp.MemberDetail }): ReactNode {
  const t = useWords(text);
  if (!refundInfo) return null;
  const pending = refundInfo.auditStatus === 'pending';
  return (
    <Link to={`/refunds/${pending ? 'pending?id' : 'records?open'}=${refundInfo.refundId}`}>
      <Button tabIndex={-1}>{pending ? t.review : t.refund}</Button>
    </Link>
  );
}
