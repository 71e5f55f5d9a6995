/** @jest-environment <rootDir>/tools/jest-dom.mjs */
import { cleanup, screen } from '@testing-library/react';
import { campDocument } from '@yajin/contract';
import { consoleDocument } from '@yajin/contract/console';
import type { ReactNode } from 'react';
import { stateWords } from '../src/kit/states.js';
import { useFieldValue } from '../src/pages/system/value-words.js';
import { showPage } from './page.kit.js';

interface Schema {
  enum?: (string | null)[];
  properties?: Record<string, Schema>;
}

/** What a schema of the contracts, or a property of one, may be. */
function codesOf(name: string, property?: string): string[] {
  const found = [consoleDocument, campDocument].flatMap(({ components }) => {
    const schema = (components?.schemas as Record<string, Schema | undefined> | undefined)?.[name];
    return (property === undefined ? schema : schema?.properties?.[property])?.enum ?? [];
  });
  const codes = found.filter((code) => code !== null);
  if (codes.length === 0) throw new Error(`the contracts have no codes of ${name} ${property ?? ''}`);
  return [...new Set(codes)];
}

interface Recorded {
  target: string | null;
  field: string;
  codes: string[];
}

function Values({ target, field, codes }: Recorded): ReactNode {
  const say = useFieldValue();
  return codes.map((code) => <li key={code}>{say(target, field, code)}</li>);
}

/** How the log shows values, Chinese and English of each. */
function shown(recorded: Recorded): string[][] {
  const [zh = [], en = []] = (['zh', 'en'] as const).map((language) => {
    showPage(<Values {...recorded} />, language);
    const said = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    cleanup();
    return said;
  });
  return zh.map((said, at) => [said, en[at] ?? '']);
}

it.each([
  ['camp', 'status', codesOf('CampStatus')],
  ['member', 'matchStatus', codesOf('MatchStatus')],
  ['member', 'matchMethod', codesOf('MatchMethod')],
  ['member', 'identityReview', codesOf('IdentityReview')],
  ['member', 'favour', codesOf('SettleReviewRequest', 'favour')],
  ['user', 'role', codesOf('Role')],
  ['user', 'status', codesOf('UserStatus')],
  ['user', 'by', ['password', 'totp', 'recovery']],
  ['refund', 'auditStatus', codesOf('AuditStatus')],
  ['refund', 'refundStatus', codesOf('RefundStatus')],
  [null, 'type', ['summary', 'detail']],
  ['difference', 'kind', codesOf('PayDifferenceKind')],
  ['difference', 'decision', codesOf('PayDifferenceDecision')],
  ['payout_approval', 'exceeds', codesOf('PayApproval', 'exceeds')],
  ['payout_stop', 'scope', codesOf('PayStopScope')],
  ['payout_stop', 'target', codesOf('Line')],
  ['pay_work', 'kind', codesOf('PayWorkKind')],
  ['pay_entry', 'debit', codesOf('PayEntryAccount')],
  ['pay_refund', 'status', codesOf('MoneyStatus')],
  ['pay_refund', 'to', codesOf('RedirectPayRefund', 'to')],
  ['pay_refund', 'bankType', codesOf('RedirectPayRefund', 'bankType')],
  ['course_booking', 'status', codesOf('CourseBookingStatus')],
  ['course_booking', 'type', codesOf('CourseBookingType')],
  ['course_refund', 'status', codesOf('CourseRefundStatus')],
  ['gym_offer', 'type', codesOf('GymType')],
  ['gym_payment', 'status', codesOf('MoneyStatus')],
  ['task', 'status', codesOf('TaskItemStatus')],
  ['task', 'transferStatus', codesOf('TaskMoneyStatus')],
  ['task_refund', 'status', codesOf('TaskMoneyStatus')],
  ['work_order', 'status', codesOf('WorkOrderStatus')],
  ['work_order_refund', 'status', codesOf('WorkOrderRefundStatus')],
])(
  'the log of operations has words in both languages for whatever a %s’s %s may be',
  (target, field, codes) => {
    const said = shown({ target, field, codes });
    const wordless = codes.filter((_, at) => {
      const [zh = '', en = ''] = said[at] ?? [];
      return (
        !/\p{Script=Han}/u.test(zh) || /\p{Script=Han}|^[\w-]*_[\w-]*$|^$/u.test(en) || en === 'Another value'
      );
    });
    expect(wordless).toEqual([]);
  },
);

it('the log of operations calls a state as its page does, and says a code that it does not know as another value', () => {
  const { zh, en } = stateWords;
  const pending = { target: 'refund', field: 'auditStatus', codes: ['pending'] };
  expect(shown(pending)).toEqual([[zh.audit.pending, en.audit.pending]]);
  expect(shown({ ...pending, codes: ['frozen'] })).toEqual([['其他值', 'Another value']]);
  expect(shown({ target: 'camp', field: 'name', codes: ['frozen'] })).toEqual([['frozen', 'frozen']]);
});

it('the log of operations says why a message was refused and which roles need one-time codes, without names of fields', () => {
  const refused = JSON.stringify(
    { code: 43101, message: 'user "x" refused', time: '2026-03-01T06:30:05' },
    null,
    2,
  );
  expect(shown({ target: 'refund', field: 'refused', codes: [refused] })).toEqual([
    ['user "x" refused · 43101', 'user "x" refused · 43101'],
  ]);
  expect(shown({ target: 'config', field: 'auth.totpRoles', codes: ['admin,finance'] })).toEqual([
    ['超级管理员 · 财务', 'Administrator · Finance'],
  ]);
});
