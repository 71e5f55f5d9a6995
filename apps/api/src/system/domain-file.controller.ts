import { Controller, Get, Param, Res } from '@nestjs/common';
import { BusinessError } from '@yajin/server';
import type { FastifyReply } from 'fastify';
import { domainFileOf } from './settings.rules.js';
import { SettingsService } from './settings.service.js';

/** WeChat looks at the root of a site for a file before it takes its domain: so that nobody has to put one there. */
@Controller()
export class DomainFileController {
  constructor(private readonly settings: SettingsService) {}

  @Get('MP_verify_:code')
  ofWechat(@Param('code') code: string, @Res() reply: FastifyReply): Promise<FastifyReply> {
    return this.send(`MP_verify_${code}`, reply);
  }

  @Get('WW_verify_:code')
  ofWecom(@Param('code') code: string, @Res() reply: FastifyReply): Promise<FastifyReply> {
    return this.send(`WW_verify_${code}`, reply);
  }

  private async send(file: string, reply: FastifyReply): Promise<FastifyReply> {
    // Anybody may ask, as often as they like.
    const text = domainFileOf(await this.settings.recent('wechat.domainFiles'), file);
    if (text === null) throw new BusinessError(404);
    return reply.type('text/plain').send(text);
  }
}
