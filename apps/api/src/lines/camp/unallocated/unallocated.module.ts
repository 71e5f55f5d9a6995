import { Module } from '@nestjs/common';
import { UnallocatedController } from './unallocated.controller.js';
import { UnallocatedQueries } from './unallocated.queries.js';
import { UnallocatedService } from './unallocated.service.js';

/** Money that fits no camp, until somebody decides. */
@Module({
  controllers: [UnallocatedController],
  providers: [UnallocatedQueries, UnallocatedService],
})
export class UnallocatedModule {}
