import {
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { CampEnvelopeInterceptor, Message, OneOf, Optional } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OperatorGuard } from './operator.guard.js';
import { CurrentOperator, Permission, type Operator } from './operator.js';
import type { PictureUse } from './picture.js';
import { RetryAfter } from './try-later.js';
import { uploadedFile } from './upload-form.js';
import { UploadService } from './upload.service.js';

class UploadQuery {
  @Optional()
  @OneOf(['poster', 'groupQrcode'])
  use?: NonNullable<PictureUse>;
}

@Controller('api/admin/uploads')
@UseInterceptors(CampEnvelopeInterceptor, RetryAfter)
@UseGuards(OperatorGuard)
export class UploadController {
  constructor(private readonly uploads: UploadService) {}

  @Post()
  @HttpCode(200)
  @Permission('camp:write')
  @Message('上传成功')
  async upload(
    @CurrentOperator() operator: Operator,
    @Query() { use }: UploadQuery,
    @Req() request: FastifyRequest,
  ): Promise<Camp.UploadedImage> {
    return this.uploads.store(operator, await uploadedFile(request), use);
  }
}

/** For everybody, and for ever: another image has another name. */
@Controller('uploads')
export class UploadedImageController {
  constructor(private readonly uploads: UploadService) {}

  @Get(':name')
  async show(
    @Param('name') name: string,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const image = await this.uploads.find(name);
    const etag = `"${name}"`;
    // Before anything is said that a cache would keep: that an image is away for now is not for ever.
    const bytes = known === etag ? null : await this.uploads.bytesOf(image);
    void reply.headers({
      etag,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': `default-src 'none'`,
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
    if (bytes === null) return reply.status(304).send();
    return reply.type(image.content_type).send(bytes);
  }
}
