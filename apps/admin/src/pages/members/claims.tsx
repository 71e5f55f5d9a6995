import { Alert, Button, Flex } from 'antd';
import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { IdentityTag } from '../../kit/states.js';
import { useWords, words } from '../../kit/text.js';
import { inReview } from './member-actions.js';

const text = words(
  {
    why: {
      contested: '这位会员填写的星球 ID 已有另一位付款人在用。打卡没有记到他名下，押金不会计为收入。',
      displaced: '这位会员原先的星球 ID 已确认属于另一位会员。他可以改填自己的，押金不会计为收入。',
      rival: '这位会员确认过身份，但另一位也确认过同一个星球 ID。请核实后裁定，押金不会计为收入。',
      returned: '核实后押金已退还，这位会员不再参加本营。',
    },
    disputed: '还有会员用这个星球 ID 付了押金。通过退款前请先核实是谁。',
    holds: '现在的持有人',
    claims: '待核实',
    one: (id: number, name: string | null) => (name ? `${name} · #${id}` : `#${id}`),
  },
  {
    why: {
      contested:
        'The planet id this member gave is in use by another payer. No check-ins count for them, and the deposit does not become income.',
      displaced:
        'The planet user this member had named has turned out to be another member. They may name their own; the deposit does not become income.',
      rival:
        'This member has shown who they are, and so has another, for the same planet id. Settle who it is; the deposit does not become income.',
      returned: 'The deposit was given back after a review: this member takes part no longer.',
    },
    disputed: 'Others have paid with this planet id. Settle who it is before you approve the refund.',
    holds: 'Has it now',
    claims: 'In review',
    one: (id: number, name: string | null) => (name ? `${name} · #${id}` : `#${id}`),
  },
);

/** Why people have to look who a member is, and who else claims the same planet user. @param go opens another member, by id */
export function Claims({ member, go }: { member: Camp.MemberDetail; go: (id: string) => void }): ReactNode {
  const t = useWords(text);
  const { identityReview: review, identityClaims: claims } = member.matchInfo;
  if (review === null && claims.length === 0) return null;
  return (
    <Alert
      type={inReview(member) || review === null ? 'warning' : 'info'}
      showIcon
      title={review ? t.why[review] : t.disputed}
      {...(claims.length > 0
        ? {
            description: (
              <Flex vertical gap={4}>
                {claims.map(({ memberId, planetNickname, identity, identityReview, holds }) => (
                  <Flex key={memberId} gap={4} wrap align="center">
                    {holds ? t.holds : t.claims}
                    <Button
                      type="link"
                      size="small"
                      style={{
                        height: 'auto',
                        maxWidth: '100%',
                        textAlign: 'start',
                        whiteSpace: 'normal',
                        overflowWrap: 'anywhere',
                      }}
                      onClick={() => go(String(memberId))}
                    >
                      {t.one(memberId, planetNickname)}
                    </Button>
                    {(identity ?? identityReview) && (
                      <IdentityTag identity={identity} review={identityReview} />
                    )}
                  </Flex>
                ))}
              </Flex>
            ),
          }
        : {})}
    />
  );
}
