import { Alert, Flex, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Console } from '@yajin/web';
import { Name } from '../../../kit/name.js';
import { useMay } from '../../../kit/session.js';
import { useWords, words } from '../../../kit/text.js';

const text = words(
  {
    who: '会员或用户',
    nobody: '尚不知道是谁',
    same: '同一付款人的订单',
    sameAs: (order: string) => `与 ${order} 同一付款人`,
    unknown: '尚未付款',
    more: '叫这个名字的太多，只找了其中 500 个订单。请把名字写得更完整。',
  },
  {
    who: 'Member or user',
    nobody: 'Not known yet',
    same: 'Orders of the same payer',
    sameAs: (order: string) => `Same payer as ${order}`,
    unknown: 'Not paid yet',
    more: 'Too many are called so: only 500 orders of theirs were looked at. Give more of the name.',
  },
);

/** An order of a line, as far as who stands behind it goes. */
export interface OfSomebody {
  line: Console.Line;
  orderNo: string;
  party: Console.PayParty;
}

/** What may be of an order, and then of somebody. */
type PerhapsOfSomebody = { [Key in keyof OfSomebody]: OfSomebody[Key] | null };

/** Where a line shows the person of an order; null where it shows none, or not to this operator. */
function usePersonPlace(): (of: OfSomebody) => string | null {
  const may = useMay();
  return ({ line, party: { memberId } }) => {
    if (memberId === null) return null;
    if (line === 'camp') return may('member:read') ? `/members?open=${memberId}` : null;
    return `/pay/${line}?object=${memberId}`;
  };
}

/** Where a line shows what an order is for. */
function useAboutPlace(): (of: OfSomebody) => string | null {
  const may = useMay();
  return ({ line, party: { aboutId } }) => {
    if (aboutId === null) return null;
    if (line === 'camp') return may('camp:read') ? `/camps/${aboutId}` : null;
    if (line === 'gym') return `/pay/gym?tab=payments&offerId=${aboutId}`;
    return `/pay/${line}?object=${encodeURIComponent(aboutId)}`;
  };
}

/** A link inside of a row that opens something else. */
function Way({ to, children }: { to: string | null; children: ReactNode }): ReactNode {
  if (to === null) return children;
  return (
    <Link to={to} onClick={(event) => event.stopPropagation()}>
      {children}
    </Link>
  );
}

/** What a person is called; a platform's user by their number there. */
export function Person({ of }: { of: OfSomebody }): ReactNode {
  const t = useWords(text);
  const place = usePersonPlace();
  const called = of.party.name ?? of.party.userId;
  if (called === null) return <Typography.Text type="secondary">{t.nobody}</Typography.Text>;
  return (
    <Way to={place(of)}>
      <Name>{called}</Name>
    </Way>
  );
}

/** What an order is for: a camp, a course, an offer, a task or a work order. */
export function About({ of, otherwise }: { of: OfSomebody; otherwise: string }): ReactNode {
  const place = useAboutPlace();
  return (
    <Way to={place(of)}>
      <Name>{of.party.about ?? otherwise}</Name>
    </Way>
  );
}

/** Who paid, and what else they paid. */
export function Payer({ of }: { of: OfSomebody }): ReactNode {
  const t = useWords(text);
  const { payer } = of.party;
  if (payer === null) return t.unknown;
  return (
    <Flex gap="0 12px" wrap style={{ display: 'inline-flex' }}>
      {/* A mark that a program made: its letters are no word in any language. */}
      <samp className="number" style={{ fontFamily: 'inherit' }}>
        {payer}
      </samp>
      <Link to={`/pay/orders?payerOf=${of.orderNo}`}>{t.same}</Link>
    </Flex>
  );
}

/** Says that a name is no search. */
export function TooMany({ more }: { more: boolean | undefined }): ReactNode {
  const t = useWords(text);
  return more && <Alert type="info" showIcon title={t.more} style={{ marginBottom: 12 }} />;
}

/** Says that a list is of one payer, and undoes it. */
export function SamePayer({ orderNo, undo }: { orderNo: string; undo: () => void }): ReactNode {
  const t = useWords(text);
  return orderNo !== '' && <Narrowed says={t.sameAs(orderNo)} undo={undo} />;
}

/** Says that a list is narrowed to one thing, and undoes it. */
export function Narrowed({ says, undo }: { says: string; undo: () => void }): ReactNode {
  return (
    <Tag closable onClose={undo} style={{ alignSelf: 'center', maxWidth: '100%', whiteSpace: 'normal' }}>
      {says}
    </Tag>
  );
}

/**
 * For a list: who, and below in small what for; a dash where a row is of no order.
 * @param otherwise what is said where the line does not know
 */
export function usePartyColumn<Row extends PerhapsOfSomebody>(
  otherwise: (row: Row) => string | null = () => null,
): {
  title: string;
  key: string;
  render: (value: unknown, row: Row) => ReactNode;
} {
  const t = useWords(text);
  return {
    title: t.who,
    key: 'who',
    render: (_, row) => {
      const { line, orderNo, party } = row;
      if (line === null || orderNo === null || party === null) return '—';
      const of = { line, orderNo, party };
      return (
        <>
          <Person of={of} />
          <div style={{ fontSize: 12 }}>
            <About of={of} otherwise={otherwise(row) ?? ''} />
          </div>
        </>
      );
    },
  };
}
