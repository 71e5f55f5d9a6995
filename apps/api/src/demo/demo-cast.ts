import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { onlyRow, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import type { Operator, SysUser } from '../system/index.js';
import { DemoClock } from './demo-clock.js';
import { DemoSandbox } from './demo-sandbox.js';

const PATIENCE_MS = 30_000;

/** What the stories of all lines need of whoever acts in them. */
@Injectable()
export class DemoCast {
  constructor(
    private readonly db: DataSource,
    private readonly sandbox: DemoSandbox,
    private readonly time: DemoClock,
  ) {}

  /** One of the demo's operators, who has just logged in. */
  async operator(username: string): Promise<Operator> {
    const { id, real_name: realName } = await onlyRow<Row<SysUser, 'id' | 'realName'>>(
      this.db,
      'SELECT id, real_name FROM sys_user WHERE username = $1',
      [username],
    );
    const session = { sessionId: 'demo', ip: '127.0.0.1', pending: null, secondFactor: false, fresh: true };
    return { id, username, realName, role: 'manager', ...session };
  }

  /** Opens the payer's page, where there is one, and pays. @param number of the order or at the gateway, as the sandbox knows it */
  async pay(
    number: { orderNo: string } | { outTradeNo: string },
    openid: string,
    page?: string,
  ): Promise<void> {
    if (page !== undefined) await (await fetch(page)).body?.cancel();
    await this.sandbox.post('/pay', { ...number, openid });
  }

  /** Waits for what happens behind the scenes. @throws Error after half a minute */
  async until(what: string, happened: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await happened())) {
      if (Date.now() > deadline) throw new Error(`demo data: waited in vain for ${what}`);
      await sleep(15);
    }
    await this.time.settled(deadline);
  }
}
