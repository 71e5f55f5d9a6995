import { Injectable } from '@nestjs/common';
import { BusinessError, Clock, maybeRow, onlyRow, Secrets } from '@yajin/server';
import { DataSource } from 'typeorm';

/** Every setting that operators may change while the system runs. */
const SETTINGS = {
  'planet.cookie': { secret: true },
  'planet.groupId': { secret: false },
  'wecom.robotUrl': { secret: true },
  'wechat.refundTemplateId': { secret: false },
} as const;

export type SettingKey = keyof typeof SETTINGS;

function isSetting(key: string): key is SettingKey {
  return Object.hasOwn(SETTINGS, key);
}

@Injectable()
export class SettingsService {
  constructor(
    private readonly db: DataSource,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  async get(key: SettingKey): Promise<string | null> {
    const row = await maybeRow<{ value: string }>(this.db, 'SELECT value FROM sys_config WHERE key = $1', [
      key,
    ]);
    if (!row) return null;
    return SETTINGS[key].secret ? this.secrets.decrypt(row.value, `setting:${key}`) : row.value;
  }

  /** @throws BusinessError 1404 for a key that is not on the list */
  async set(key: string, value: string): Promise<Date> {
    if (!isSetting(key)) throw new BusinessError(1404);
    const stored = SETTINGS[key].secret ? this.secrets.encrypt(value, `setting:${key}`) : value;
    const row = await onlyRow<{ updated_at: Date }>(
      this.db,
      `INSERT INTO sys_config (key, value, updated_at) VALUES ($1, $2, $3)
       ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at RETURNING updated_at`,
      [key, stored, this.clock.now()],
    );
    return row.updated_at;
  }
}
