import type { Plan } from './plan.ts';
import type { Outcome } from './seed.ts';

/** A seed that ended in an error of the harness or the product instead of an outcome. */
export interface Broken {
  seed: number;
  error: string;
}

export type Told = Outcome | Broken;

function isBroken(told: Told): told is Broken {
  return 'error' in told;
}

export function hasFailed(told: Told): boolean {
  return isBroken(told) || told.violations.length > 0;
}

/** One line for a seed that is over. */
export function summaryLine(told: Told): string {
  if (isBroken(told)) return `seed ${told.seed}: BROKEN, ${told.error.split('\n')[0]}`;
  const { seed, moved, violations, seconds, quietMs } = told;
  const faults = [...told.injected.values()].reduce((sum, count) => sum + count, 0);
  const verdict = violations.length === 0 ? 'holds' : `${violations.length} VIOLATIONS`;
  const { payments, refunds, transfers } = moved;
  return `seed ${seed}: ${verdict}; ${payments} payments, ${refunds} refunds, ${transfers} transfers, ${faults} faults, quiet after ${(quietMs / 1000).toFixed(1)} s, ${seconds.toFixed(1)} s in all`;
}

/** Everything that helps to understand a seed that failed. */
export function failureText(told: Told, plan: Plan): string {
  const again = `npm run simulate -- --seed ${told.seed}`;
  if (isBroken(told))
    return `\nSeed ${told.seed} could not be told to its end:\n${told.error}\nAgain: ${again}\n`;
  const violated = told.violations.map(({ invariant, detail }) => `  ✗ ${invariant}: ${detail}`);
  const stories = plan.stories.map((story) => `  ${JSON.stringify(story)}`);
  const faults = plan.faults.map((fault) => `  ${JSON.stringify(fault)}`);
  return [
    `\nSeed ${told.seed} violates:`,
    ...violated,
    `The plan (${plan.apis} API process${plan.apis > 1 ? 'es' : ''}):`,
    ...stories,
    ...faults,
    'What happened:',
    ...told.timeline.map((line) => `  ${line}`),
    'What the API warned of last:',
    ...told.warnings.map((line) => `  ${line}`),
    `Again: ${again}\n`,
  ].join('\n');
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

function injectedOf(outcomes: Outcome[]): [kind: string, times: number][] {
  const all = new Map<string, number>();
  for (const { injected } of outcomes)
    for (const [kind, times] of injected) all.set(kind, (all.get(kind) ?? 0) + times);
  return [...all].sort(([a], [b]) => a.localeCompare(b));
}

/** All seeds together, as Markdown. */
export function reportText(all: Told[], seconds: number): string {
  const outcomes = all.filter((told): told is Outcome => !isBroken(told));
  const failed = all.filter(hasFailed);
  const quiet = outcomes.map(({ quietMs }) => quietMs / 1000);
  const sum = (of: (outcome: Outcome) => number): number =>
    outcomes.reduce((total, one) => total + of(one), 0);
  const untold = sum((one) => one.untold.trades);
  return [
    '# Fault simulation',
    '',
    `${all.length} seeds (${all[0]?.seed ?? 0} to ${all.at(-1)?.seed ?? 0}) in ${(seconds / 60).toFixed(1)} minutes, ${failed.length} of them with violations.`,
    '',
    `- moved at the gateways: ${sum((one) => one.moved.payments)} payments, ${sum((one) => one.moved.refunds)} refunds, ${sum((one) => one.moved.transfers)} transfers`,
    `- time to quiet after the faults: median ${median(quiet).toFixed(1)} s, worst ${Math.max(0, ...quiet).toFixed(1)} s`,
    `- payments by a fixed code that nobody was ever told of: ${untold} (${sum((one) => one.untold.fen)} fen), found by the bills`,
    '',
    '| fault | times |',
    '| --- | ---: |',
    ...injectedOf(outcomes).map(([kind, times]) => `| ${kind} | ${times} |`),
    '',
    failed.length === 0 ? 'Every invariant held.' : '| seed | violated |',
    ...(failed.length === 0 ? [] : ['| ---: | --- |', ...failed.flatMap(failedRows)]),
    '',
  ].join('\n');
}

function failedRows(told: Told): string[] {
  if (isBroken(told))
    return [`| ${told.seed} | broken: ${told.error.split('\n')[0]?.replaceAll('|', '/')} |`];
  return told.violations.map(
    ({ invariant, detail }) => `| ${told.seed} | ${invariant}: ${detail.replaceAll('|', '/')} |`,
  );
}
