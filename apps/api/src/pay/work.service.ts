import { Injectable } from '@nestjs/common';
import { fen, localTime, sumFen, yuanFromFen, sentence } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import {
  DifferenceResolved,
  findWork,
  finishNotification,
  listWork,
  sumWork,
  takeWork,
  type Work,
} from '@yajin/payment';
import { BusinessError, Clock, type Database } from '@yajin/server';
import { DataSource } from 'typeorm';
import { Audit, type Operator } from '../system/index.js';
import { PayLines } from './pay.lines.js';
import { PayParties } from './parties.js';
import { paging } from './present.js';
import type { WorkQuery } from './work.dto.js';

/** Money that waits for a person, wherever it is seen to. */
@Injectable()
export class WorkService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly parties: PayParties,
    private readonly lines: PayLines,
  ) {}

  /** What waits longest first. */
  async list(
    operator: Operator,
    { kind, line, mine, page, pageSize }: WorkQuery,
  ): Promise<Console.PayWorkPage> {
    const filter = { kind: kind ?? null, line: line ?? null, owner: mine ? operator.username : null };
    const slice = { limit: pageSize, offset: (page - 1) * pageSize };
    const wall = this.clock.wall();
    const found = await listWork(this.db, wall, filter, slice);
    const kinds = await sumWork(this.db, wall, filter);
    const counted = kinds.filter((each) => kind === undefined || each.kind === kind);
    const total = counted.reduce((sum, { count }) => sum + count, 0);
    return {
      list: await this.presented(this.db, found),
      ...paging({ page, pageSize }, total),
      amount: yuanFromFen(sumFen(counted.map(({ amountFen }) => amountFen))),
      kinds: kinds.map((each) => ({
        kind: each.kind,
        count: each.count,
        amount: yuanFromFen(each.amountFen),
      })),
    };
  }

  /** @throws BusinessError 409 when it waits no more */
  take(operator: Operator, { kind, id }: Console.TakePayWork): Promise<Console.PayWork> {
    return this.db.transaction(async (manager) => {
      const wall = this.clock.wall();
      const before = await findWork(manager, wall, kind, id);
      if (!before) throw settled();
      try {
        await takeWork(manager, kind, id, operator.username, this.clock.now());
      } catch (error) {
        throw error instanceof DifferenceResolved ? settled() : error;
      }
      await this.audit.record(manager, operator, {
        action: 'pay_work.take',
        target: ['pay_work', `${kind} ${id}`],
        before: { owner: before.owner },
        after: { kind, id, orderNo: before.orderNo },
      });
      const [taken] = await this.presented(manager, [{ ...before, owner: operator.username }]);
      if (!taken) throw settled();
      return taken;
    });
  }

  /** @throws BusinessError 409 when it waits no more */
  finish(operator: Operator, id: number, note: string): Promise<Console.FinishedPayNotification> {
    return this.db.transaction(async (manager) => {
      const before = await findWork(manager, this.clock.wall(), 'notification', id);
      const done =
        before && (await finishNotification(manager, id, operator.username, note, this.clock.now()));
      if (!done) throw settled();
      await this.audit.record(manager, operator, {
        action: 'pay_work.finish',
        target: ['pay_work', `notification ${id}`],
        after: { id, gateway: before.gateway, orderNo: before.orderNo, note },
      });
      return { id, note };
    });
  }

  private async presented(db: Database, found: Work[]): Promise<Console.PayWork[]> {
    const party = await this.parties.ofNumbered(
      db,
      found.map(({ orderNo }) => orderNo),
    );
    return found.map((work) => this.present(work, party(work.orderNo)));
  }

  private present(work: Work, party: Console.PayParty | null): Console.PayWork {
    const days = Math.floor((this.clock.now().getTime() - work.since.getTime()) / DAY_MS);
    return {
      kind: work.kind,
      id: work.ref,
      since: localTime(work.since),
      days: Math.max(0, days),
      amount: work.amountFen === null ? null : yuanFromFen(fen(work.amountFen)),
      line: this.lines.served(work.line),
      gateway: work.gateway,
      orderNo: work.orderNo,
      party,
      owner: work.owner,
    };
  }
}

const DAY_MS = 86_400_000;

function settled(): BusinessError {
  return new BusinessError(409, sentence('work_done'));
}
