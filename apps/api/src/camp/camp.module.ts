import { Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { planetClient } from '@yajin/planet';
import { Jobs } from '@yajin/server';
import { SettingsService } from '../system/index.js';
import { CampController } from './camp/camp.controller.js';
import { CampService } from './camp/camp.service.js';
import { CampLine } from './camp.line.js';
import { CampOptions } from './camp.options.js';
import { CampScanner } from './camp.scanner.js';
import { CheckinController } from './checkin/checkin.controller.js';
import { PLANET, SyncService } from './checkin/sync.service.js';
import { EnrolService } from './h5/enrol.service.js';
import { H5Controller } from './h5/h5.controller.js';
import { MemberPageService } from './h5/member-page.service.js';
import { OrderStatusService } from './h5/order-status.service.js';
import { PublicCampService } from './h5/public-camp.service.js';
import { SignInService } from './h5/sign-in.service.js';
import { TicketService } from './h5/ticket.service.js';
import { WechatSession } from './h5/wechat-session.js';
import { MoneyController } from './money/money.controller.js';
import { RefundController } from './refund/refund.controller.js';
import { RefundQueries } from './refund/refund.queries.js';
import { RefundService } from './refund/refund.service.js';
import { StatsController } from './stats/stats.controller.js';
import { StatsService } from './stats/stats.service.js';
import { WebhookController } from './webhook/webhook.controller.js';
import { WechatAccount, type WechatAccountConfig } from './wechat-account.js';

export interface CampModuleOptions {
  camp: CampOptions;
  wechat: WechatAccountConfig;
  planet: { apiBase: string; minIntervalMs: number; cookie: string | null };
}

/** Training camps: the main line. */
@Module({})
export class CampModule implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly scanner: CampScanner,
    private readonly refunds: RefundService,
  ) {}

  static forRoot(options: CampModuleOptions): DynamicModule {
    return {
      module: CampModule,
      controllers: [
        CampController,
        CheckinController,
        RefundController,
        StatsController,
        H5Controller,
        MoneyController,
        WebhookController,
      ],
      providers: [
        CampLine,
        CampScanner,
        CampService,
        EnrolService,
        MemberPageService,
        OrderStatusService,
        PublicCampService,
        RefundQueries,
        RefundService,
        SignInService,
        StatsService,
        SyncService,
        TicketService,
        WechatSession,
        { provide: CampOptions, useValue: options.camp },
        { provide: WechatAccount, useValue: new WechatAccount(options.wechat) },
        {
          provide: PLANET,
          inject: [SettingsService],
          useFactory: (settings: SettingsService) =>
            planetClient({
              apiBase: options.planet.apiBase,
              minIntervalMs: options.planet.minIntervalMs,
              cookie: async () => (await settings.get('planet.cookie')) ?? options.planet.cookie ?? '',
            }),
        },
      ],
      exports: [
        CampScanner,
        CampService,
        EnrolService,
        MemberPageService,
        PublicCampService,
        RefundQueries,
        RefundService,
        SignInService,
        TicketService,
      ],
    };
  }

  onModuleInit(): void {
    const { jobs, scanner, refunds } = this;
    jobs.register('camp.sync', (payload) => scanner.syncCamp((payload as { campId: number }).campId));
    jobs.register('camp.settle', (payload) => scanner.settleCamp((payload as { campId: number }).campId));
    jobs.register('camp.list', (payload) => scanner.listRefunds((payload as { campId: number }).campId));
    jobs.register('camp.refund', (payload) => refunds.execute((payload as { refundId: number }).refundId));
    jobs.register('camp.notify', (payload) => refunds.notify((payload as { refundId: number }).refundId));
  }
}
