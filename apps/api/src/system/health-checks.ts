import { Injectable } from '@nestjs/common';
import { sentence, type Sentence } from '@yajin/core';
import type { Camp } from '@yajin/contract';

const TIMEOUT_MS = 3000;

/** What a check has seen; `facts` are what the console shows by themselves. */
export interface HealthReading {
  status: Camp.SystemCheck['status'];
  /** For people; none where the status says it all. */
  findings: Sentence[];
  /** Where they are not said one after the other. */
  message?: string;
  facts?: Partial<HealthFacts>;
}

export interface HealthFacts {
  /** Whether a merchant balance ran out, so that refunds wait. */
  refundsPaused: boolean;
  planetCookie: Camp.SystemHealth['planetCookie'];
  /** Business time. */
  lastSyncTime: Date | null;
  /** What was let go in the nights. */
  retention: Camp.RetentionStep[];
}

/**
 * What the system health page asks. Whoever depends on something registers a check for it; a check looks at what is known
 * here, and calls nobody outside.
 */
@Injectable()
export class HealthChecks {
  private readonly checks = new Map<string, () => Promise<HealthReading>>();

  register(name: string, check: () => Promise<HealthReading>): void {
    if (this.checks.has(name)) throw new Error(`health check ${name} is registered twice`);
    this.checks.set(name, check);
  }

  /** Runs them all at once. One that fails, or takes longer than three seconds, is down. */
  async run(): Promise<(HealthReading & { name: string })[]> {
    return Promise.all(
      [...this.checks].map(async ([name, check]) => {
        const down: HealthReading = { status: 'down', findings: [sentence('check_failed')] };
        return { name, ...(await within(TIMEOUT_MS, check, down)) };
      }),
    );
  }
}

const WORST: readonly Camp.SystemCheck['status'][] = ['down', 'degraded', 'up', 'disabled'];

/** What several have seen of the same thing: as bad as the worst of it. */
export function together(first: HealthReading, ...rest: HealthReading[]): HealthReading {
  return rest.reduce((all, each) => {
    const status = WORST.find((one) => one === all.status || one === each.status) ?? all.status;
    const facts = { ...all.facts, ...each.facts };
    return { ...all, status, findings: [...all.findings, ...each.findings], facts };
  }, first);
}

/** What `work` finds, or `otherwise` when it fails or takes longer than `ms`. */
export async function within<Result>(
  ms: number,
  work: () => Promise<Result>,
  otherwise: Result,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Result>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), ms);
  });
  try {
    return await Promise.race([work().catch(() => otherwise), late]);
  } finally {
    clearTimeout(timer);
  }
}
