import { Controller, Get, Headers, Ip, Param, Post, Req, Res } from '@nestjs/common';
import type { Course } from '@yajin/contract/course';
import { Gateways, Inbox } from '@yajin/payment';
import { BusinessError } from '@yajin/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayParam, PaymentParam } from './course.dto.js';
import { METHODS } from './course.options.js';
import { instant } from './course.rows.js';
import { deviceOf, paymentPage } from './payment-page.js';
import { PaymentService } from './payment.service.js';

/** What needs no token: gateways that tell of payments, and browsers that come to pay. */
@Controller('payments')
export class OutsideController {
  constructor(
    private readonly inbox: Inbox,
    private readonly gateways: Gateways,
    private readonly payments: PaymentService,
  ) {}

  @Get('pages/:payment_id')
  async page(
    @Param() { payment_id: id }: PaymentParam,
    @Headers('user-agent') agent: string | undefined,
    @Ip() ip: string,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const html = await paymentPage(await this.payments.page(id, deviceOf(agent ?? ''), ip));
    return (
      reply
        .headers({ 'cache-control': 'no-store' })
        // WeChat's page for phones asks where its visitor comes from.
        .header('referrer-policy', 'strict-origin')
        .type('text/html; charset=utf-8')
        .send(html)
    );
  }

  /** A form is answered as its gateway wants it, JSON as the contract says. */
  @Post('webhook/:gateway')
  async receive(
    @Param() { gateway: method }: GatewayParam,
    @Headers() headers: Record<string, string | string[] | undefined>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const { gateway } = METHODS[method];
    if (!this.gateways.has(gateway)) throw new BusinessError(404, '未开通该支付网关');
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { reply: wanted, outTradeNo } = await this.inbox.answer(gateway, headers, body);
    if (wanted.status >= 500) return reply.status(wanted.status).type(wanted.contentType).send(wanted.body);
    if (wanted.status >= 400) throw new BusinessError(401, '签名不符或内容不可读');
    // What names no number was nothing to apply, or cannot be read and is kept: sending it again would not help.
    if (outTradeNo !== null && !(await this.payments.knows(outTradeNo))) throw new BusinessError(404);
    if (!(headers['content-type'] ?? '').includes('json'))
      return reply.status(wanted.status).type(wanted.contentType).send(wanted.body);
    return reply.status(200).send({
      code: 0,
      message: '回调处理成功',
      data: { processed: true },
      timestamp: instant(new Date()),
    } satisfies Course.ProcessedAnswer);
  }
}
