import { Controller, HttpCode, Param, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import { CampEnvelopeInterceptor, IdText, Message } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { OperatorGuard, Permission } from '../../system/index.js';
import { SyncService } from './sync.service.js';

class CampParam {
  @IdText()
  campId: number;
}

@Controller('api/admin/checkins')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class CheckinController {
  constructor(private readonly sync: SyncService) {}

  @Post('sync/:campId')
  @HttpCode(200)
  @Permission('camp:sync')
  @Message('同步成功')
  syncCamp(@Param() { campId }: CampParam): Promise<Camp.SyncResult> {
    return this.sync.syncNow(campId);
  }
}
