import { join } from 'node:path';
import { createSandbox, type Sandbox } from './index.js';

const DEFAULT_PORT = 8090;

function say(line: string): void {
  console.log(`${new Date().toISOString()} sandbox: ${line}`);
}

function fail(message: string): never {
  console.error(`sandbox: ${message}`);
  process.exit(1);
}

async function start(): Promise<Sandbox> {
  const { APP_MODE, SANDBOX_PORT, HOST, DATA_DIR, SANDBOX_PUBLIC_URL, SANDBOX_ACCOUNT } = process.env;
  // It pays without money and hands out keys: that must never stand beside a real shop.
  if (APP_MODE === 'production') fail('refuses to run in production');
  const port = Number(SANDBOX_PORT || DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    fail(`SANDBOX_PORT is not a port: ${SANDBOX_PORT}`);
  const account = SANDBOX_ACCOUNT || 'official';
  if (account !== 'official' && account !== 'wecom') fail(`SANDBOX_ACCOUNT is official or wecom: ${account}`);
  const dataFile = join(DATA_DIR || '.data', 'sandbox.sqlite');
  try {
    return await createSandbox({
      dataFile,
      port,
      account,
      log: say,
      ...(HOST && { host: HOST }),
      ...(SANDBOX_PUBLIC_URL && { publicUrl: SANDBOX_PUBLIC_URL }),
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EADDRINUSE') fail(`port ${port} is taken; stop what uses it or set SANDBOX_PORT`);
    return fail(`cannot start: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function stopOnSignal(sandbox: Sandbox): void {
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    say(`${signal}: stopping`);
    sandbox.close().then(
      () => process.exit(0),
      (error: unknown) => fail(`did not stop cleanly: ${String(error)}`),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Whoever started us with a channel between us is gone.
  process.on('disconnect', () => stop('disconnect'));
}

start().then(
  (sandbox) => {
    stopOnSignal(sandbox);
    say(`listening on ${sandbox.url}`);
  },
  (error: unknown) => fail(String(error)),
);
