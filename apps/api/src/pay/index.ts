import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Console } from '@yajin/contract/console';
import { AccountController } from './account.controller.js';
import { AlertTitles } from './alert-titles.js';
import { AlertUpkeep } from './alert-upkeep.js';
import { AlertsController } from './alerts.controller.js';
import { AlertsService } from './alerts.service.js';
import { BillsService } from './bills.service.js';
import { ApprovalsController } from './approvals.controller.js';
import { ApprovalsService } from './approvals.service.js';
import { CasesController } from './cases.controller.js';
import { ClosesController } from './closes.controller.js';
import { ClosesService } from './closes.service.js';
import { DifferenceStories } from './difference-stories.js';
import { DifferencesService } from './differences.service.js';
import { EntriesController } from './entries.controller.js';
import { EntriesService } from './entries.service.js';
import { GatewayHealth } from './gateway-health.js';
import { JobsController } from './jobs.controller.js';
import { JobsService } from './jobs.service.js';
import { MoneyFigures } from './money-figures.js';
import { PayerUpkeep } from './payer-upkeep.js';
import { OrderRetention } from './order-retention.js';
import { PayParties } from './parties.js';
import { PayController } from './pay.controller.js';
import { PayLines } from './pay.lines.js';
import { PayRetention } from './pay.retention.js';
import { PayQueries } from './pay.queries.js';
import { ReconciliationController } from './reconciliation.controller.js';
import { RefundCasesService } from './refund-cases.service.js';
import { RefundQueries } from './refund.queries.js';
import { StatementsService } from './statements.service.js';
import { StopsController } from './stops.controller.js';
import { StopsService } from './stops.service.js';
import { SuspenseService } from './suspense.service.js';
import { WithdrawalsService } from './withdrawals.service.js';
import { WorkController } from './work.controller.js';
import { WorkService } from './work.service.js';
import { SysRetention } from '../system/sys-retention.entity.js';

export { JOB_ID, JOB_STATES } from './jobs.dto.js';
export { JobsService } from './jobs.service.js';

/** The payments area of the console: every line's money in one place. */
@Module({ imports: [TypeOrmModule.forFeature([SysRetention])] })
export class PayModule {
  static forRoot(lines: string[]): DynamicModule {
    return {
      module: PayModule,
      controllers: [
        PayController,
        CasesController,
        ReconciliationController,
        AccountController,
        ClosesController,
        EntriesController,
        WorkController,
        StopsController,
        ApprovalsController,
        AlertsController,
        JobsController,
      ],
      providers: [
        { provide: PayLines, useValue: new PayLines(lines as Console.Line[]) },
        AlertTitles,
        MoneyFigures,
        AlertUpkeep,
        AlertsService,
        ApprovalsService,
        BillsService,
        ClosesService,
        DifferenceStories,
        DifferencesService,
        EntriesService,
        GatewayHealth,
        JobsService,
        OrderRetention,
        PayerUpkeep,
        PayParties,
        PayQueries,
        PayRetention,
        RefundQueries,
        RefundCasesService,
        StatementsService,
        StopsService,
        SuspenseService,
        WithdrawalsService,
        WorkService,
      ],
    };
  }
}
