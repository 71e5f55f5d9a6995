/**
 * `npm run simulate -- --seed N --count M [--jobs 2] [--report FILE]`: tells M stories of people, faults and money over the
 * real product, each decided by its seed, and fails when an invariant did not hold. `--seeds 3,14` names them one by one,
 * `--plant` breaks the data at the end, so that it is seen that it is seen. See docs/simulation.md.
 */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { Ending } from './ending.ts';
import { said } from './said.ts';
import { planOf } from './simulate/plan.ts';
import { failureText, hasFailed, reportText, summaryLine, type Told } from './simulate/report.ts';
import { simulate } from './simulate/seed.ts';
import { Server } from './simulate/server.ts';

/** More would wait for each other on a small machine, and quiet would take longer than it is given. */
const MOST_JOBS = 8;

/** Also those that are still starting. */
const servers = new Set<Promise<Server>>();
const ending = new Ending(() => Promise.all([...servers].map(async (server) => (await server).stop())));

interface Options {
  seeds: number[];
  jobs: number;
  report: string | undefined;
  plants: boolean;
  /** Whether what was built before is good. */
  built: boolean;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '1' },
      seeds: { type: 'string' },
      jobs: { type: 'string', default: '2' },
      report: { type: 'string' },
      plant: { type: 'boolean', default: false },
      built: { type: 'boolean', default: false },
    },
  });
  const first = whole('seed', values.seed);
  const seeds = values.seeds
    ? values.seeds.split(',').map((text) => whole('seeds', text))
    : Array.from({ length: whole('count', values.count) }, (_, index) => first + index);
  const jobs = Math.min(whole('jobs', values.jobs), seeds.length, MOST_JOBS);
  return { seeds, jobs, report: values.report, plants: values.plant, built: values.built };
}

function whole(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} must be a whole number`);
  return Number(text);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function run({ seeds, jobs, report, plants }: Options): Promise<boolean> {
  const began = performance.now();
  const told: Told[] = [];
  const waiting = [...seeds];
  const lane = async (): Promise<void> => {
    const starting = Server.start();
    servers.add(starting);
    const server = await starting;
    for (let seed = waiting.shift(); seed !== undefined && !ending.hasBegun; seed = waiting.shift()) {
      const one = await tell(seed, server, plants);
      told.push(one);
      say(summaryLine(one));
      if (hasFailed(one)) say(failureText(one, planFor(seed, plants)));
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, lane));
  told.sort((a, b) => a.seed - b.seed);
  const text = reportText(told, (performance.now() - began) / 1000);
  if (report) fs.writeFileSync(report, text);
  say(`\n${text}`);
  return told.every((one) => !hasFailed(one));
}

/** Violations are planted where nothing else is wrong. */
function planFor(seed: number, plants: boolean): ReturnType<typeof planOf> {
  const plan = planOf(seed);
  return plants ? { ...plan, faults: [] } : plan;
}

async function tell(seed: number, server: Server, plants: boolean): Promise<Told> {
  try {
    return await simulate(planFor(seed, plants), server, plants);
  } catch (error) {
    return { seed, error: said(error) };
  }
}

try {
  const options = readOptions();
  if (!options.built) build('@yajin/api,@yajin/sandbox,libs/*');
  ending.end((await run(options)) ? 0 : 1);
} catch (error) {
  process.stderr.write(`${said(error)}\n`);
  ending.end(1);
}
