import { createHash } from 'node:crypto';
import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Ip,
  Param,
  Post,
  Put,
  Query,
  Req,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { CampEnvelopeInterceptor, Message, Throttled, ThrottledById } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { browserMark, browserOf, Key, type IdempotencyKey } from '../../../system/index.js';
import { ClaimService } from './claim.service.js';
import { EnrolService } from './enrol.service.js';
import {
  BindPaymentDto,
  ClaimPaymentDto,
  CorrectPlanetIdDto,
  CreatePaymentDto,
  EraseQuery,
  MemberIdParam,
  NoticeQuery,
  OrderIdParam,
  OrderNoParam,
  SceneQuery,
  WaitQuery,
  WechatSignInDto,
} from './h5.dto.js';
import type { Asker } from '../member/claims.js';
import { MyData } from '../privacy/my-data.service.js';
import { PrivacyNotices } from '../privacy/notice.service.js';
import { MemberPageService } from './member-page.service.js';
import { OrderStatusService } from './order-status.service.js';
import { PersonalLinkQuery, PublicCampParam, PublicCampQuery } from '../camp/public-camp.dto.js';
import { PublicCampService } from '../camp/public-camp.service.js';
import { SignInService } from './sign-in.service.js';
import { TicketService } from './ticket.service.js';
import { WechatSession } from './wechat-session.js';

const TICKET = 'x-access-token';

@Controller('api/h5')
@UseInterceptors(CampEnvelopeInterceptor)
export class H5Controller {
  constructor(
    private readonly camps: PublicCampService,
    private readonly enrol: EnrolService,
    private readonly claims: ClaimService,
    private readonly orders: OrderStatusService,
    private readonly pages: MemberPageService,
    private readonly tickets: TicketService,
    private readonly signIn: SignInService,
    private readonly session: WechatSession,
    private readonly data: MyData,
    private readonly notices: PrivacyNotices,
  ) {}

  @Get('camps')
  async list(
    @Query() query: PublicCampQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Camp.PublicCampPage | undefined> {
    return unlessUnchanged(request, reply, await this.camps.list(query));
  }

  @Get('camps/:id')
  async detail(
    @Param() { id }: PublicCampParam,
    @Query() link: PersonalLinkQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Camp.PublicCampDetail | undefined> {
    // Whoever looks at a camp may place an order next, perhaps twice under one key.
    browserOf(request, reply);
    return unlessUnchanged(request, reply, await this.camps.detail(id, link));
  }

  @Get('config')
  config(@Res({ passthrough: true }) reply: FastifyReply): Promise<Camp.PageSettings> {
    void reply.header('cache-control', 'no-store');
    return this.signIn.settings();
  }

  @Get('privacy-notice')
  privacyNotice(@Query() { language }: NoticeQuery): Promise<Camp.PrivacyNotice> {
    return this.notices.current(language);
  }

  @Post('auth/wechat')
  @HttpCode(200)
  @UseGuards(Throttled)
  async wechat(
    @Body() body: WechatSignInDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Camp.WechatSession> {
    const { openid, tickets } = await this.signIn.signIn(body.code);
    await this.session.begin(reply, openid);
    return { tickets };
  }

  @Post('payments')
  @HttpCode(200)
  @UseGuards(Throttled)
  async place(
    @Body() body: CreatePaymentDto,
    @Key() key: IdempotencyKey | null,
    @Req() request: FastifyRequest,
  ): Promise<Camp.CreatedPayment> {
    return this.enrol.place(body, key, await this.asker(request));
  }

  @Post('payments/claim')
  @HttpCode(200)
  @UseGuards(Throttled)
  async claim(@Body() body: ClaimPaymentDto, @Req() request: FastifyRequest): Promise<Camp.ClaimedPayment> {
    return this.claims.claim(body, await this.session.openid(request));
  }

  @Get('payments/:id/params')
  @UseGuards(Throttled)
  @ThrottledById()
  async params(
    @Headers(TICKET) ticket: string | undefined,
    @Param() { id }: OrderIdParam,
    @Query() { scene }: SceneQuery,
    @Ip() ip: string,
    @Req() request: FastifyRequest,
  ): Promise<Camp.PaymentParams> {
    const openid = await this.session.openid(request);
    return this.enrol.params(id, scene, { openid, ip, ticketOf: await this.tickets.find(ticket) });
  }

  @Get('payments/:orderNo/status')
  @UseGuards(Throttled)
  async status(
    @Headers(TICKET) ticket: string | undefined,
    @Param() { orderNo }: OrderNoParam,
    @Query() { wait }: WaitQuery,
  ): Promise<Camp.PaymentStatus> {
    return this.orders.status(await this.tickets.orderOf(ticket), orderNo, wait);
  }

  @Post('payments/bind')
  @HttpCode(200)
  @UseGuards(Throttled)
  @Message('绑定成功')
  async bind(
    @Headers(TICKET) ticket: string | undefined,
    @Body() body: BindPaymentDto,
    @Req() request: FastifyRequest,
  ): Promise<Camp.BoundPayment> {
    return this.pages.bind(await this.tickets.orderOf(ticket), body, await this.asker(request));
  }

  @Get('payments/:orderNo/qrcode')
  @UseGuards(Throttled)
  async qrcode(
    @Headers(TICKET) ticket: string | undefined,
    @Param() { orderNo }: OrderNoParam,
  ): Promise<Camp.GroupQrcode> {
    return this.pages.groupQrcode(await this.tickets.orderOf(ticket), orderNo);
  }

  @Post('progress/:memberId/identity-code')
  @HttpCode(200)
  @UseGuards(Throttled)
  async identityCode(
    @Headers(TICKET) ticket: string | undefined,
    @Param() { memberId }: MemberIdParam,
  ): Promise<Camp.IdentityCode> {
    return this.pages.identityCode(await this.tickets.orderOf(ticket), memberId);
  }

  @Get('progress/:memberId/planet-id')
  @UseGuards(Throttled)
  async planetId(
    @Headers(TICKET) ticket: string | undefined,
    @Param() { memberId }: MemberIdParam,
  ): Promise<Camp.CheckedPlanetId> {
    return this.pages.planetUser(await this.tickets.orderOf(ticket), memberId);
  }

  @Put('progress/:memberId/planet-id')
  @UseGuards(Throttled)
  @Message('星球 ID 已修改')
  async correctPlanetId(
    @Headers(TICKET) ticket: string | undefined,
    @Param() { memberId }: MemberIdParam,
    @Body() body: CorrectPlanetIdDto,
    @Req() request: FastifyRequest,
  ): Promise<Camp.CorrectedPlanetId> {
    const orderId = await this.tickets.orderOf(ticket);
    return this.pages.correctId(orderId, memberId, body, await this.asker(request));
  }

  @Get('my-data')
  @UseGuards(Throttled)
  async myData(
    @Headers(TICKET) ticket: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<Camp.MyData> {
    return this.data.read(await this.tickets.orderOf(ticket), await this.session.openid(request));
  }

  @Delete('my-data')
  @UseGuards(Throttled)
  @Message('个人信息已删除')
  async eraseMyData(
    @Headers(TICKET) ticket: string | undefined,
    @Query() { scope }: EraseQuery,
    @Req() request: FastifyRequest,
  ): Promise<Camp.ErasedData> {
    const [orderId, openid] = [await this.tickets.orderOf(ticket), await this.session.openid(request)];
    return scope === 'person' ? this.data.eraseAll(orderId, openid) : this.data.erase(orderId, openid);
  }

  @Get('progress/:memberId')
  @UseGuards(Throttled)
  async progress(
    @Headers(TICKET) ticket: string | undefined,
    @Param() { memberId }: MemberIdParam,
  ): Promise<Camp.MemberProgress> {
    return this.pages.progress(await this.tickets.orderOf(ticket), memberId);
  }

  private async asker(request: FastifyRequest): Promise<Asker> {
    return { browser: browserMark(request), openid: await this.session.openid(request) };
  }
}

/** Tags public data with its hash, and answers 304 to whoever has it already. */
function unlessUnchanged<Data>(request: FastifyRequest, reply: FastifyReply, data: Data): Data | undefined {
  const etag = `"${createHash('sha1').update(JSON.stringify(data)).digest('base64url')}"`;
  void reply.header('etag', etag).header('cache-control', 'no-cache');
  if (!holds(request.headers['if-none-match'], etag)) return data;
  void reply.status(304);
  return undefined;
}

/**
 * Weak comparison (RFC 9110, 13.1.2): a proxy that compresses makes the tag weak (nginx) or puts its encoding behind it
 * (Apache), and a browser may hold several.
 */
function holds(header: string | undefined, etag: string): boolean {
  const held = (header ?? '').split(',').map((tag) => tag.trim());
  return held.some(
    (tag) => tag === '*' || tag.replace(/^W\//, '').replace(/[-;](?:gzip|br|zstd|deflate)"$/, '"') === etag,
  );
}
