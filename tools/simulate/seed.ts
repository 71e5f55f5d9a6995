import { setTimeout as sleep } from 'node:timers/promises';
import { campMember, campOrganiser } from './actors/camp.ts';
import { courseStudent } from './actors/course.ts';
import { gymMember } from './actors/gym.ts';
import { task } from './actors/task.ts';
import { workOrder } from './actors/work-order.ts';
import { endFaults, injectFaults } from './faults.ts';
import {
  compareBooks,
  openDifferences,
  overdrawn,
  unbalanced,
  untoldOf,
  type Untold,
} from './invariants/books.ts';
import { fateViolations, grantViolations } from './invariants/fates.ts';
import { believed, numbersOf, payoutViolations, type Violation } from './invariants/gateway.ts';
import { disagreements, middleStates } from './invariants/lines.ts';
import type { Plan } from './plan.ts';
import { plantViolations } from './plant.ts';
import { untilQuiet } from './quiet.ts';
import { billed, untilReconciled } from './reconcile.ts';
import type { Server } from './server.ts';
import type { Story } from './stories.ts';
import { World } from './world.ts';

const WATCH_EVERY_MS = 300;
const WARNINGS = 40;

export interface Outcome {
  seed: number;
  violations: Violation[];
  /** What the bills alone showed. */
  untold: Untold;
  /** Payments taken, refunds and transfers done, at the gateways. */
  moved: { payments: number; refunds: number; transfers: number };
  injected: ReadonlyMap<string, number>;
  quietMs: number;
  seconds: number;
  timeline: readonly string[];
  /** What the API warned of last. */
  warnings: string[];
}

/**
 * Tells one seed's story from its beginning to quiet, and says what did not hold.
 * @param plants whether violations are planted at the end, so that it is seen that they are seen
 */
export async function simulate(plan: Plan, server: Server, plants: boolean): Promise<Outcome> {
  const began = performance.now();
  const world = await World.open(plan, server);
  const watched: Violation[] = [];
  const watching = new AbortController();
  const watch = watchOver(world, watched, watching.signal);
  try {
    world.deadline = Date.now() + plan.activeMs;
    await Promise.all([
      injectFaults(world),
      ...plan.stories.map((story) => tell(world, story)),
      sleep(plan.activeMs),
    ]);
    await endFaults(world);
    world.timeline.add('quiet', 'the faults are over');
    const quiet = await untilQuiet(world);
    world.timeline.add('quiet', `reached after ${quiet.ms} ms`);
    const untold = await untoldBefore(world);
    const unread = await untilReconciled(world);
    if (plants) await plantViolations(world);
    const { violations, moved } = await judge(world);
    watching.abort();
    await watch;
    return {
      seed: plan.seed,
      violations: distinct([...watched, ...quiet.undecided, ...unread, ...violations]),
      untold,
      moved,
      injected: world.timeline.injected,
      quietMs: quiet.ms,
      seconds: (performance.now() - began) / 1000,
      timeline: world.timeline.lines,
      warnings: world.apis.flatMap((api) => api.warnings(WARNINGS)),
    };
  } finally {
    watching.abort();
    await watch;
    await world.close();
  }
}

async function tell(world: World, story: Story): Promise<void> {
  await sleep(story.at);
  const who = 'who' in story ? `${story.kind} ${story.who}` : story.kind;
  await act(world, story).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    world.timeline.add('story', `${who} ends: ${reason}`);
  });
}

function act(world: World, story: Story): Promise<void> {
  switch (story.kind) {
    case 'camp member':
      return campMember(world, story);
    case 'camp organiser':
      return campOrganiser(world, story);
    case 'course student':
      return courseStudent(world, story);
    case 'gym member':
      return gymMember(world, story);
    case 'task':
      return task(world, story);
    case 'work order':
      return workOrder(world, story);
  }
}

/** What must hold at every moment is looked at all along; a database that is down says nothing. */
async function watchOver(world: World, found: Violation[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    found.push(...(await alwaysTrue(world).catch(() => [])));
    await sleep(WATCH_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function alwaysTrue(world: World): Promise<Violation[]> {
  const numbers = await numbersOf(world.db);
  const gateway = await believed((path) => world.control(path));
  const [over, off] = await Promise.all([overdrawn(world.db), unbalanced(world.db)]);
  return [...payoutViolations(numbers, gateway), ...over, ...off];
}

/** What only bills will show. */
async function untoldBefore(world: World): Promise<Untold> {
  return untoldOf(world.db, await believed((path) => world.control(path)));
}

async function judge(world: World): Promise<Pick<Outcome, 'violations' | 'moved'>> {
  const always = await alwaysTrue(world);
  const gateway = await believed((path) => world.control(path));
  const bills = await billed(world);
  const books = await compareBooks(world.db, gateway, bills);
  const [differences, middle, fates, grants, lines] = await Promise.all([
    openDifferences(world.db),
    middleStates(world.db, await world.now()),
    fateViolations(world.db, gateway),
    grantViolations(world.db),
    disagreements(world.db),
  ]);
  return {
    violations: [...always, ...middle, ...books, ...differences, ...fates, ...grants, ...lines],
    moved: {
      payments: gateway.trades.filter(({ state }) => state === 'SUCCESS' || state === 'REFUND').length,
      refunds: gateway.refunds.filter(({ state }) => state === 'SUCCESS').length,
      transfers: gateway.transfers.filter(({ state }) => state === 'success').length,
    },
  };
}

function distinct(all: Violation[]): Violation[] {
  return [...new Map(all.map((one) => [`${one.invariant} ${one.detail}`, one])).values()];
}
