import { Injectable } from '@nestjs/common';
import { Clock, invalid, rows, type Database } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { SettingsService } from '../../../system/index.js';
import { NOTICE_VERSION, noticeText } from './notice.text.js';

/** What comes along with an order or a binding. */
export interface GivenConsent {
  consentVersion?: string;
  consentLanguage?: Camp.NoticeLanguage;
}

/** What members are told of their data, and that they agreed to it. */
@Injectable()
export class PrivacyNotices {
  constructor(
    private readonly settings: SettingsService,
    private readonly clock: Clock,
  ) {}

  /** As it counts now; what settings say in it may be some seconds old. */
  async current(language: Camp.NoticeLanguage): Promise<Camp.PrivacyNotice> {
    const facts = {
      controller: await this.settings.recent('privacy.controller'),
      contact: await this.settings.recent('privacy.contact'),
      unpaidDays: await this.settings.days('retention.unpaidDays'),
      checkinDays: await this.settings.days('retention.checkinDays'),
      payloadDays: await this.settings.days('retention.payloadDays'),
    };
    return { version: NOTICE_VERSION, language, ...noticeText(language, facts) };
  }

  /**
   * Writes down that an order's member agreed; the first time counts. Who calls without a version was not asked.
   * @throws BusinessError 400 for a version that is not the current one: its reader has to read again
   */
  async record(
    db: Database,
    orderId: number,
    { consentVersion, consentLanguage = 'zh' }: GivenConsent,
  ): Promise<void> {
    if (consentVersion === undefined) return;
    if (consentVersion !== NOTICE_VERSION)
      throw invalid({ field: 'consentVersion', message: '个人信息处理说明有了新的版本，请重新阅读并同意' });
    await rows(
      db,
      `INSERT INTO camp_consent (order_id, version, language, consented_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [orderId, consentVersion, consentLanguage, this.clock.now()],
    );
  }
}
