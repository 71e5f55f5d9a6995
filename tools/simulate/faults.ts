import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpProxy, Treat, Treatment } from './http-proxy.ts';
import { NOT_ABNORMAL, type Fault } from './plan.ts';
import { Random } from './random.ts';
import type { World } from './world.ts';

/** What nobody signs, so that TLS alone guards it: there a wire can be cut, but not say anything else. */
const UNSIGNED = /^\/(upay|qr|connect|sns|cgi-bin|v2\/groups)\b/;
/** A wire that says nothing for ever holds up what is not about money for longer than a story lasts. */
const NEVER_SILENT = /^\/(connect|sns|cgi-bin|v2\/groups)\b/;

/** What is said by somebody in between, unsigned. */
const LIES = [
  { status: 502, body: '<html><h1>502 Bad Gateway</h1></html>' },
  { status: 404, body: '{"code":"RESOURCE_NOT_EXISTS","message":"记录不存在"}' },
  { status: 403, body: '{"code":"NOT_ENOUGH","message":"余额不足"}' },
  { status: 200, body: '{"status":"SUCCESS","trade_state":"SUCCESS","code":"10000"}' },
  { status: 200, body: '' },
] as const;

/** Breaks things, each at its time. Ends when the last is over; nothing stays broken but what only time can mend. */
export async function injectFaults(world: World): Promise<void> {
  await Promise.all(
    world.plan.faults.map(async (fault) => {
      await sleep(fault.at);
      await inject(world, fault).catch((error: unknown) =>
        world.timeline.add('fault', `${fault.kind} failed: ${String(error)}`),
      );
    }),
  );
}

async function inject(world: World, fault: Fault): Promise<void> {
  const { timeline } = world;
  switch (fault.kind) {
    case 'kill -9 of an API':
    case 'frozen API':
      return harmApi(world, fault);
    case 'database crash':
      timeline.fault(fault.kind, `${fault.signal}, down for ${fault.forMs} ms`);
      world.server.crash(fault.signal);
      await sleep(fault.forMs);
      await world.server.recover();
      timeline.add('database', 'is back');
      return;
    case 'silently dead connections to the database':
      timeline.fault(fault.kind, `${world.database.silence()} of them`);
      return;
    case 'reset connections to the database':
      timeline.fault(fault.kind, `${world.database.reset()} of them`);
      return;
    case 'gateway wire':
      return overWire(world, world.gateway, fault);
    case 'notification wire':
      return overWire(world, world.front, fault);
    case 'refund wire (TLS)':
      timeline.fault(fault.kind, `${fault.how} after ${fault.afterBytes} bytes, ${fault.times} times`);
      world.secure.cutNext({ times: fault.times, afterBytes: fault.afterBytes, how: fault.how });
      return;
    case 'sandbox':
      return spoil(world, fault);
    case 'clock jump':
      timeline.fault(fault.kind, `${fault.minutes} minutes`);
      return world.moveClockBy(fault.minutes * 60_000, 'clock');
  }
}

async function harmApi(
  world: World,
  fault: Extract<Fault, { kind: 'kill -9 of an API' | 'frozen API' }>,
): Promise<void> {
  const api = world.apis[fault.api];
  if (!api) return;
  world.timeline.fault(fault.kind, `API ${fault.api}, for ${fault.forMs} ms`);
  if (fault.kind === 'frozen API') {
    api.freeze();
    await sleep(fault.forMs);
    api.thaw();
    return;
  }
  await api.kill().catch(() => undefined);
  await sleep(fault.forMs);
  api.start();
}

async function overWire(
  world: World,
  proxy: HttpProxy,
  fault: Extract<Fault, { kind: 'gateway wire' | 'notification wire' }>,
): Promise<void> {
  const { plan, timeline } = world;
  const random = new Random(plan.seed, `${fault.kind} ${fault.at}`);
  timeline.add(
    'fault',
    `${fault.kind}: ${fault.treatment} for ${fault.forMs} ms, ${fault.of * 100} % of all`,
  );
  const treat: Treat = (path, method) => {
    if (!random.chance(fault.of)) return null;
    const treatment = treatmentOf(fault.treatment, path, random);
    timeline.fault(`${fault.kind}: ${treatment.kind}`, `${method} ${path.split('?')[0]}`);
    return treatment;
  };
  proxy.treats.add(treat);
  await sleep(fault.forMs);
  proxy.treats.delete(treat);
}

function treatmentOf(kind: Treatment['kind'], path: string, random: Random): Treatment {
  switch (kind) {
    case 'drop':
    case 'reset':
    case 'duplicate':
      return { kind };
    case 'silent':
      return NEVER_SILENT.test(path) ? { kind: 'reset' } : { kind };
    case 'delay':
      return { kind, ms: random.whole(100, 1500) };
    case 'garble':
      return UNSIGNED.test(path) ? { kind: 'reset' } : { kind, at: random.next() };
    case 'lie':
      return { kind, ...(UNSIGNED.test(path) ? LIES[0] : random.pick(LIES)) };
  }
}

/** @param fault `matched` ones are aimed at a trade that is not Alipay's: a refund there is done when it is answered */
async function spoil(world: World, fault: Extract<Fault, { kind: 'sandbox' }>): Promise<void> {
  const setting = { ...fault.setting };
  if (fault.matched) {
    const trades = await world.control<{ channel: string; outTradeNo: string; state: string }[]>('/trades');
    const unfit = fault.setting['value'] === 'ABNORMAL' ? ['alipay', ...NOT_ABNORMAL] : ['alipay'];
    const trade = trades.find(({ channel, state }) => !unfit.includes(channel) && state !== 'NOTPAY');
    if (!trade) return;
    setting['match'] = trade.outTradeNo;
  }
  await world.control('/faults', { [fault.fault]: Object.keys(setting).length > 0 ? setting : true });
  world.timeline.fault(`sandbox: ${fault.fault}`, JSON.stringify(setting));
}

/** Whatever is broken is whole again, but for what only time can mend. */
export async function endFaults(world: World): Promise<void> {
  world.gateway.treats.clear();
  world.front.treats.clear();
  world.gateway.release();
  world.secure.cutNext(null);
  await world.control('/faults', { reset: true });
  for (const api of world.apis) {
    api.thaw();
    api.start();
  }
}
