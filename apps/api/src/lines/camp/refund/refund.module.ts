import { Module } from '@nestjs/common';
import { WechatModule } from '../wechat/wechat.module.js';
import { RefundMessages } from './refund-messages.js';
import { RefundController } from './refund.controller.js';
import { RefundQueries } from './refund.queries.js';
import { RefundUndo } from './refund-undo.js';
import { RefundService } from './refund.service.js';

/** Who gets their deposit back, who approves it, and how members hear of it. */
@Module({
  imports: [WechatModule],
  controllers: [RefundController],
  providers: [RefundMessages, RefundQueries, RefundService, RefundUndo],
  exports: [RefundMessages, RefundQueries, RefundService],
})
export class RefundModule {}
