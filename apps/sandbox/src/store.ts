import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS token (
    token TEXT PRIMARY KEY, kind TEXT NOT NULL, payload TEXT NOT NULL, expires_at INTEGER NOT NULL,
    used INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS trade (
    out_trade_no TEXT PRIMARY KEY, transaction_id TEXT UNIQUE, trade_type TEXT NOT NULL,
    description TEXT NOT NULL, attach TEXT NOT NULL, notify_url TEXT NOT NULL, amount_fen INTEGER NOT NULL,
    payer TEXT, time_expire INTEGER, state TEXT NOT NULL, openid TEXT,
    created_at INTEGER NOT NULL, paid_at INTEGER
  );
  CREATE INDEX IF NOT EXISTS trade_paid ON trade (paid_at);
  CREATE TABLE IF NOT EXISTS refund (
    out_refund_no TEXT PRIMARY KEY, refund_id TEXT NOT NULL UNIQUE, out_trade_no TEXT NOT NULL,
    amount_fen INTEGER NOT NULL, total_fen INTEGER NOT NULL, notify_url TEXT,
    state TEXT NOT NULL, outcome TEXT NOT NULL, settle_at INTEGER, created_at INTEGER NOT NULL, settled_at INTEGER
  );
  CREATE INDEX IF NOT EXISTS refund_trade ON refund (out_trade_no);
  CREATE INDEX IF NOT EXISTS refund_due ON refund (settle_at) WHERE settle_at IS NOT NULL;
  CREATE INDEX IF NOT EXISTS refund_settled ON refund (settled_at);
  CREATE TABLE IF NOT EXISTS refund_request (out_refund_no TEXT PRIMARY KEY, requests INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY, event_id TEXT NOT NULL, event_type TEXT NOT NULL, out_trade_no TEXT NOT NULL,
    out_refund_no TEXT, resource TEXT NOT NULL, url TEXT NOT NULL, created_at INTEGER NOT NULL,
    state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER, last_result TEXT
  );
  CREATE INDEX IF NOT EXISTS delivery_due ON delivery (next_at) WHERE next_at IS NOT NULL;
  CREATE TABLE IF NOT EXISTS transfer (
    out_transfer_no TEXT PRIMARY KEY, transfer_id TEXT NOT NULL UNIQUE, payee TEXT NOT NULL, amount_fen INTEGER NOT NULL,
    notify_url TEXT, state TEXT NOT NULL, requests INTEGER NOT NULL, created_at INTEGER NOT NULL, settled_at INTEGER
  );
  CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY, openid TEXT NOT NULL, template_id TEXT NOT NULL, url TEXT, data TEXT NOT NULL,
    at INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS bill_change (
    id INTEGER PRIMARY KEY, channel TEXT NOT NULL, number TEXT NOT NULL, change TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS bill_form (
    channel TEXT NOT NULL, day TEXT NOT NULL, forms TEXT NOT NULL, PRIMARY KEY (channel, day)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS account_movement (
    id INTEGER PRIMARY KEY, channel TEXT NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, said TEXT NOT NULL,
    amount_fen INTEGER NOT NULL, at INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS planet_checkin (
    checkin_id TEXT PRIMARY KEY, group_id TEXT NOT NULL, title TEXT NOT NULL, days INTEGER NOT NULL,
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, status TEXT
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS planet_user (user_id TEXT PRIMARY KEY, name TEXT NOT NULL, alias TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS planet_post (
    topic_id TEXT PRIMARY KEY, checkin_id TEXT NOT NULL, user_id TEXT NOT NULL, text TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS planet_post_page ON planet_post (checkin_id, created_at DESC, topic_id DESC);
  CREATE TABLE IF NOT EXISTS planet_day (
    checkin_id TEXT NOT NULL, day TEXT NOT NULL, user_id TEXT NOT NULL, PRIMARY KEY (checkin_id, day, user_id)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS planet_member (
    checkin_id TEXT NOT NULL, user_id TEXT NOT NULL, days INTEGER NOT NULL, PRIMARY KEY (checkin_id, user_id)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS planet_member_rank ON planet_member (checkin_id, days DESC, user_id);
`;

const LATER_COLUMNS = [
  ['trade', 'channel', "TEXT NOT NULL DEFAULT 'wechat-v3'"],
  ['trade', 'return_url', 'TEXT'],
  ['trade', 'seen', 'INTEGER NOT NULL DEFAULT 1'],
  ['delivery', 'channel', "TEXT NOT NULL DEFAULT 'wechat-v3'"],
  ['trade', 'coupon', 'TEXT'],
  ['refund', 'coupon_fen', 'INTEGER NOT NULL DEFAULT 0'],
  ['planet_post', 'kind', "TEXT NOT NULL DEFAULT 'talk'"],
  ['refund', 'to_merchant', 'INTEGER NOT NULL DEFAULT 0'],
] as const;

/** Everything that `reset` forgets. Settings (keys among them) are kept or reset by name. */
const RECORDS = [
  'token',
  'trade',
  'refund',
  'refund_request',
  'transfer',
  'delivery',
  'message',
  'bill_change',
  'bill_form',
  'account_movement',
  'planet_checkin',
  'planet_user',
  'planet_post',
  'planet_day',
  'planet_member',
];

/**
 * The sandbox's memory: one SQLite file in WAL mode, so that kill -9 loses nothing committed.
 * Instants are milliseconds since 1970; money is fen; ids are text, whatever their digits.
 */
export class Store {
  private readonly db: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();

  /** @param file a path, or `:memory:` */
  constructor(file: string) {
    // It holds keys, if make-believe ones: for its owner alone. SQLite gives its side files the same mode.
    if (file !== ':memory:') {
      closeSync(openSync(file, 'a', 0o600));
      chmodSync(file, 0o600);
    }
    this.db = new DatabaseSync(file);
    this.db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
    this.db.exec(SCHEMA);
    this.addColumns();
  }

  /** Files of earlier versions lack what came later. */
  private addColumns(): void {
    for (const [table, column, form] of LATER_COLUMNS) {
      const known = this.all<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`);
      if (!known.some(({ name }) => name === column))
        this.db.exec(`ALTER TABLE ${table} ADD COLUMN ${column} ${form}`);
    }
  }

  get<Row>(sql: string, ...params: SQLInputValue[]): Row | undefined {
    return this.prepare(sql).get(...params) as Row | undefined;
  }

  all<Row>(sql: string, ...params: SQLInputValue[]): Row[] {
    return this.prepare(sql).all(...params) as Row[];
  }

  /** Returns how many rows changed. */
  run(sql: string, ...params: SQLInputValue[]): number {
    return Number(this.prepare(sql).run(...params).changes);
  }

  /** Runs `work` as one transaction. It must be synchronous; transactions do not nest. */
  transaction<T>(work: () => T): T {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      this.db.exec('ROLLBACK');
      throw error;
    }
  }

  setting<T>(name: string): T | undefined {
    const row = this.get<{ value: string }>('SELECT value FROM setting WHERE name = ?', name);
    return row && (JSON.parse(row.value) as T);
  }

  saveSetting(name: string, value: unknown): void {
    const sql = 'INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value';
    this.run(sql, name, JSON.stringify(value));
  }

  clearRecords(): void {
    this.transaction(() => RECORDS.forEach((table) => this.db.exec(`DELETE FROM ${table}`)));
  }

  close(): void {
    this.statements.clear();
    this.db.close();
  }

  private prepare(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = this.db.prepare(sql)));
    return statement;
  }
}
