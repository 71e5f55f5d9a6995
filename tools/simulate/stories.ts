/** What people set out to do, drawn before anything happens. */
import type { Random } from './random.ts';

/** How somebody presses a button. */
const CLICKS = ['once', 'twice with one key', 'twice with two keys'] as const;
export type Clicks = (typeof CLICKS)[number];

/** Which of the addresses somebody has opened they pay at. */
const TABS = ['the first', 'the last', 'all'] as const;
export type Tab = (typeof TABS)[number];

/** When somebody pays who takes their time; `in flight` is confirmed in time, and done at the gateway only later. */
const WHENS = ['at once', 'at once', 'at once', 'at once', 'late', 'in flight'] as const;
export type When = (typeof WHENS)[number];

export interface CampStory {
  kind: 'camp member';
  who: number;
  by: 'personal link' | 'fixed code';
  clicks: Clicks;
  /** How they are asked to pay, one after the other: each change of mind is another number. */
  scenes: ('native' | 'h5')[];
  /** What is paid by the fixed code beyond the deposit, in fen. */
  amountOffFen: number;
  binds: boolean;
  keepsPromise: boolean;
  tab: Tab;
  when: When;
}

export interface OrganiserStory {
  kind: 'camp organiser';
  retries: boolean;
  returnsUnallocated: boolean;
}

export type CourseMethod = 'alipay' | 'wechat' | 'bank_card';

export interface CourseStory {
  kind: 'course student';
  who: number;
  /** One after the other: the last that was opened need not be the one that is paid. */
  methods: CourseMethod[];
  /** Whether they open the addresses they were given only when they pay: some gateways know no trade before that. */
  opensLate: boolean;
  price: number;
  clicks: Clicks;
  tab: Tab;
  when: When;
  /** Parts of the price that are asked back, each with so many clicks. */
  refunds: { part: number; clicks: Clicks }[];
}

export type GymProvider = 'alipay' | 'wechat';

export interface GymStory {
  kind: 'gym member';
  who: number;
  providers: GymProvider[];
  opensLate: boolean;
  type: 'course' | 'private';
  clicks: Clicks;
  tab: Tab;
  when: When;
}

export interface TaskStory {
  kind: 'task';
  who: number;
  publishFee: number;
  takeFee: number;
  clicks: Clicks;
  ends: 'settled' | 'given up' | 'left';
  /** What the taker gets of what was paid. */
  takerPart: number;
  when: When;
}

export interface WorkOrderStory {
  kind: 'work order';
  who: number;
  clicks: Clicks;
  when: When;
  ends: 'repaired' | 'given back' | 'left';
  /** What the second operator says while the first approves. */
  second: 'approve' | 'reject';
}

/** A story and when it begins (real milliseconds after the faults begin). */
export type Story = { at: number } & (
  CampStory | OrganiserStory | CourseStory | GymStory | TaskStory | WorkOrderStory
);

export function drawStories(random: Random): Story[] {
  const drawn: Story[] = [];
  const several = (most: number, draw: (random: Random, who: number) => Story): void => {
    for (let who = random.whole(1, most); who > 0; who -= 1) drawn.push(draw(random, who));
  };
  several(3, drawCamp);
  if (random.chance(0.5))
    drawn.push({
      at: random.whole(2400, 3200),
      kind: 'camp organiser',
      retries: random.chance(0.5),
      returnsUnallocated: random.chance(0.5),
    });
  several(2, drawCourse);
  several(2, drawGym);
  several(2, drawTask);
  several(2, drawWorkOrder);
  return drawn;
}

function begins(random: Random): number {
  return random.whole(0, 1500);
}

function drawCamp(random: Random, who: number): Story {
  return {
    at: begins(random),
    kind: 'camp member',
    who,
    by: random.chance(0.65) ? 'personal link' : 'fixed code',
    clicks: random.pick(CLICKS),
    scenes: random.pick<CampStory['scenes']>([['native'], ['native', 'h5'], ['h5', 'native', 'h5']]),
    amountOffFen: random.pick([0, 0, 0, 1]),
    binds: random.chance(0.5),
    keepsPromise: random.chance(0.7),
    tab: random.pick(TABS),
    when: random.pick(WHENS),
  };
}

function drawCourse(random: Random, who: number): Story {
  const method = (): CourseMethod => random.pick(['alipay', 'wechat', 'bank_card']);
  const refund = (): CourseStory['refunds'][number] => ({
    part: random.pick([0.25, 0.5, 1]),
    clicks: random.pick(CLICKS),
  });
  return {
    at: begins(random),
    kind: 'course student',
    who,
    methods: random.chance(0.5) ? [method()] : [method(), method()],
    opensLate: random.chance(0.3),
    price: random.whole(1000, 40_000) / 100,
    clicks: random.pick(CLICKS),
    tab: random.pick(TABS),
    when: random.pick(WHENS),
    refunds: Array.from({ length: random.whole(1, 3) }, refund),
  };
}

function drawGym(random: Random, who: number): Story {
  return {
    at: begins(random),
    kind: 'gym member',
    who,
    providers: random.pick<GymStory['providers']>([
      ['alipay'],
      ['wechat'],
      ['alipay', 'wechat'],
      ['wechat', 'alipay'],
      ['wechat', 'alipay', 'wechat'],
    ]),
    opensLate: random.chance(0.3),
    type: random.pick(['course', 'private']),
    clicks: random.pick(CLICKS),
    tab: random.pick(TABS),
    when: random.pick(WHENS),
  };
}

function drawTask(random: Random, who: number): Story {
  return {
    at: begins(random),
    kind: 'task',
    who,
    publishFee: random.whole(100, 20_000) / 100,
    takeFee: random.whole(100, 5000) / 100,
    clicks: random.pick(CLICKS),
    ends: random.pick(['settled', 'settled', 'settled', 'given up', 'left']),
    takerPart: random.pick([0.3, 0.7, 1]),
    when: random.pick(WHENS),
  };
}

function drawWorkOrder(random: Random, who: number): Story {
  return {
    at: begins(random),
    kind: 'work order',
    who,
    clicks: random.pick(CLICKS),
    when: random.pick(WHENS),
    ends: random.pick(['repaired', 'given back', 'given back', 'left']),
    second: random.pick(['approve', 'approve', 'reject']),
  };
}
