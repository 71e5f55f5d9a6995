import type { ReactNode } from 'react';
import { useWords } from '../../../kit/text.js';
import { LinePage } from '../kit/line-page.js';
import { gymWords } from './gym-words.js';
import { GymMembers } from './members.js';
import { GymOffers } from './offers.js';

export function GymPage(): ReactNode {
  const t = useWords(gymWords);
  return (
    <LinePage
      line="gym"
      about={t.about}
      tabs={[
        { key: 'members', label: t.members, content: <GymMembers /> },
        { key: 'offers', label: t.offers, content: <GymOffers /> },
      ]}
    />
  );
}
