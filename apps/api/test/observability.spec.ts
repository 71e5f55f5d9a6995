import fs from 'node:fs';
import { consoleDocument } from '@yajin/contract/console';
import { TestApi } from '@yajin/testing/api';
import { member, person, publishedCamp } from '@yajin/testing/factories';
import { parse } from 'yaml';

interface Rule {
  alert: string;
  expr: string;
  annotations: { summary: string };
}
const { groups } = parse(fs.readFileSync('docker/prometheus/alerts.yml', 'utf8')) as {
  groups: { rules: Rule[] }[];
};
const rules = groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(fs.readFileSync('docker/grafana/yajin.json', 'utf8')) as {
  panels: { title: string; targets: { expr: string }[] }[];
};
/** Words of PromQL that the expressions use. */
const WORDS = /^(sum|max|min|count|by|rate|increase|delta|abs|absent|histogram_quantile|or|and|unless|e\d+)$/;

let api: TestApi;
/** By name; with the labels that are seen of it. */
const metrics = new Map<string, Set<string>>();
beforeAll(async () => {
  api = await TestApi.start();
  await member(api, await publishedCamp(api), person());
  const text = String((await api.exchange('GET', '/metrics', {})).body);
  for (const [, name = '', kind] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm))
    for (const each of kind === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name])
      metrics.set(each, new Set());
  for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)\{(.*)\} /gm))
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) metrics.get(name)?.add(label);
  metrics.set('up', new Set(['job', 'instance']));
});
afterAll(() => api.stop());

const expressions: [name: string, expr: string][] = [
  ...rules.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...dashboard.panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }): [string, string] => [title, expr]),
  ),
];

it.each(expressions)('%s asks for metrics and labels that there are: %s', (_, expr) => {
  const named = [...expr.matchAll(/([a-z]\w*)\{([^}]*)\}/g)];
  for (const [, name = '', matchers = ''] of named)
    for (const [, label = ''] of matchers.matchAll(/(\w+)\s*[=!]/g))
      // Nothing has been called so yet.
      if ((metrics.get(name)?.size ?? 0) > 0) expect([...(metrics.get(name) ?? [])]).toContain(label);
  const bare = expr.replace(/\{[^}]*\}|\[[^\]]*\]|by \([^)]*\)/g, ' ');
  const names = [...bare.matchAll(/[a-z_]\w*/gi)].map(([word]) => word).filter((word) => !WORDS.test(word));
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect([...metrics.keys()]).toContain(name);
  for (const [open, close] of ['()', '{}', '[]'])
    expect(expr.split(open ?? '').length).toBe(expr.split(close ?? '').length);
});

it('every alert has a runbook entry that says what it means, what to look at and what to do', () => {
  const entries = new Map<string, string[]>();
  for (const line of fs.readFileSync('docs/runbooks.md', 'utf8').split('\n')) {
    const cells = line.split(' | ').map((cell) => cell.replace(/^\|/, '').replace(/\|$/, '').trim());
    const name = /^`([\w-]+)`$/.exec(cells[0] ?? '')?.[1];
    if (name !== undefined) entries.set(name, cells.slice(1));
  }
  const { enum: kinds } = (
    consoleDocument.components.schemas as unknown as Record<string, { enum: string[] }>
  )['PayAlertKind'] ?? { enum: [] };
  const names = [...rules.map(({ alert }) => alert), ...kinds];
  expect(names.length).toBeGreaterThan(60);
  expect([...entries.keys()].toSorted()).toEqual(names.toSorted());
  for (const [name, cells] of entries) expect([name, cells.filter(Boolean).length]).toEqual([name, 3]);
});

it('the metrics say what runs, what is under way of the money and what became of it, and who waits', async () => {
  const read = async (): Promise<string> => String((await api.exchange('GET', '/metrics', {})).body);
  const text = await read();
  for (const line of [
    /^build_info\{version="[\d.]+",commit="unknown",mode="demo"\} 1$/m,
    /^money_changes_total\{what="order",line="camp",state="paid"\} 1$/m,
    /^money_open\{what="refund",state="processing"\} 0$/m,
    /^money_unclear_seconds\{what="refund"\} 0$/m,
    /^money_due_seconds\{what="transfer"\} 0$/m,
    /^notifications_kept\{state="quarantined"\} 0$/m,
    /^jobs_due_seconds\{state="waiting"\} [\d.]+$/m,
    /^sync_age_seconds\{camps="ongoing"\} 0$/m,
    /^database_connections\{pool="money",state="idle"\} \d+$/m,
  ])
    expect(text).toMatch(line);
  const sent = new Date(api.clock.wall().getTime() - 7 * 3_600_000);
  await api.rows(
    `INSERT INTO pay_refund (source, line, gateway, order_id, out_trade_no, amount_fen, reason, status, check_at, sent_at, created_at)
     SELECT 'test', 'camp', 'gone', order_id, out_trade_no, 1, 'paid_twice', 'processing', $1, $1, $1 FROM pay_attempt LIMIT 1`,
    [sent],
  );
  const later = await read();
  expect(later).toMatch(/^money_open\{what="refund",state="processing"\} 1$/m);
  for (const name of ['money_unclear_seconds', 'money_due_seconds'])
    expect(Number(new RegExp(`^${name}\\{what="refund"\\} (\\S+)$`, 'm').exec(later)?.[1])).toBeGreaterThan(
      25_000,
    );
});
