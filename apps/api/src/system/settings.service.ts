import { Injectable, type OnModuleInit } from '@nestjs/common';
import { localTime } from '@yajin/core';
import {
  BusinessError,
  Clock,
  invalid,
  maybeRow,
  onPrimary,
  rows,
  SealedColumns,
  Secrets,
  type Database,
  type Row,
} from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, Repository } from 'typeorm';
import { Audit, SYSTEM, type Actor } from './audit.service.js';
import type { Pending, Role } from './operator.js';
import {
  byRole,
  FRESH_APPROVAL_FEN,
  GRACE_MINUTES,
  KEPT_DAYS,
  masked,
  rolesOf,
  Settings,
  type SettingKey,
} from './settings.rules.js';
import { SystemOptions } from './system.options.js';
import { SysConfig } from './sys-config.entity.js';

/** How old a value may be that is asked for at every payment or request. */
const RECENT_MS = 10_000;

const IDLE_HOURS = 12;

/** After how many hours without a request a session is over. */
export async function idleHours(settings: SettingsService): Promise<number> {
  return Number((await settings.recent('auth.idleHours')) ?? IDLE_HOURS);
}

/** Whether people of a role must log in with a one-time code. */
export async function mustUseTotp(role: Role, settings: SettingsService): Promise<boolean> {
  return rolesOf((await settings.recent('auth.totpRoles')) ?? '').includes(role);
}

/** What somebody must do before anything else. */
export async function pendingOf(
  user: { mustChange: boolean; role: Role; secondFactor: boolean },
  settings: SettingsService,
): Promise<Pending | null> {
  if (user.mustChange) return 'password';
  return !user.secondFactor && (await mustUseTotp(user.role, settings)) ? 'totp' : null;
}

/** Up to which sum approving asks for no fresh proof, in fen. */
export async function approvalLimit(settings: SettingsService): Promise<number> {
  return Number((await settings.recent('auth.freshApprovalFen')) ?? FRESH_APPROVAL_FEN);
}

@Injectable()
export class SettingsService implements OnModuleInit {
  private readonly kept = new Map<SettingKey, string | null>();
  private keptAt = 0;
  private readonly settings: Settings;

  constructor(
    private readonly db: DataSource,
    @InjectRepository(SysConfig) private readonly stored: Repository<SysConfig>,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly options: SystemOptions,
    private readonly sealed: SealedColumns,
  ) {
    this.settings = new Settings(options.gateways);
  }

  onModuleInit(): void {
    const secret = this.settings.keys.filter((key) => this.settings.of(key).secret);
    this.sealed.register({
      table: 'sys_config',
      key: 'key',
      value: 'value',
      context: sealedFor,
      only: `key IN (${secret.map((key) => `'${key}'`).join(', ')})`,
    });
  }

  /** @returns null when it is not set */
  async get(key: SettingKey): Promise<string | null> {
    // Others are answered with what is kept of it.
    const row = await onPrimary(() => this.stored.findOneBy({ key }));
    return row && this.open(key, row.value);
  }

  /**
   * What a gateway keeps of a payment, in ten-thousandths; null while nobody has said. Asked at every payment, so it may be
   * some seconds old.
   */
  async feeRate(gateway: string): Promise<number | null> {
    const key = `pay.feeRate.${gateway}`;
    if (!this.settings.has(key)) return null;
    const percent = await this.recent(key);
    return percent === null ? null : Math.round(Number(percent) * 100);
  }

  /** As `get`, but it may be some seconds old where another replica has changed it. */
  async recent(key: SettingKey): Promise<string | null> {
    if (Date.now() - this.keptAt > RECENT_MS) {
      this.kept.clear();
      this.keptAt = Date.now();
    }
    if (!this.kept.has(key)) this.kept.set(key, await this.get(key));
    return this.kept.get(key) ?? null;
  }

  /** For how many minutes a decision about a refund can be taken back; as it is now. */
  async refundGraceMinutes(): Promise<number> {
    const said = await this.get('refund.graceMinutes');
    return said === null ? (this.options.demo ? 0 : GRACE_MINUTES) : Number(said);
  }

  /** For how many days something is kept; it may be some seconds old. */
  async days(key: keyof typeof KEPT_DAYS): Promise<number> {
    return Number((await this.recent(key)) ?? KEPT_DAYS[key]);
  }

  /** What is older than this has been kept for as many days as a setting says. */
  async keptSince(key: keyof typeof KEPT_DAYS, now: Date): Promise<Date> {
    return new Date(now.getTime() - (await this.days(key)) * 86_400_000);
  }

  /** What people of a role may pay out alone; as it is now, read where the payout is decided about. */
  async payoutLimits(
    db: Database,
    role: string,
  ): Promise<{ singleFen: number | null; dayFen: number | null; kinds: ReadonlySet<string> }> {
    const found = await rows<Row<SysConfig>>(db, `SELECT * FROM sys_config WHERE key LIKE 'approval.%'`);
    const said = (key: SettingKey): string | null =>
      byRole(found.find((row) => row.key === key)?.value ?? '').get(role) ?? null;
    const fenOf = (value: string | null): number | null => (value === null ? null : Number(value));
    return {
      singleFen: fenOf(said('approval.singleFen')),
      dayFen: fenOf(said('approval.dayFen')),
      kinds: new Set(said('approval.kinds')?.split('+') ?? []),
    };
  }

  async list(): Promise<Camp.ConfigList> {
    const { keys } = this.settings;
    const stored = await rows<Row<SysConfig>>(this.db, 'SELECT * FROM sys_config WHERE key = ANY($1)', [
      keys,
    ]);
    const list = keys.map((key) => {
      const row = stored.find((each) => each.key === key);
      const { secret, description } = this.settings.of(key);
      const updatedAt = row ? localTime(row.updated_at) : null;
      return { key, value: row ? this.shown(key, row.value) : null, secret, description, updatedAt };
    });
    return { list };
  }

  /**
   * Both have been checked.
   * @param value empty: the setting is taken away
   */
  async set(key: SettingKey, value: string, actor: Actor = SYSTEM): Promise<Date> {
    const now = this.clock.now();
    await this.db.transaction(async (manager) => {
      const before = await maybeRow<Row<SysConfig>>(
        manager,
        'SELECT * FROM sys_config WHERE key = $1 FOR UPDATE',
        [key],
      );
      const stored = value === '' ? null : this.seal(key, value);
      if (stored === null) await manager.delete(SysConfig, { key });
      else
        await rows(
          manager,
          `INSERT INTO sys_config (key, value, updated_at) VALUES ($1, $2, $3)
           ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at`,
          [key, stored, now],
        );
      await this.audit.record(manager, actor, {
        action: 'config.update',
        target: ['config', key],
        before: { value: before && this.shown(key, before.value) },
        after: { value: stored && this.shown(key, stored) },
      });
    });
    this.kept.delete(key);
    return now;
  }

  /** @throws BusinessError 1404 for a key that is not on the list, 400 for a value that it does not take */
  check(key: string, value: string): asserts key is SettingKey {
    if (!this.settings.has(key)) throw new BusinessError(1404);
    const problem =
      value === '' ? null : this.settings.of(key).problem(value, { localRobot: this.options.demo });
    if (problem !== null) throw invalid({ field: 'value', ...problem });
  }

  private seal(key: SettingKey, value: string): string {
    return this.settings.of(key).secret ? this.secrets.encrypt(value, sealedFor(key)) : value;
  }

  private open(key: SettingKey, stored: string): string {
    return this.settings.of(key).secret ? this.secrets.decrypt(stored, sealedFor(key)) : stored;
  }

  private shown(key: SettingKey, stored: string): string {
    if (!this.settings.of(key).secret) return stored;
    try {
      return masked(this.open(key, stored));
    } catch {
      // Sealed with another master key: nothing to show, and it can still be replaced.
      return masked('');
    }
  }
}

/** What a setting's value is sealed for. */
function sealedFor(key: string): string {
  return `setting:${key}`;
}
