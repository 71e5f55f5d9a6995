import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { Console } from '@yajin/contract/console';
import { CampEnvelopeInterceptor, Message } from '@yajin/server';
import { CurrentOperator, OperatorGuard, Permission, type Operator } from '../../../system/index.js';
import {
  ApplyCheckinUploadDto,
  CheckinUploadParam,
  CheckinUploadQuery,
  PreviewCheckinUploadDto,
} from './upload.dto.js';
import { CheckinUploads } from './upload.service.js';

/** Check-ins by a file, where zsxq cannot be read. */
@Controller('api/admin/checkin-uploads')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class CheckinUploadController {
  constructor(private readonly uploads: CheckinUploads) {}

  @Get()
  @Permission('camp:sync')
  list(@Query() { campId }: CheckinUploadQuery): Promise<Console.CheckinUploadList> {
    return this.uploads.list(campId);
  }

  @Post()
  @HttpCode(200)
  @Permission('camp:sync')
  @Message('文件已读取')
  preview(
    @CurrentOperator() operator: Operator,
    @Body() body: PreviewCheckinUploadDto,
  ): Promise<Console.CheckinUploadPreview> {
    return this.uploads.preview(operator, body);
  }

  @Post(':id/apply')
  @HttpCode(200)
  @Permission('camp:sync')
  @Message('打卡已导入')
  apply(
    @CurrentOperator() operator: Operator,
    @Param() { id }: CheckinUploadParam,
    @Body() { closes }: ApplyCheckinUploadDto,
  ): Promise<Console.CheckinUpload> {
    return this.uploads.apply(operator, id, closes);
  }

  @Post(':id/undo')
  @HttpCode(200)
  @Permission('camp:sync')
  @Message('已撤销导入')
  undo(
    @CurrentOperator() operator: Operator,
    @Param() { id }: CheckinUploadParam,
  ): Promise<Console.CheckinUpload> {
    return this.uploads.undo(operator, id);
  }
}
