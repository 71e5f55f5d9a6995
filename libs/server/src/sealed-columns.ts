import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from './database.js';
import { Secrets } from './secrets.js';

/** A column that holds what `Secrets.encrypt` made. Names are SQL names that we wrote ourselves, never a stranger's text. */
export interface SealedColumn {
  table: string;
  /** The column that tells rows apart: the primary key, a number or a text. */
  key: string;
  /** The column of the sealed values; rows with null are passed over. */
  value: string;
  /** What a row's value is sealed for. */
  context: (key: string) => string;
  /** The column of its blind index, `Secrets.sign(purpose, plain)`, where it has one. */
  index?: { column: string; purpose: string };
  /** A condition on the rows, where others hold what is not sealed. */
  only?: string;
}

/** How it stands with what an earlier master key sealed. */
export interface Resealed {
  sealed: number;
  /** Neither key opens them; they are left alone. */
  unreadable: number;
}

/** Rows that are looked at by one statement. */
const BATCH = 500;

/**
 * Every column that holds sealed values. Whoever seals one declares it here when its module begins (`onModuleInit`:
 * `sealed.register({ table: 'gym_payment', key: 'id', value: 'transaction_sealed', context: (id) => … })`), so that a new
 * MASTER_KEY reaches it. A blind index changes with the key, too: look it up by `= ANY(secrets.signatures(purpose, plain))`.
 */
@Injectable()
export class SealedColumns {
  private readonly logger = new Logger(SealedColumns.name);
  private readonly columns: SealedColumn[] = [];

  constructor(
    private readonly db: DataSource,
    private readonly secrets: Secrets,
  ) {}

  register(column: SealedColumn): void {
    this.columns.push(column);
  }

  /** Seals anew, in bounded steps, whatever the key in use has not sealed. May be broken off and begun again. */
  async reseal(): Promise<Resealed> {
    const total: Resealed = { sealed: 0, unreadable: 0 };
    for (const column of this.columns) {
      const { sealed, unreadable } = await this.resealColumn(column);
      total.sealed += sealed;
      total.unreadable += unreadable;
      this.logger.log(
        `${column.table}.${column.value}: ${sealed} values sealed anew, ${unreadable} that no key opens`,
      );
    }
    return total;
  }

  private async resealColumn(column: SealedColumn): Promise<Resealed> {
    const total: Resealed = { sealed: 0, unreadable: 0 };
    const { table, key, value, only = 'true' } = column;
    for (let after: string | null = null; ;) {
      const batch: { key: string; value: string }[] = await rows(
        this.db,
        `SELECT ${key}::text AS key, ${value} AS value FROM ${table}
         WHERE ${value} IS NOT NULL AND (${only}) ${after === null ? '' : `AND ${key} > $2`} ORDER BY ${key} LIMIT $1`,
        after === null ? [BATCH] : [BATCH, after],
      );
      for (const row of batch.filter((each) => !this.secrets.isCurrent(each.value)))
        total[await this.resealRow(column, row)] += 1;
      const last = batch.at(-1);
      if (!last || batch.length < BATCH) return total;
      after = last.key;
    }
  }

  private async resealRow(
    column: SealedColumn,
    row: { key: string; value: string },
  ): Promise<keyof Resealed> {
    const { table, key, value, index } = column;
    const context = column.context(row.key);
    let plain: string;
    try {
      plain = this.secrets.decrypt(row.value, context);
    } catch {
      return 'unreadable';
    }
    // Unless somebody else has written it in the meantime.
    await rows(
      this.db,
      `UPDATE ${table} SET ${value} = $3 ${index ? `, ${index.column} = $4` : ''} WHERE ${key} = $1 AND ${value} = $2`,
      [
        row.key,
        row.value,
        this.secrets.encrypt(plain, context),
        ...(index ? [this.secrets.sign(index.purpose, plain)] : []),
      ],
    );
    return 'sealed';
  }
}
