import { Injectable, type OnModuleInit } from '@nestjs/common';
import { addDays, businessDate, instantOf, localTime } from '@yajin/core';
import type { Scene } from '@yajin/payment';
import { DemoClock, DemoData, type Story } from '../../../demo/index.js';
import { SettingsService } from '../../../system/index.js';
import { PlanetOptions } from '../planet/planet.options.js';
import { CAMPS, type CampPlan } from './camps.data.js';
import { DemoActions, type Enrolment, type Post } from './demo-actions.js';
import { DemoBooks } from './demo-books.js';
import { DemoReview } from './demo-review.js';
import { Dice } from './dice.js';
import { DIARY, people, type Person } from './people.data.js';

const SEED = 19_491_001;
const AT_ONCE = 8;
const PASSERS_BY = 4;
const MINUTE_MS = 60_000;
const SCENES: readonly Scene[] = ['native', 'native', 'jsapi', 'jsapi', 'h5'];

/** Something that happens at a moment of business time. */
interface Event {
  at: Date;
  happen: () => Promise<void>;
}

/** One camp as it is played. */
interface Play {
  plan: CampPlan;
  project: string;
  startDate: string;
  endDate: string;
  dice: Dice;
  /** Who comes by a link, in the order they enrol. */
  guests: Person[];
  /** Who pays by the fixed code. */
  scanners: Person[];
  passersBy: Person[];
  /** Once it has been opened. */
  id: number;
}

/** Plays a year of camps from its first day up to now, event by event. */
@Injectable()
export class DemoStory implements Story, OnModuleInit {
  constructor(
    private readonly data: DemoData,
    private readonly time: DemoClock,
    private readonly actions: DemoActions,
    private readonly review: DemoReview,
    private readonly books: DemoBooks,
    private readonly settings: SettingsService,
    private readonly planet: PlanetOptions,
  ) {}

  onModuleInit(): void {
    this.data.register(this);
  }

  /** The moment before anything happens, given the real `now`. */
  beginning(now: Date): Date {
    return instantOf(
      addDays(businessDate(now), Math.min(...CAMPS.map((plan) => plan.opensIn ?? 0)) - 1),
      '09:00',
    );
  }

  /** @param staff user ids by username. @returns how many camps were played */
  async play(now: Date, staff: Map<string, number>): Promise<number> {
    if (this.planet.cookie) await this.settings.set('planet.cookie', this.planet.cookie);
    await this.settings.set('wechat.refundTemplateId', 'DEMO_REFUND_TEMPLATE');
    const today = businessDate(now);
    const cast = people();
    const plays = CAMPS.map((plan, index) => prepare(plan, index, today, cast));
    const events = [
      ...plays.flatMap((play) => this.eventsOf(play, now, today, staff)),
      ...this.books.mornings(today, now),
      ...this.data.added(now),
    ];
    for (const event of events.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
      await this.time.jump(event.at, false);
      await event.happen();
    }
    await this.time.jump(new Date(), false);
    return plays.length;
  }

  private eventsOf(play: Play, now: Date, today: string, staff: Map<string, number>): Event[] {
    const { plan, project } = play;
    const day = (offset: number, time: string): Date => instantOf(addDays(today, offset), time);
    const opening: Event = {
      at: day(plan.opensIn ?? -1, '10:00'),
      happen: async () => void (play.id = await this.actions.open(plan, project, play, staff)),
    };
    if (plan.opensIn === null) return [opening];
    return [
      opening,
      ...this.enrolments(play, day),
      ...this.fixedCode(play, day),
      ...this.specials(play, day, now),
      ...this.running(play, day, now),
    ];
  }

  private enrolments(play: Play, day: (offset: number, time: string) => Date): Event[] {
    const { plan, dice, guests } = play;
    const lastDay = Math.min(plan.startsIn - 1, -1);
    const groups = Array.from({ length: Math.ceil(guests.length / AT_ONCE) }, (_, index) =>
      guests.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
    );
    return groups.map((group) => {
      const enrolments = group.map((person) => enrolmentOf(person, dice));
      const at = day(dice.whole((plan.opensIn ?? 0) + 1, lastDay), clockTime(dice, 9, 21));
      return { at, happen: () => this.actions.enrol(play.id, enrolments) };
    });
  }

  private fixedCode(play: Play, day: (offset: number, time: string) => Date): Event[] {
    const { plan, scanners } = play;
    const paidOn = Math.min(plan.startsIn, 0) - 2;
    return scanners.flatMap((person, index) => {
      const pays = {
        at: day(paidOn, `12:${10 + index}`),
        happen: () => this.actions.payFixedCode(play.id, Math.round(plan.deposit * 100), person.openid),
      };
      const binds = {
        at: day(paidOn + 1, `20:${10 + index}`),
        happen: () => this.actions.bind(play.id, person),
      };
      return index < plan.fixedCode.bound ? [pays, binds] : [pays];
    });
  }

  /** What happens only once in the whole story. */
  private specials(play: Play, day: (offset: number, time: string) => Date, now: Date): Event[] {
    const { plan, dice } = play;
    const [late, double, payer, waiting] = play.passersBy;
    if (!late || !double || !payer || !waiting) return [];
    switch (plan.key) {
      case 'english':
        return [
          {
            at: day(plan.startsIn - 2, '22:10'),
            happen: () => this.actions.payTooLate(play.id, enrolmentOf(late, dice)),
          },
        ];
      case 'handwriting':
        return [
          {
            at: day(plan.startsIn - 2, '21:20'),
            happen: () => this.actions.payTwice(play.id, enrolmentOf(double, dice)),
          },
        ];
      case 'early-4':
        return [
          { at: day(-1, '19:45'), happen: () => this.actions.payFixedCode(play.id, 990, payer.openid) },
          {
            at: new Date(now.getTime() - 4 * MINUTE_MS),
            happen: () => this.actions.enrol(play.id, [{ ...enrolmentOf(waiting, dice), paysAfter: null }]),
          },
        ];
      default:
        return [];
    }
  }

  private running(play: Play, day: (offset: number, time: string) => Date, now: Date): Event[] {
    const { plan, project } = play;
    const endsIn = plan.startsIn + plan.days;
    const posts = diary(play, now);
    if (endsIn > 0) {
      if (plan.startsIn > 0) return [];
      const syncs = async (): Promise<void> => {
        await this.actions.checkIn(project, posts);
        await this.actions.sync(play.id);
      };
      return [{ at: now, happen: syncs }];
    }
    const over: Event = { at: day(endsIn, '00:30'), happen: () => this.actions.checkIn(project, posts) };
    switch (plan.review) {
      case 'leave':
        return [over];
      case 'approve all':
        return [over, { at: day(endsIn, '10:05'), happen: () => this.review.approveAll(play.id) }];
      case 'every outcome':
        return [over, { at: day(endsIn + 1, '10:20'), happen: () => this.review.everyOutcome(play.id) }];
    }
  }
}

function prepare(plan: CampPlan, index: number, today: string, cast: Person[]): Play {
  const dice = new Dice(SEED + index);
  const scanned = plan.fixedCode.bound + plan.fixedCode.unbound;
  const chosen = dice.some(cast, plan.members + scanned + PASSERS_BY);
  return {
    plan,
    project: `15555411412${String(100 + index)}`,
    startDate: addDays(today, plan.startsIn),
    endDate: addDays(today, plan.startsIn + plan.days),
    dice,
    guests: chosen.slice(0, plan.members),
    scanners: chosen.slice(plan.members, plan.members + scanned),
    passersBy: chosen.slice(plan.members + scanned),
    id: 0,
  };
}

/** Most enter the name they go by in the planet; a few typed something else. */
function enrolmentOf(person: Person, dice: Dice): Enrolment {
  const signed = dice.chance(0.55);
  const mistyped = !signed && dice.chance(0.15);
  return {
    person,
    signed,
    nickname: mistyped ? `${person.name.slice(0, 2)}同学` : person.name,
    scene: dice.pick(SCENES),
    paysAfter: dice.chance(0.94) ? dice.whole(1, 11) : null,
    joins: dice.chance(0.9),
  };
}

/** Everybody's posts from the first day until now or the end of the camp; also of some who only follow along. */
function diary({ plan, startDate, dice, guests, scanners, passersBy }: Play, now: Date): Post[] {
  const latest = localTime(now);
  const posts: Post[] = [];
  for (const person of [...guests, ...scanners, ...passersBy]) {
    const likely = Math.min(0.98, person.diligence + plan.spirit);
    for (let day = 0; day < plan.days; day += 1) {
      if (!dice.chance(likely)) continue;
      const times = dice.chance(0.06) ? 2 : 1;
      for (let time = 0; time < times; time += 1) {
        const createTime = `${addDays(startDate, day)}T${clockTime(dice, 5, 22)}:${twoDigits(dice.whole(0, 59))}`;
        const text = dice.pick(DIARY);
        if (createTime <= latest)
          posts.push({
            userId: person.planetUserId,
            name: person.name,
            alias: person.alias,
            text,
            createTime,
          });
      }
    }
  }
  return posts;
}

function clockTime(dice: Dice, fromHour: number, toHour: number): string {
  return `${twoDigits(dice.whole(fromHour, toHour))}:${twoDigits(dice.whole(0, 59))}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
