import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { dateTime } from '@yajin/ui';
import { useApiQuery } from '../../kit/api.js';
import { useWords } from '../../kit/text.js';
import { Facts, ObjectDrawer, Orders, useObject } from '../../pages/pay/kit/object-drawer.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { gymWords } from './gym-words.js';

/** A member of the gym: what they have, and what they paid. */
export function Member(): ReactNode {
  const t = useWords(gymWords);
  const common = useWords(payWords);
  const { object: id, close } = useObject();
  const answer = useApiQuery('getGymMember', { path: { id: Number(id) } }, { enabled: id !== '' });
  return (
    <ObjectDrawer id={id} close={close} title={t.member} answer={answer}>
      {(member) => (
        <>
          <Facts
            facts={[
              [t.name, member.name],
              [common.user, member.userId],
              [t.until, member.membershipUntil ?? t.noMembership],
              [t.course, t.lessons(member.courseLessons)],
              [t.private, t.lessons(member.privateLessons)],
              [common.created, dateTime(member.createdAt)],
            ]}
          />
          <Link to={`/pay/gym?tab=payments&memberId=${member.id}`}>{t.theirPayments}</Link>
          <Orders line="gym" subject={String(member.id)} />
        </>
      )}
    </ObjectDrawer>
  );
}
