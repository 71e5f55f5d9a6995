import { Logger } from '@nestjs/common';
import { eventually, type TestApi } from '@yajin/testing/api';
import type { AuditChain } from '../src/system/audit-chain.js';
import { SystemScanner } from '../src/system/index.js';

/** The night's own verification is over before tests break what it looks at. */
export async function afterTheNight(api: TestApi): Promise<void> {
  await api.app.get(SystemScanner).tick();
  await nightIsOver(api);
}

export async function nightIsOver(api: TestApi): Promise<void> {
  await eventually(async () => {
    const left = await api.rows(`SELECT 1 FROM graphile_worker.jobs WHERE task_identifier LIKE 'system.%'`);
    return left.length === 0;
  }, 'the night to be over');
}

/** From here on entries are chained when a test means to. */
export function chainByHand(api: TestApi): void {
  jest.spyOn(api.app.get(SystemScanner), 'chainEntries').mockResolvedValue();
}

/** What a verification says: alerts with their details. */
export async function findingsOf(chain: AuditChain): Promise<string[]> {
  const said = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
  await chain.verify();
  const lines = said.mock.calls.map(([line]) => String(line)).filter((line) => line.includes('sys_audit'));
  said.mockRestore();
  return lines;
}
