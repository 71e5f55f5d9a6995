/**
 * `npm run journey`: walks through a whole line of business over HTTP against a running demo, prints every step with
 * what came of it, and fails at the first one that did not come out right.
 */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Report } from './journey/report.ts';
import { Api, JourneyFailed, Sandbox, eventually } from './journey/wire.ts';
import { said } from './said.ts';
import { localUrl } from './start/plan.ts';

/** One walk a line, by its name. */
const WALKS = path.join(import.meta.dirname, 'journey/lines');

interface Walk {
  journey: (api: Api, sandbox: Sandbox, report: Report) => Promise<void>;
}

const READY_SECONDS = 60;

async function walkOf(line: string): Promise<Walk> {
  const lines = fs.readdirSync(WALKS).map((file) => path.basename(file, '.ts'));
  if (!lines.includes(line)) throw new JourneyFailed(`Unknown line "${line}". One of: ${lines.join(', ')}`);
  return (await import(pathToFileURL(path.join(WALKS, `${line}.ts`)).href)) as Walk;
}

async function main(): Promise<void> {
  const { line } = parseArgs({ options: { line: { type: 'string', default: 'camp' } } }).values;
  const { journey } = await walkOf(line);
  const host = process.env['HOST']?.trim() || '127.0.0.1';
  const api = new Api(localUrl(host, Number(process.env['PORT'] || 8080)));
  const sandbox = new Sandbox(localUrl(host, Number(process.env['SANDBOX_PORT'] || 8090)));
  await ready(api.url);
  const { now } = await clockOf(sandbox);
  process.stdout.write(
    `Line ${line}, API ${api.url}, sandbox ${sandbox.url}, business time ${now.replace('T', ' ')}\n`,
  );
  const report = new Report();
  await journey(api, sandbox, report);
  report.end();
}

/** A demo that is still filling its database is given time. */
async function ready(url: string): Promise<void> {
  await eventually(`${url} to be ready`, READY_SECONDS, async () => {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (!answer)
      throw new JourneyFailed(
        `No API answers at ${url}. Start it with \`npm start\` (the same PORT and HOST) and try again.`,
      );
    await answer.body?.cancel();
    return answer.ok ? true : null;
  });
}

async function clockOf(sandbox: Sandbox): Promise<{ now: string }> {
  return sandbox.get<{ now: string }>('/clock').catch(() => {
    throw new JourneyFailed(
      `No sandbox answers at ${sandbox.url} (SANDBOX_PORT). The journey needs the demo that \`npm start\` runs.`,
    );
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`\n${error instanceof JourneyFailed ? error.message : said(error)}\n`);
  process.exitCode = 1;
});
