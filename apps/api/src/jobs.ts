import { parseArgs } from 'node:util';
import type { Console } from '@yajin/contract/console';
import { createApp } from './app.js';
import { dataSource } from './database.js';
import { readEnv } from './env.js';
import { JOB_ID, JOB_STATES, JobsService } from './pay/index.js';
import { SYSTEM } from './system/index.js';

const USAGE = `npm run jobs -- list [--state waiting|running|failed|exhausted] [--name NAME] [--page N]
npm run jobs -- retry ID…
npm run jobs -- drop ID… --reason WHY

Ids are those of the list, such as job-12. What runs, what is due anyway and what must not be dropped stays as it is.
Exit codes: 0 done, 1 failed, 2 not understood, 3 some of the jobs stayed as they were.`;
const PAGE_SIZE = 100;
const MOST_IDS = 100;
const MOST_REASON = 500;
const [NOT_UNDERSTOOD, SOME_STAYED] = [2, 3];

class Usage extends Error {}

/** What was asked for on the command line. */
type Asked =
  | { verb: 'list'; state?: Console.JobState; name?: string; page: number }
  | { verb: 'retry'; ids: string[] }
  | { verb: 'drop'; ids: string[]; reason: string };

/** Beside the API, as it was built, with its environment: run by `npm run jobs`. The console's page of jobs, without a console. */
async function main(): Promise<void> {
  const given = process.argv.slice(2);
  if (given.some((each) => each === '--help' || each === '-h' || each === 'help'))
    return void process.stdout.write(`${USAGE}\n`);
  const asked = understand(given);
  const env = { ...readEnv(process.env), logLevel: 'error' as const };
  const db = await dataSource(env.databaseUrl, 2).initialize();
  const app = await createApp(env, db);
  try {
    await app.init();
    await work(app.get(JobsService), asked);
  } finally {
    await app.close();
  }
}

async function work(jobs: JobsService, asked: Asked): Promise<void> {
  if (asked.verb === 'list') {
    const page = await jobs.list({ ...asked, pageSize: PAGE_SIZE });
    for (const job of page.list) process.stdout.write(`${inWords(job)}\n`);
    const of = page.totalPages > 1 ? `, page ${page.page} of ${page.totalPages}` : '';
    process.stdout.write(`${page.total} in all${of}\n`);
    return;
  }
  const { done, left } =
    asked.verb === 'retry'
      ? await jobs.retry(SYSTEM, asked.ids)
      : await jobs.drop(SYSTEM, asked.ids, asked.reason);
  process.stdout.write(
    `${done} ${asked.verb === 'retry' ? 'to be tried now' : 'dropped'}, ${left} stayed.\n`,
  );
  if (left > 0) process.exitCode = SOME_STAYED;
}

function understand(given: string[]): Asked {
  const options = {
    state: { type: 'string' },
    name: { type: 'string' },
    page: { type: 'string' },
    reason: { type: 'string' },
  } as const;
  let parsed;
  try {
    parsed = parseArgs({ args: given, options, allowPositionals: true });
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  const [verb, ...ids] = positionals;
  switch (verb) {
    case 'list':
      return listOf(values);
    case 'retry':
      return { verb, ids: checked(ids) };
    case 'drop': {
      const reason = values.reason?.trim() ?? '';
      if (reason === '' || reason.length > MOST_REASON) throw new Usage('Why? Say it with --reason.');
      return { verb, ids: checked(ids), reason };
    }
    default:
      throw new Usage('What is to be done?');
  }
}

function listOf({ state, name, page = '1' }: { state?: string; name?: string; page?: string }): Asked {
  const known = JOB_STATES.find((each) => each === state);
  if (state !== undefined && known === undefined) throw new Usage(`There is no state ${state}.`);
  if (!/^[1-9]\d{0,4}$/.test(page)) throw new Usage(`There is no page ${page}.`);
  return {
    verb: 'list',
    page: Number(page),
    ...(known === undefined ? {} : { state: known }),
    ...(name === undefined ? {} : { name }),
  };
}

function checked(ids: string[]): string[] {
  if (ids.length === 0 || ids.length > MOST_IDS) throw new Usage(`Which jobs? From 1 to ${MOST_IDS} ids.`);
  const wrong = ids.find((id) => !JOB_ID.test(id));
  if (wrong !== undefined) throw new Usage(`${wrong} is not the id of a job.`);
  return ids;
}

function inWords(job: Console.Job): string {
  const about = job.about.map(({ field, value }) => ` ${field}=${value}`).join('');
  const tries =
    job.maxAttempts === null ? `${job.attempts} tries` : `${job.attempts} of ${job.maxAttempts} tries`;
  const kept = job.canDrop || job.state === 'running' ? '' : ', not to be dropped';
  const why = job.error === null ? '' : `\n  ${job.error.replace(/\s+/g, ' ')}`;
  return `${job.id} ${job.state} ${job.name}${about}: ${tries}, due ${job.dueAt}${kept}${why}`;
}

main().catch((error: unknown) => {
  const usage = error instanceof Usage;
  const said = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${said}\n${usage ? `${USAGE}\n` : ''}`);
  process.exitCode = usage ? NOT_UNDERSTOOD : 1;
});
