import pg from 'pg';

/** A node of a plan as EXPLAIN (FORMAT JSON) tells it. */
interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  /** How often it was carried out; 0 for what turned out not to be needed. */
  'Actual Loops': number;
  'Shared Hit Blocks'?: number;
  'Shared Read Blocks'?: number;
  Plans?: PlanNode[];
}

/** A statement as it was asked, and what PostgreSQL did for it. */
export interface Explained {
  sql: string;
  /** Pages of 8 kB that were looked at; a page looked at twice counts twice. */
  buffers: number;
  /** Tables that were read from their beginning to their end. */
  scanned: string[];
}

type Query = (this: pg.Client, ...args: unknown[]) => unknown;

const EXPLAINABLE = /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i;

/**
 * From now on every statement of this process that is asked while `listening` is explained first, with its own values, at its own
 * place in its transaction, and undone: what is asked then finds all as it was.
 */
export class Explainer {
  private heard: Explained[] | null = null;
  private readonly inside = new WeakSet<pg.Client>();

  constructor() {
    const original = pg.Client.prototype.query as unknown as Query;
    const before = (client: pg.Client, ...asked: [text: string, values: unknown]): Promise<void> | null =>
      this.before(client, original, ...asked);
    const query: Query = function (...args) {
      const [given, values] = args as [string | { text?: string; values?: unknown }, unknown];
      const text = typeof given === 'string' ? given : (given.text ?? '');
      const named = typeof given === 'string' ? undefined : given.values;
      const explained = before(this, text, Array.isArray(values) ? values : named);
      if (explained === null) return original.apply(this, args);
      const answer = explained.then(() => original.apply(this, args));
      return typeof args.at(-1) === 'function' ? undefined : answer;
    };
    (pg.Client.prototype as { query: unknown }).query = query;
  }

  /** What is asked meanwhile, by whomever. */
  async during(work: () => Promise<unknown>): Promise<Explained[]> {
    const heard: Explained[] = (this.heard = []);
    try {
      await work();
    } finally {
      this.heard = null;
    }
    return heard;
  }

  /** @returns null where there is nothing to explain */
  private before(client: pg.Client, query: Query, text: string, values: unknown): Promise<void> | null {
    if (/^\s*(START TRANSACTION|BEGIN)/i.test(text)) this.inside.add(client);
    if (/^\s*(COMMIT|ROLLBACK)\s*;?\s*$/i.test(text)) this.inside.delete(client);
    return this.heard === null || !EXPLAINABLE.test(text) ? null : this.explain(client, query, text, values);
  }

  private async explain(client: pg.Client, query: Query, text: string, values: unknown): Promise<void> {
    const heard = this.heard;
    const ask = (sql: string, parameters?: unknown): Promise<pg.QueryResult> =>
      query.call(client, sql, parameters) as Promise<pg.QueryResult>;
    const [begin, undo] = this.inside.has(client)
      ? ['SAVEPOINT explained', 'ROLLBACK TO SAVEPOINT explained']
      : ['BEGIN', 'ROLLBACK'];
    const plans: PlanNode[] = [];
    // The first time a connection reads the catalogue, too.
    for (let times = 0; times < 2; times += 1) {
      await ask(begin);
      // What is refused here is refused when it is asked, and tells whoever asks.
      const answer = await ask(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, values).catch(() => null);
      await ask(undo);
      const [row] = (answer?.rows ?? []) as { 'QUERY PLAN': [{ Plan: PlanNode }] }[];
      if (row) plans.push(row['QUERY PLAN'][0].Plan);
    }
    if (plans.length === 0 || heard === null) return;
    heard.push({
      sql: text.replace(/\s+/g, ' ').trim(),
      buffers: Math.min(...plans.map(buffersOf)),
      scanned: [...new Set(plans.flatMap(scannedIn))],
    });
  }
}

/** A node's figures hold those of its children, save where a statement changes rows beside what it answers. */
function buffersOf(node: PlanNode): number {
  const own = (node['Shared Hit Blocks'] ?? 0) + (node['Shared Read Blocks'] ?? 0);
  return Math.max(own, ...(node.Plans ?? []).map(buffersOf));
}

function scannedIn(node: PlanNode): string[] {
  const whole = node['Node Type'] === 'Seq Scan' && node['Actual Loops'] > 0;
  const own = whole && node['Relation Name'] ? [node['Relation Name']] : [];
  return [...own, ...(node.Plans ?? []).flatMap(scannedIn)];
}
