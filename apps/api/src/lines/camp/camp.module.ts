import { Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { planetClient } from '@yajin/planet';
import { Jobs } from '@yajin/server';
import { SettingsService } from '../../system/index.js';
import { CampController } from './camp/camp.controller.js';
import { CampService } from './camp/camp.service.js';
import { PersonalLinks } from './camp/personal-links.service.js';
import { CampConfigTests } from './camp.config-tests.js';
import { CampHealth } from './camp.health.js';
import { LIST, NOTIFY, REFUNDS, SETTLE, SYNC, SYNC_TASK } from './camp.jobs.js';
import { CampLine } from './camp.line.js';
import { CampOptions } from './camp.options.js';
import { CampRetention } from './camp.retention.js';
import { CampScanner } from './camp.scanner.js';
import { CheckinController, SyncEventsController } from './checkin/checkin.controller.js';
import { CheckinQueries } from './checkin/checkin.queries.js';
import { SyncTaskService } from './checkin/sync-task.service.js';
import { PLANET, SyncService } from './checkin/sync.service.js';
import { ClaimService } from './h5/claim.service.js';
import { EnrolService } from './h5/enrol.service.js';
import { ExportController } from './export/export.controller.js';
import { ExportService } from './export/export.service.js';
import { H5Controller } from './h5/h5.controller.js';
import { Erasure } from './privacy/erasure.js';
import { HeldData } from './privacy/held-data.js';
import { MyData } from './privacy/my-data.service.js';
import { PrivacyController } from './privacy/privacy.controller.js';
import { PrivacyRequests } from './privacy/privacy-requests.js';
import { PrivacyNotices } from './privacy/notice.service.js';
import { MemberPageService } from './h5/member-page.service.js';
import { OrderStatusService } from './h5/order-status.service.js';
import { PublicCampService } from './h5/public-camp.service.js';
import { SignInService } from './h5/sign-in.service.js';
import { TicketService } from './h5/ticket.service.js';
import { WechatSession } from './h5/wechat-session.js';
import { CandidateQueries } from './member/candidate.queries.js';
import { Claims } from './member/claims.js';
import { Joining } from './member/joining.js';
import { MemberActions } from './member/member.actions.js';
import { MemberController } from './member/member.controller.js';
import { MemberQueries } from './member/member.queries.js';
import { Proofs } from './member/proofs.js';
import { ReviewActions } from './member/review.actions.js';
import { SmartMatch } from './member/smart-match.service.js';
import { MoneyController } from './money/money.controller.js';
import { UnallocatedService } from './money/unallocated.service.js';
import { RefundController } from './refund/refund.controller.js';
import { RefundQueries } from './refund/refund.queries.js';
import { RefundService } from './refund/refund.service.js';
import { StatsController } from './stats/stats.controller.js';
import { StatsService } from './stats/stats.service.js';
import { CheckinUploadController } from './upload/upload.controller.js';
import { CheckinUploads } from './upload/upload.service.js';
import { WebhookController } from './webhook/webhook.controller.js';
import { RefundMessages } from './refund/refund-messages.js';
import { OfficialAccount } from './wechat/official-account.js';
import { WechatAccount, type WechatAccountConfig } from './wechat/wechat-account.js';
import { WecomAccount } from './wechat/wecom-account.js';

export interface CampModuleOptions {
  camp: CampOptions;
  wechat: WechatAccountConfig;
  planet: {
    apiBase: string;
    minIntervalMs: number;
    retryMs: number;
    backoffMs: number;
    cookie: string | null;
  };
}

const controllers = [
  CampController,
  CheckinController,
  CheckinUploadController,
  SyncEventsController,
  RefundController,
  ExportController,
  StatsController,
  H5Controller,
  MemberController,
  MoneyController,
  PrivacyController,
  WebhookController,
];

/** A corporation's ids begin with `ww`, those of official accounts with `wx`. */
function accountOf(config: WechatAccountConfig): WechatAccount {
  return config.appId.startsWith('ww') ? new WecomAccount(config) : new OfficialAccount(config);
}

/** Training camps: the main line. */
@Module({})
export class CampModule implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly scanner: CampScanner,
    private readonly refunds: RefundService,
    private readonly messages: RefundMessages,
    private readonly syncTasks: SyncTaskService,
  ) {}

  static forRoot(options: CampModuleOptions): DynamicModule {
    return {
      module: CampModule,
      controllers,
      providers: [
        CampConfigTests,
        CampHealth,
        CampLine,
        CampRetention,
        CampScanner,
        CampService,
        CandidateQueries,
        CheckinQueries,
        CheckinUploads,
        ClaimService,
        Claims,
        EnrolService,
        Erasure,
        ExportService,
        HeldData,
        Joining,
        MemberActions,
        MemberPageService,
        MemberQueries,
        MyData,
        OrderStatusService,
        PersonalLinks,
        PrivacyNotices,
        PrivacyRequests,
        Proofs,
        PublicCampService,
        RefundMessages,
        RefundQueries,
        RefundService,
        ReviewActions,
        SignInService,
        SmartMatch,
        StatsService,
        SyncService,
        SyncTaskService,
        TicketService,
        UnallocatedService,
        WechatSession,
        { provide: CampOptions, useValue: options.camp },
        { provide: WechatAccount, useValue: accountOf(options.wechat) },
        {
          provide: PLANET,
          inject: [SettingsService],
          useFactory: (settings: SettingsService) =>
            planetClient({
              apiBase: options.planet.apiBase,
              minIntervalMs: options.planet.minIntervalMs,
              retryMs: [options.planet.retryMs, options.planet.retryMs * 3],
              backoffMs: [options.planet.backoffMs, (options.planet.backoffMs * 4) / 3],
              clientVersion: () => settings.get('planet.clientVersion'),
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
    const { jobs, scanner, refunds, messages, syncTasks } = this;
    jobs.register(SYNC, ({ campId }) => scanner.syncCamp(campId));
    jobs.register(SYNC_TASK, ({ taskId, campId }) => syncTasks.run(taskId, campId));
    jobs.register(SETTLE, ({ campId }) => scanner.settleCamp(campId));
    jobs.register(LIST, ({ campId }) => scanner.listRefunds(campId));
    jobs.register(REFUNDS, () => refunds.requestApproved());
    jobs.register(NOTIFY, ({ refundId }) => messages.notify(refundId));
  }
}
