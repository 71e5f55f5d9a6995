import { Controller, Headers, HttpCode, Post, Req } from '@nestjs/common';
import { Inbox } from '@yajin/payment';
import { BusinessError } from '@yajin/server';
import type { FastifyRequest } from 'fastify';

const GATEWAY = 'wechat-v3';
const ACCEPTED = { code: 'SUCCESS', message: '成功' } as const;

type RequestHeaders = Record<string, string | string[] | undefined>;

/**
 * WeChat Pay's notifications. Both kinds are told apart by what they say, not by where they arrive. Any
 * answer but 200 makes WeChat send it again, so only what is not WeChat's, or could not be kept, is refused.
 */
@Controller('api/webhook/wechat')
export class WebhookController {
  constructor(private readonly inbox: Inbox) {}

  @Post('payment')
  @HttpCode(200)
  payment(@Headers() headers: RequestHeaders, @Req() request: FastifyRequest): Promise<typeof ACCEPTED> {
    return this.receive(headers, request);
  }

  @Post('refund')
  @HttpCode(200)
  refund(@Headers() headers: RequestHeaders, @Req() request: FastifyRequest): Promise<typeof ACCEPTED> {
    return this.receive(headers, request);
  }

  private async receive(headers: RequestHeaders, request: FastifyRequest): Promise<typeof ACCEPTED> {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { reply } = await this.inbox.answer(GATEWAY, headers, body);
    if (reply.status >= 500) throw new BusinessError(503);
    if (reply.status >= 400) throw new BusinessError(401, '签名验证失败');
    return ACCEPTED;
  }
}
