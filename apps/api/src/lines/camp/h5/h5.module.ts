import { Module } from '@nestjs/common';
import { CampModule } from '../camp/camp.module.js';
import { MemberModule } from '../member/member.module.js';
import { PlanetModule } from '../planet/planet.module.js';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { ClaimService } from './claim.service.js';
import { EnrolService } from './enrol.service.js';
import { H5Controller } from './h5.controller.js';
import { MemberPageService } from './member-page.service.js';
import { OrderStatusService } from './order-status.service.js';
import { SignInService } from './sign-in.service.js';
import { TicketService } from './ticket.service.js';
import { WechatSession } from './wechat-session.js';

/** What members see: enrolment, payment, their page. */
@Module({
  imports: [CampModule, MemberModule, PlanetModule, PrivacyModule, WechatModule],
  controllers: [H5Controller],
  providers: [
    ClaimService,
    EnrolService,
    MemberPageService,
    OrderStatusService,
    SignInService,
    TicketService,
    WechatSession,
  ],
  exports: [EnrolService, MemberPageService, SignInService, TicketService],
})
export class H5Module {}
