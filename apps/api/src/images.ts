import { createApp } from './app.js';
import { dataSource } from './database.js';
import { readEnv } from './env.js';
import { ImageMover } from './system/index.js';

const USAGE = `npm run images -- move --to store|database
npm run images -- verify

move takes the bytes of images into the store of IMAGE_STORE_…, or out of it into the database, one image at a time, while the API serves
both; broken off, it goes on where it was when it is run again. verify reads all that is in the store, and compares it with what was put.
Exit codes: 0 done, 1 not, or some of the images could not be moved or read.`;
const TOLD_EVERY = 100;

/** What was asked for on the command line. */
type Asked = { verb: 'move'; to: 'store' | 'database' } | { verb: 'verify' };

/** Beside the API, as it was built, with its environment: run by `npm run images`. */
async function main(): Promise<void> {
  const given = process.argv.slice(2);
  if (given.some((each) => each === '--help' || each === '-h' || each === 'help'))
    return void process.stdout.write(`${USAGE}\n`);
  const asked = understand(given);
  const env = { ...readEnv(process.env), logLevel: 'fatal' as const };
  const db = await dataSource(env.databaseUrl, 2).initialize();
  const app = await createApp(env, db);
  try {
    await app.init();
    await work(app.get(ImageMover), asked);
  } finally {
    await app.close();
  }
}

async function work(mover: ImageMover, asked: Asked): Promise<void> {
  const done = asked.verb === 'move' ? 'moved' : 'as they were put';
  let [right, wrong] = [0, 0];
  for await (const { name, problem } of asked.verb === 'move' ? mover.move(asked.to) : mover.verify()) {
    if (problem === null) right += 1;
    else wrong += 1;
    if (problem !== null) process.stdout.write(`${name}: ${problem}\n`);
    else if (right % TOLD_EVERY === 0) process.stdout.write(`${right} ${done} so far\n`);
  }
  process.stdout.write(`${right} images ${done}, ${wrong} not.\n`);
  if (wrong > 0) process.exitCode = 1;
}

function understand(given: string[]): Asked {
  const [verb, option, to] = given;
  if (verb === 'verify' && given.length === 1) return { verb };
  if (verb === 'move' && option === '--to' && given.length === 3 && (to === 'store' || to === 'database'))
    return { verb, to };
  throw new Error(USAGE);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
