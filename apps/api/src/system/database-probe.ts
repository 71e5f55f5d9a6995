import { Injectable, type CanActivate } from '@nestjs/common';
import { BusinessError, maybeRow } from '@yajin/server';
import { DataSource } from 'typeorm';
import { within } from './health-checks.js';

/** A database that takes longer to say anything is as good as none. */
const PROBE_MS = 1500;

/** Whether the database answers, within two seconds. */
@Injectable()
export class DatabaseProbe {
  private asked: Promise<boolean> | null = null;

  constructor(private readonly db: DataSource) {}

  answers(): Promise<boolean> {
    return within(PROBE_MS, () => this.ask(), false);
  }

  /** One question at a time, however many ask us: each that is not answered keeps a connection. */
  private ask(): Promise<boolean> {
    this.asked ??= maybeRow(this.db, 'SELECT 1')
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        this.asked = null;
      });
    return this.asked;
  }
}

/** Before whoever asks how things are is looked up: where the database is silent that would take as long as a request may. */
@Injectable()
export class DatabaseThere implements CanActivate {
  constructor(private readonly probe: DatabaseProbe) {}

  /** @throws BusinessError 503 */
  async canActivate(): Promise<boolean> {
    if (!(await this.probe.answers())) throw new BusinessError(503);
    return true;
  }
}
