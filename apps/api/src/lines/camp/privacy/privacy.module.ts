import { Module } from '@nestjs/common';
import { Erasure } from './erasure.js';
import { HeldData } from './held-data.js';
import { MyData } from './my-data.service.js';
import { PrivacyNotices } from './notice.service.js';
import { PrivacyRequests } from './privacy-requests.js';
import { PrivacyController } from './privacy.controller.js';

/** What is kept of a person, shown and erased as they ask. */
@Module({
  controllers: [PrivacyController],
  providers: [Erasure, HeldData, MyData, PrivacyNotices, PrivacyRequests],
  exports: [MyData, PrivacyNotices],
})
export class PrivacyModule {}
