import { Global, Module, type DynamicModule } from '@nestjs/common';
import { CampModule } from './camp/camp.module.js';
import { CampConfigTests } from './camp.config-tests.js';
import { CampHealth } from './camp.health.js';
import { CampLine } from './camp.line.js';
import { CampOptions } from './camp.options.js';
import { CampOrders } from './camp.orders.js';
import { CampRetention } from './camp.retention.js';
import { CampScanner } from './camp.scanner.js';
import { CheckinModule } from './checkin/checkin.module.js';
import { DemoActions } from './demo/demo-actions.js';
import { DemoBooks } from './demo/demo-books.js';
import { DemoImagesController } from './demo/demo-images.controller.js';
import { DemoReview } from './demo/demo-review.js';
import { DemoStory } from './demo/demo-story.js';
import { ExportModule } from './export/export.module.js';
import { H5Module } from './h5/h5.module.js';
import { MemberModule } from './member/member.module.js';
import { PlanetModule } from './planet/planet.module.js';
import { PlanetOptions } from './planet/planet.options.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { RefundModule } from './refund/refund.module.js';
import { StatsModule } from './stats/stats.module.js';
import { UnallocatedModule } from './unallocated/unallocated.module.js';
import { WebhookModule } from './webhook/webhook.module.js';
import { WechatOptions } from './wechat/wechat-account.js';

export interface CampLineOptions {
  camp: CampOptions;
  wechat: WechatOptions;
  planet: PlanetOptions;
  /** Whether the line has a past to show. */
  demo: boolean;
}

/** What the parts of the line are told of the deployment, and no other line asks for. */
@Global()
@Module({})
class CampOptionsModule {
  static forRoot({ camp, wechat, planet }: Omit<CampLineOptions, 'demo'>): DynamicModule {
    return {
      module: CampOptionsModule,
      providers: [
        { provide: CampOptions, useValue: camp },
        { provide: WechatOptions, useValue: wechat },
        { provide: PlanetOptions, useValue: planet },
      ],
      exports: [CampOptions, WechatOptions, PlanetOptions],
    };
  }
}

/** Training camps: the main line. */
@Module({
  imports: [
    CampModule,
    CheckinModule,
    ExportModule,
    H5Module,
    MemberModule,
    PlanetModule,
    PrivacyModule,
    RefundModule,
    StatsModule,
    UnallocatedModule,
    WebhookModule,
  ],
  providers: [CampConfigTests, CampHealth, CampLine, CampOrders, CampRetention, CampScanner],
})
export class CampLineModule {
  static forRoot(options: CampLineOptions): DynamicModule {
    const demo = {
      controllers: [DemoImagesController],
      providers: [DemoActions, DemoBooks, DemoReview, DemoStory],
    };
    return {
      module: CampLineModule,
      imports: [CampOptionsModule.forRoot(options)],
      ...(options.demo && demo),
    };
  }
}
