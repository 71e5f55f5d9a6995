import { Module } from '@nestjs/common';
import { WebhookController } from './webhook.controller.js';

/** Where WeChat Pay tells of payments and refunds. */
@Module({
  controllers: [WebhookController],
})
export class WebhookModule {}
