import { Injectable, type OnModuleInit } from '@nestjs/common';
import { localTime } from '@yajin/core';
import { Alerts, Clock } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { Audit } from './audit.service.js';
import type { Operator } from './operator.js';

const TIMEOUT_MS = 20_000;

/** What a test has found out; the message is Chinese, and says what to do where it is not `ok`. */
export type ConfigTestResult = Pick<Camp.ConfigTest, 'ok' | 'message'>;

/** Asks the other side, for real. The signal ends what nobody waits for any more. */
type ConfigTester = (signal: AbortSignal) => Promise<ConfigTestResult>;

/**
 * Tries out what is configured. Whoever depends on something outside registers how to try it; a test moves no money and
 * changes nothing.
 */
@Injectable()
export class ConfigTests implements OnModuleInit {
  private readonly tests = new Map<Camp.ConfigTestTarget, ConfigTester>();

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

  async run(operator: Operator, target: Camp.ConfigTestTarget): Promise<Camp.ConfigTest> {
    const test = this.tests.get(target);
    const result = test ? await inTime(test) : { ok: false, message: '本系统没有用到这项配置' };
    await this.audit.record(this.db, operator, {
      action: 'config.test',
      target: ['config', target],
      after: { ok: result.ok },
    });
    return { target, ...result, checkedAt: localTime(this.clock.now()) };
  }

  private async wecom(): Promise<ConfigTestResult> {
    const problem = await this.alerts.tryRobot('这是一条测试消息，收到即表示告警可以送达。');
    return problem === null
      ? { ok: true, message: '测试消息已发送，请到群里查看' }
      : { ok: false, message: problem };
  }
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
    const message = signal.aborted ? '对方正忙或没有应答，请稍后再试' : '检测没有完成，请稍后再试';
    return { ok: false, message };
  }
}
