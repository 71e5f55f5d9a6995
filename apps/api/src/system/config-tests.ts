import { Injectable, type OnModuleInit } from '@nestjs/common';
import { localTime, sentence, type Sentence } from '@yajin/core';
import { Alerts, Clock } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { Audit } from './audit.service.js';
import type { Operator } from './operator.js';
import type { SettingKey } from './settings.rules.js';

const TIMEOUT_MS = 20_000;

/** What a test has found out; the message is Chinese, and says what to do where it is not `ok`. */
export interface ConfigTestResult {
  ok: boolean;
  /** What came of it and what to do; a text where it is another system's. */
  said: Sentence | string;
}

/** Asks the other side, for real. The signal ends what nobody waits for any more. */
type ConfigTester = (signal: AbortSignal) => Promise<ConfigTestResult>;

/** Asks the other side about a value that is to be kept. @throws BusinessError 400, 503 where it is not to replace what works */
type Trial = (value: string, signal: AbortSignal) => Promise<void>;

/**
 * Tries out what is configured. Whoever depends on something outside registers how to try it; a test moves no money and
 * changes nothing.
 */
@Injectable()
export class ConfigTests implements OnModuleInit {
  private readonly tests = new Map<Camp.ConfigTestTarget, ConfigTester>();
  private readonly trials = new Map<string, Trial>();

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly alerts: Alerts,
  ) {}

  onModuleInit(): void {
    this.register('wecom', () => this.wecom());
  }

  register(target: Camp.ConfigTestTarget, test: ConfigTester): void {
    if (this.tests.has(target)) throw new Error(`config test ${target} is registered twice`);
    this.tests.set(target, test);
  }

  registerTrial(key: SettingKey, trial: Trial): void {
    this.trials.set(key, trial);
  }

  /** Before a setting is kept. @returns whether the other side has accepted it; nobody is asked about most of them */
  async tryOut(key: string, value: string): Promise<boolean> {
    const trial = value === '' ? undefined : this.trials.get(key);
    await trial?.(value, AbortSignal.timeout(TIMEOUT_MS));
    return trial !== undefined;
  }

  async run(operator: Operator, target: Camp.ConfigTestTarget): Promise<Camp.ConfigTest> {
    const test = this.tests.get(target);
    const result = test ? await inTime(test) : { ok: false, said: sentence('test_not_used') };
    await this.audit.record(this.db, operator, {
      action: 'config.test',
      target: ['config', target],
      after: { ok: result.ok },
    });
    return { target, ok: result.ok, ...words(result.said), checkedAt: localTime(this.clock.now()) };
  }

  private async wecom(): Promise<ConfigTestResult> {
    const problem = await this.alerts.tryRobot('这是一条测试消息，收到即表示告警可以送达。');
    return problem === null ? { ok: true, said: sentence('test_sent') } : { ok: false, said: problem };
  }
}

function words(said: Sentence | string): Pick<Camp.ConfigTest, 'message' | 'messageCode' | 'messageParams'> {
  if (typeof said === 'string') return { message: said, messageCode: null, messageParams: [] };
  return { message: said.message, messageCode: said.code, messageParams: [...said.params] };
}

/** A call may wait behind others for longer than a person would. */
async function inTime(test: ConfigTester): Promise<ConfigTestResult> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  try {
    return await Promise.race([test(signal), late]);
  } catch {
    return { ok: false, said: sentence(signal.aborted ? 'test_no_answer' : 'test_not_done') };
  }
}
