import { useGatewayName } from '../../kit/gateway-words.js';
import { roleWords } from '../../kit/role-words.js';
import { stateWords } from '../../kit/states.js';
import { useWords, words } from '../../kit/text.js';
import { courseWords } from '../../lines/course/course-words.js';
import { gymWords } from '../../lines/gym/gym-words.js';
import { taskWords } from '../../lines/task/task-words.js';
import { workOrderWords } from '../../lines/work-order/work-order-words.js';
import { reviewWords } from '../members/review-words.js';
import { bankWords, caseWords } from '../pay/cases/case-words.js';
import { holdWords } from '../pay/kit/hold.js';
import { payWords, useAccount, useLineNames } from '../pay/pay-words.js';
import { differenceWords, kindWords } from '../pay/reconciliation/difference-words.js';
import { workWords } from '../pay/work/work-words.js';
import { exportWords } from '../reports/export-words.js';
import { jobNames } from './job-words.js';
import { userWords } from './user-words.js';

const text = words(
  {
    true: '是',
    false: '否',
    other: '其他值',
    password: '密码',
    totp: '动态码',
    recovery: '恢复码',
  },
  {
    true: 'yes',
    false: 'no',
    other: 'Another value',
    password: 'Password',
    totp: 'One-time code',
    recovery: 'Recovery code',
  },
);

type Say = (code: string) => string | undefined;

/** Why a message was refused, as it is recorded: what was said, and by which code. */
function refusalOf(value: string): string {
  const said = (name: string): string[] => {
    const [, text] = new RegExp(`"${name}": ("(?:[^"\\\\]|\\\\.)*"|\\d+)`).exec(value) ?? [];
    return text === undefined ? [] : [String(JSON.parse(text))];
  };
  return [...said('message'), ...said('code')].join(' · ') || value;
}

/** By field, or by target and field where it is another thing there: what a code is called on the page that it is from. */
function useCodes(): Record<string, Say> {
  const t = useWords(text);
  const states = useWords(stateWords);
  const pay = useWords(payWords);
  const course = useWords(courseWords);
  const gym = useWords(gymWords);
  const task = useWords(taskWords);
  const workOrder = useWords(workOrderWords);
  const differences = useWords(kindWords);
  const review = useWords(reviewWords);
  const exports = useWords(exportWords);
  const cases = useWords(caseWords);
  const account = useAccount();
  const gateway = useGatewayName();
  const lines: Record<string, string> = useLineNames();
  const named = (names: Record<string, string>): Say => {
    return (code) => (Object.hasOwn(names, code) ? names[code] : undefined);
  };
  const role = named(useWords(roleWords));
  return {
    gateway,
    role,
    refused: refusalOf,
    'config auth.totpRoles': (codes) =>
      codes
        .split(',')
        .map((code) => role(code) ?? code)
        .join(' · '),
    matchStatus: named(states.match),
    matchMethod: named(states.method),
    auditStatus: named(states.audit),
    refundStatus: named(states.refund),
    identityReview: named(states.review),
    transferStatus: named(pay.transfer),
    favour: named({ member: review.member, holder: review.holder }),
    debit: (code) => account(code).name,
    credit: (code) => account(code).name,
    exceeds: named(useWords(holdWords).exceeds),
    decision: named(useWords(differenceWords).decision),
    scope: named(pay.scopes),
    bankType: named(useWords(bankWords)),
    by: named({ password: t.password, totp: t.totp, recovery: t.recovery }),
    job: named(useWords(jobNames)),
    type: named({ summary: exports.summary, detail: exports.detail }),
    to: named({ payer: cases.toPayer, merchant: cases.toMerchant }),
    'payout_stop target': (code) => lines[code] ?? gateway(code),
    'difference kind': named(
      Object.fromEntries(Object.entries(differences).map(([kind, { name }]) => [kind, name])),
    ),
    'pay_work kind': named(useWords(workWords).kinds),
    'user status': named(useWords(userWords).statuses),
    'camp status': named(states.camp),
    'pay_refund status': named(pay.refund),
    'course_booking status': named(course.states),
    'course_booking type': named({ course_enrollment: course.enrolments, appointment: course.appointments }),
    'course_refund status': named(course.refundStates),
    'gym_offer type': named(gym.types),
    'gym_payment status': named(gym.refundStates),
    'task status': named(task.states),
    'task_refund status': named(pay.refund),
    'work_order status': named(workOrder.states),
    'work_order_refund status': named(workOrder.refundStates),
  };
}

/** Says a value of a log entry's field: its word where it is a code, and as it was recorded where it is somebody's own. */
export function useFieldValue(): (target: string | null, field: string, value: string) => string {
  const t = useWords(text);
  const codes = useCodes();
  return (target, field, value) => {
    if (value === 'true' || value === 'false') return t[value];
    const say = codes[`${target} ${field}`] ?? codes[field];
    return say ? (say(value) ?? t.other) : value;
  };
}
