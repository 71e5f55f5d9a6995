import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { CampEnvelopeInterceptor, Message } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { CurrentOperator, OperatorGuard, Permission, type Operator } from '../../system/index.js';
import { CampIdParam, CampListQuery, CreateCampDto, UpdateCampDto } from './camp.dto.js';
import { CampService } from './camp.service.js';

@Controller('api/admin/camps')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class CampController {
  constructor(private readonly camps: CampService) {}

  @Post()
  @HttpCode(200)
  @Permission('camp:write')
  @Message('创建成功')
  create(@Body() body: CreateCampDto): Promise<Camp.CreatedCamp> {
    return this.camps.create(body);
  }

  @Get()
  @Permission('camp:read')
  list(@CurrentOperator() operator: Operator, @Query() query: CampListQuery): Promise<Camp.CampPage> {
    return this.camps.list(operator, query);
  }

  @Get(':id')
  @Permission('camp:read')
  detail(@CurrentOperator() operator: Operator, @Param() { id }: CampIdParam): Promise<Camp.CampDetail> {
    return this.camps.detail(operator, id);
  }

  @Put(':id')
  @Permission('camp:write')
  @Message('更新成功')
  update(@Param() { id }: CampIdParam, @Body() body: UpdateCampDto): Promise<Camp.UpdatedCamp> {
    return this.camps.update(id, body);
  }

  @Delete(':id')
  @Permission('camp:write')
  @Message('删除成功')
  remove(@Param() { id }: CampIdParam): Promise<void> {
    return this.camps.remove(id);
  }

  @Post(':id/publish')
  @HttpCode(200)
  @Permission('camp:write')
  @Message('发布成功')
  publish(@Param() { id }: CampIdParam): Promise<Camp.PublishedCamp> {
    return this.camps.publish(id);
  }
}
