import { businessDate, addDays } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import { Alerts, Clock, onlyRow } from '@yajin/server';
import { Logger } from '@nestjs/common';
import { publishedCamp, unique } from '@yajin/testing/factories';
import { TestApi } from '@yajin/testing/api';
import { audited, operator } from '@yajin/testing/operators';
import { AuditChain } from '../src/system/audit-chain.js';
import { AuditKeys } from '../src/system/audit-keys.js';
import { AuditMarks } from '../src/system/audit-marks.js';
import { Audit, SystemScanner } from '../src/system/index.js';
import { afterTheNight, chainByHand, nightIsOver } from './audit.kit.js';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
  await afterTheNight(api);
  chainByHand(api);
});
afterAll(() => api.stop());

const logs = (query: string) => api.admin<Camp.AuditLogPage>('GET', `/api/admin/logs${query}`);
const actor = (name: string) => ({ id: null, username: name, ip: null });

/** Does what only the database's superuser can. */
async function behindItsBack(sql: string): Promise<void> {
  await api.rows(`DO $behind$ BEGIN SET LOCAL session_replication_role = replica; ${sql}; END $behind$`);
}

describe('the audit log', () => {
  it.each([
    'UPDATE sys_audit SET username = username',
    `UPDATE sys_audit SET action = 'nothing' WHERE id = 1`,
    'DELETE FROM sys_audit WHERE id = 1',
    'DELETE FROM sys_audit WHERE false',
    'TRUNCATE sys_audit',
    `INSERT INTO sys_audit AS a (at, username, action) SELECT at, username, action FROM sys_audit LIMIT 1
       ON CONFLICT (id) DO UPDATE SET action = 'nothing'`,
  ])('refuses: %s', async (sql) => {
    await api.adminToken();
    const before = await api.auditEntries('SELECT * FROM sys_audit ORDER BY id');
    expect(before.length).toBeGreaterThan(0);
    await expect(api.rows(sql)).rejects.toThrow('sys_audit is append-only');
    expect(await api.rows('SELECT * FROM sys_audit ORDER BY id')).toEqual(before);
  });

  it('has no gaps and stays whole with many writers at once, some of whom roll back', async () => {
    const audit = api.app.get(Audit);
    const write = (n: number): Promise<unknown> =>
      api.db
        .transaction(async (manager) => {
          await audit.record(manager, actor(`writer${n}`), {
            action: 'test.write',
            after: { n, emoji: '📚' },
          });
          if (n % 5 === 0) throw new Error('rolled back');
        })
        .catch(() => undefined);
    await Promise.all(Array.from({ length: 100 }, (_, n) => write(n)));
    // Several replicas chain at once.
    await Promise.all(Array.from({ length: 5 }, () => api.app.get(AuditChain).takeIn()));
    const [found] = await api.rows<{ rows: number; newest: number; written: number }>(
      `SELECT count(*) AS rows, max(id) AS newest, count(DISTINCT username) FILTER (WHERE action = 'test.write') AS written
       FROM sys_audit`,
    );
    expect(found?.written).toBe(80);
    expect(found?.newest).toBe(found?.rows);
    expect(await api.rows('SELECT 1 FROM sys_audit_entry')).toEqual([]);
    const alerts = api.alerts.length;
    await api.app.get(AuditChain).verify();
    expect(api.alerts).toHaveLength(alerts);
  });

  it('stands or falls with what it records', async () => {
    const camp = await publishedCamp(api);
    expect((await audited(api, 'camp', camp.id)).map((row) => row.action)).toEqual([
      'camp.create',
      'camp.publish',
    ]);
    const refused = await api.admin('POST', `/api/admin/camps/${camp.id}/publish`);
    expect(refused.code).toBe(1102);
    expect(await audited(api, 'camp', camp.id)).toHaveLength(2);
  });
});

describe('recording a deed', () => {
  const record = (db: Parameters<Audit['record']>[0], action: string): Promise<void> =>
    api.app.get(Audit).record(db, actor('deed'), { action });
  const chained = async (action: string): Promise<number> =>
    (await api.auditEntries('SELECT 1 FROM sys_audit WHERE action = $1', [action])).length;

  it('waits for no transaction that has recorded another and does not end', async () => {
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let recorded = (): void => undefined;
    const hanging = new Promise<void>((resolve) => (recorded = resolve));
    const transaction = api.db.transaction(async (manager) => {
      await record(manager, 'test.hangs');
      recorded();
      await held;
    });
    await hanging;
    const began = performance.now();
    const made = await operator(api, 'coach');
    expect((await logs(`?userId=${made.id}`)).data.list.map(({ action }) => action)).toEqual(['auth.login']);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(await chained('test.hangs')).toBe(0);
    letGo();
    await transaction;
    expect(await chained('test.hangs')).toBe(1);
  });

  it('leaves nothing when its transaction is rolled back', async () => {
    await expect(
      api.db.transaction(async (manager) => {
        await record(manager, 'test.undone');
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await chained('test.undone')).toBe(0);
    expect(await api.rows('SELECT 1 FROM sys_audit_entry')).toEqual([]);
  });

  it('is shown at once after its answer, and only once', async () => {
    const made = await operator(api, 'coach');
    await api.admin('PUT', `/api/admin/users/${made.id}`, { role: 'volunteer' });
    const [newest, before] = (await logs('?pageSize=2')).data.list;
    expect([newest?.action, before?.action]).toEqual(['user.update', 'auth.login']);
  });

  it('survives the death of whoever would have chained it: the next one does', async () => {
    await record(api.db, 'test.orphan');
    const cut = api.db.transaction(async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('sys_audit'))`);
      await manager.query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    await expect(cut).rejects.toThrow();
    expect(await chained('test.orphan')).toBe(1);
  });

  it.each([
    `UPDATE sys_audit_entry SET action = 'nothing'`,
    'DELETE FROM sys_audit_entry',
    'TRUNCATE sys_audit_entry',
  ])('keeps an entry until it is chained, as it was: %s is refused', async (sql) => {
    await record(api.db, 'test.kept');
    await expect(api.rows(sql)).rejects.toThrow('sys_audit_entry is append-only');
  });

  it('alerts in the night when entries have stayed unchained for long', async () => {
    await behindItsBack(
      `INSERT INTO sys_audit_entry (at, username, action, recorded_at) VALUES (now(), 'late', 'test.late', now() - interval '11 minutes')`,
    );
    const before = api.alerts.length;
    await api.app.get(AuditChain).verify();
    expect(api.alerts.slice(before)).toEqual(['操作日志有记录长时间未入链']);
    expect(await chained('test.late')).toBe(1);
  });
});

describe('the nightly verification', () => {
  const ALERT = '操作日志校验失败，可能被改动';
  let chain: AuditChain;
  let said: jest.SpyInstance;
  beforeEach(async () => {
    // Rows enough on both sides of what is broken.
    for (let n = 0; n < 5; n += 1)
      await api.app.get(Audit).record(api.db, actor('night'), { action: 'test.night', after: { n } });
    await api.app.get(AuditChain).takeIn();
    await api.rows('CREATE TABLE kept AS SELECT * FROM sys_audit');
    await api.rows('DELETE FROM sys_audit_checkpoint');
    const { app, db } = api;
    chain = new AuditChain(db, app.get(Clock), app.get(Alerts), app.get(AuditKeys), app.get(AuditMarks));
    said = jest.spyOn(Logger.prototype, 'error');
  });
  afterEach(async () => {
    said.mockRestore();
    await behindItsBack('DELETE FROM sys_audit; INSERT INTO sys_audit SELECT * FROM kept');
    await api.rows('DROP TABLE kept');
  });

  const newest = async (): Promise<number> =>
    (await onlyRow<{ id: number }>(api.db, 'SELECT max(id) AS id FROM sys_audit')).id;
  const broken = async (): Promise<number | null> => {
    said.mockClear();
    const before = api.alerts.length;
    await chain.verify();
    const lines = said.mock.calls.map(([line]) => String(line)).filter((line) => line.startsWith(ALERT));
    expect(api.alerts.slice(before)).toEqual(lines.map(() => ALERT));
    return lines[0] ? Number(/at id (\d+)$/.exec(lines[0])?.[1]) : null;
  };

  it.each([
    ['who did it', `username = 'nobody'`],
    ['what was done', `action = 'test.other'`],
    ['when', `at = at + interval '1 microsecond'`],
    ['what it was done to', `target_id = '7'`],
    ['what changed', `after = after || '{"n": 7}'`],
    ['where from', `ip = '10.0.0.1'`],
    ['its hash', `hash = sha256('x')`],
  ])('finds a row in which somebody changed %s', async (_, change) => {
    const id = (await newest()) - 2;
    expect(await broken()).toBeNull();
    await behindItsBack(`UPDATE sys_audit SET ${change} WHERE id = ${id}`);
    expect(await broken()).toBe(id);
  });

  it('finds the place where a row was taken out', async () => {
    const id = (await newest()) - 2;
    await behindItsBack(`DELETE FROM sys_audit WHERE id = ${id}`);
    expect(await broken()).toBe(id + 1);
    await behindItsBack('DELETE FROM sys_audit WHERE id = 1');
    expect(await broken()).toBe(2);
  });

  it('finds a row that was put in', async () => {
    const id = (await newest()) - 2;
    await behindItsBack(`
      UPDATE sys_audit SET id = id + 1000000 WHERE id >= ${id};
      UPDATE sys_audit SET id = id - 999999 WHERE id > 1000000;
      INSERT INTO sys_audit SELECT ${id}, at, user_id, username, action, target_type, target_id, before, after, ip, hash
        FROM sys_audit WHERE id = ${id - 1}`);
    expect(await broken()).toBe(id);
  });

  it('finds the newest rows gone, although what is left is whole, by what it saw the night before', async () => {
    expect(await broken()).toBeNull();
    const id = await newest();
    await behindItsBack(`DELETE FROM sys_audit WHERE id >= ${id - 1}`);
    expect(await broken()).toBe(id);
    for (let n = 0; n < 3; n += 1)
      await api.app.get(Audit).record(api.db, actor('night'), { action: 'test.instead' });
    expect(await broken()).toBe(id);
  });

  it('leaves the newest row’s number and hash in the log, outside the database', async () => {
    const line = jest.spyOn(Logger.prototype, 'log');
    await chain.verify();
    const head = await onlyRow<{ id: number; hash: string }>(
      api.db,
      `SELECT id, encode(hash, 'hex') AS hash FROM sys_audit ORDER BY id DESC LIMIT 1`,
    );
    expect(line.mock.calls.map(([text]) => String(text))).toContain(
      `the audit log is whole; its newest row is ${head.id} with hash ${head.hash}`,
    );
    line.mockRestore();
  });
});

describe('the system’s night', () => {
  it('is begun once a day, by whichever replica comes first, and forgets what has run out', async () => {
    const stale = await operator(api, 'coach');
    const fresh = await operator(api, 'coach');
    await api.rows(`UPDATE sys_session SET expires_at = now() - interval '1 second' WHERE user_id = $1`, [
      stale.id,
    ]);
    await api.rows(
      `INSERT INTO sys_idempotency (scope, key, body_hash, result, created_at) VALUES
         ('night', gen_random_uuid(), '', 'null', now() - interval '25 hours'),
         ('night', gen_random_uuid(), '', 'null', now() - interval '23 hours')`,
    );
    await api.rows(`DELETE FROM sys_config WHERE key = 'system.night'`);
    const scanner = api.app.get(SystemScanner);
    const replica = () =>
      Object.assign(Object.create(scanner) as object, { lastNight: '', tick: scanner.tick });
    const verified = jest.spyOn(AuditChain.prototype, 'verify');
    await Promise.all([replica(), replica(), replica()].map((each) => each.tick()));
    await nightIsOver(api);
    await replica().tick();
    await nightIsOver(api);
    expect(verified).toHaveBeenCalledTimes(1);
    verified.mockRestore();
    const sessions = await api.rows<{ user_id: number }>('SELECT user_id FROM sys_session');
    expect(sessions.some((row) => row.user_id === stale.id)).toBe(false);
    expect(sessions.some((row) => row.user_id === fresh.id)).toBe(true);
    expect(await api.rows(`SELECT 1 FROM sys_idempotency WHERE scope = 'night'`)).toHaveLength(1);
  });
});

describe('reading the audit log', () => {
  it('shows who did what, newest first, with what was and what is', async () => {
    const made = await operator(api, 'coach');
    await api.admin('PUT', `/api/admin/users/${made.id}`, { role: 'volunteer' });
    const { data } = await logs('?pageSize=3');
    expect(data.list[0]).toMatchObject({
      username: 'admin',
      action: 'user.update',
      targetType: 'user',
      targetId: String(made.id),
      before: { role: 'coach' },
      after: { role: 'volunteer' },
    });
    expect(data.list[0]?.ip).toMatch(/^10\./);
    expect(data.list.map((row) => row.id)).toEqual([data.total, data.total - 1, data.total - 2]);
  });

  it('finds by person, by action and by day', async () => {
    const made = await operator(api, 'coach');
    await api.call('POST', '/api/admin/auth/logout', { token: made.token });
    const mine = (await logs(`?userId=${made.id}`)).data;
    expect(mine.list.map((row) => row.action)).toEqual(['auth.logout', 'auth.login']);
    expect(mine).toMatchObject({ total: 2, totalPages: 1 });
    expect((await logs(`?userId=${made.id}&action=auth.login`)).data.total).toBe(1);
    expect((await logs(`?userId=${made.id}&action=AUTH.LOGIN`)).data.total).toBe(0);
    const today = businessDate(api.clock.now());
    expect((await logs(`?userId=${made.id}&startDate=${today}&endDate=${today}`)).data.total).toBe(2);
    expect((await logs(`?userId=${made.id}&startDate=${addDays(today, 1)}`)).data.total).toBe(0);
    expect((await logs(`?userId=${made.id}&endDate=${addDays(today, -1)}`)).data.total).toBe(0);
    expect((await logs(`?action=${encodeURIComponent(`' OR 1=1 --`)}`)).data.total).toBe(0);
  });

  it.each(['?page=0', '?pageSize=101', '?userId=abc', '?userId=0', '?startDate=2026-02-30', '?surprise=1'])(
    'refuses %s',
    async (query) => {
      expect((await logs(query)).status).toBe(400);
    },
  );

  it('answers page 10,000 like page 1, filtered or not, and every row is on one page', async () => {
    const many = 200_000;
    const marker = `test.many${unique()}`;
    await behindItsBack(
      `INSERT INTO sys_audit (id, at, username, action, hash)
       SELECT (SELECT max(id) FROM sys_audit) + n, now(), 'many', '${marker}', '\\x00' FROM generate_series(1, ${many}) AS n`,
    );
    await api.rows('ANALYZE sys_audit');
    const total = (await logs('')).data.total;
    for (const [query, length] of [
      ['?', total],
      [`?action=${marker}&`, many],
    ] as const) {
      const at = async (page: number): Promise<Camp.AuditLogPage> =>
        (await logs(`${query}page=${page}&pageSize=20`)).data;
      const ids = (page: Camp.AuditLogPage): number[] => page.list.map((row) => row.id);
      expect((await at(1)).total).toBe(length);
      for (const page of [1, 2, 5_000, 10_000])
        expect(ids(await at(page))).toEqual(
          Array.from({ length: 20 }, (_, n) => total - (page - 1) * 20 - n),
        );
      const last = Math.ceil(length / 20);
      expect(ids(await at(last)).at(-1)).toBe(total - length + 1);
      expect(ids(await at(last + 1))).toEqual([]);
      const [first, deep] = [await timed(() => at(1)), await timed(() => at(10_000))];
      expect(deep).toBeLessThan(first * 4 + 20);
    }
  });
});

/** The best of several tries, in milliseconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const times = [];
  for (let time = 0; time < 7; time += 1) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return Math.min(...times);
}
