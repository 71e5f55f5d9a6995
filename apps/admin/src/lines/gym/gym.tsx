import type { ReactNode } from 'react';
import { useWords } from '../../kit/text.js';
import { LinePage } from '../../pages/pay/kit/line-page.js';
import { gymWords } from './gym-words.js';
import { Member } from './member.js';
import { GymMembers } from './members.js';
import { GymOffers } from './offers.js';
import { GymPayments } from './payments.js';

export function GymPage(): ReactNode {
  const t = useWords(gymWords);
  return (
    <LinePage
      line="gym"
      about={t.about}
      tabs={[
        { key: 'members', label: t.members, content: <GymMembers /> },
        { key: 'payments', label: t.payments, content: <GymPayments /> },
        { key: 'offers', label: t.offers, content: <GymOffers /> },
      ]}
      object={<Member />}
    />
  );
}
