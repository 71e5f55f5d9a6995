import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Calls, Clock, Deadlines } from '@yajin/server';
import { Gateways } from './gateways.js';

/** While something is wrong, and otherwise. Real time. */
const SOON_MS = 10_000;
const RARELY_MS = 30 * 60_000;
/** What is refused often comes without a signature: so often it is asked for one that has one, and so tells whether we know the gateway. */
const TRIES = 3;
/** A clock that differs by so much is looked at until it does not. */
const SKEWED_MS = 60_000;
/** So many calls in a row that failed are looked into. */
const NOTABLE = 3;

/** Asks each gateway whether it knows us and we know it: as the process begins, again and again while it does not, and now and then. */
@Injectable()
export class GatewayProbe implements OnModuleInit {
  /** When each is asked next. */
  private readonly due = new Map<string, number>();
  private readonly failures = new Map<string, number>();
  /** Who has lately proved who they are, and who has failed to. */
  private readonly proven = new Set<string>();
  private readonly unproven = new Set<string>();
  private readonly skewed = new Set<string>();

  constructor(
    private readonly gateways: Gateways,
    private readonly calls: Calls,
    private readonly clock: Clock,
    private readonly deadlines: Deadlines,
  ) {}

  onModuleInit(): void {
    this.calls.listen(({ side, operation, outcome, proven, skewMs }) => {
      if (outcome === 'signature') this.unproven.add(side);
      if (proven) this.unproven.delete(side);
      if (proven) this.proven.add(side);
      if (skewMs !== null) this.skewed[Math.abs(skewMs) > SKEWED_MS ? 'add' : 'delete'](side);
      if (operation === 'probe' || !this.gateways.has(side)) return;
      const failed = outcome !== 'ok' && outcome !== 'refused' && outcome !== 'throttled';
      const failures = failed ? (this.failures.get(side) ?? 0) + 1 : 0;
      this.failures.set(side, failures);
      if (failures === NOTABLE) this.plan(side, SOON_MS);
    });
    const step = { name: 'probes', run: () => this.run(), routine: true } as const;
    this.deadlines.register({ owner: 'probes', steps: [step] });
  }

  /** Asks those whose turn it is; never throws, for what is wrong is counted as any call is. */
  async run(): Promise<void> {
    const now = this.clock.wall().getTime();
    const due = this.gateways.names.filter((name) => (this.due.get(name) ?? 0) <= now);
    await Promise.all(due.map((name) => this.ask(name)));
  }

  private async ask(name: string): Promise<void> {
    this.plan(name, SOON_MS);
    this.proven.delete(name);
    try {
      for (let tries = 0; tries < TRIES && !this.proven.has(name); tries += 1)
        await this.gateways.probe(name);
      this.plan(name, this.unproven.has(name) || this.skewed.has(name) ? SOON_MS : RARELY_MS);
    } catch {
      this.plan(name, SOON_MS);
    }
  }

  private plan(name: string, ms: number): void {
    this.due.set(name, this.clock.wall().getTime() + ms);
  }
}
