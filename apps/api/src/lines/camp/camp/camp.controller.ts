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
import {
  CurrentOperator,
  Key,
  OperatorGuard,
  Permission,
  type IdempotencyKey,
  type Operator,
} from '../../../system/index.js';
import {
  CampDraftDto,
  CampIdParam,
  CampListQuery,
  CreateCampDto,
  CreatePersonalLinksDto,
  UpdateCampDto,
} from './camp.dto.js';
import { CampService } from './camp.service.js';
import { PersonalLinks } from './personal-links.service.js';

@Controller('api/admin/camps')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class CampController {
  constructor(
    private readonly camps: CampService,
    private readonly links: PersonalLinks,
  ) {}

  @Post()
  @HttpCode(200)
  @Permission('camp:write')
  @Message('创建成功')
  create(
    @CurrentOperator() operator: Operator,
    @Body() body: CreateCampDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Camp.CreatedCamp> {
    return this.camps.create(operator, body, key);
  }

  @Post('drafts')
  @HttpCode(200)
  @Permission('camp:write')
  @Message('已保存为草稿')
  draft(
    @CurrentOperator() operator: Operator,
    @Body() body: CampDraftDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Camp.CreatedCamp> {
    return this.camps.draft(operator, body, key);
  }

  @Put(':id/draft')
  @Permission('camp:write')
  @Message('已保存为草稿')
  redraft(
    @CurrentOperator() operator: Operator,
    @Param() { id }: CampIdParam,
    @Body() body: CampDraftDto,
  ): Promise<Camp.UpdatedCamp> {
    return this.camps.redraft(operator, id, body);
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
  update(
    @CurrentOperator() operator: Operator,
    @Param() { id }: CampIdParam,
    @Body() body: UpdateCampDto,
  ): Promise<Camp.UpdatedCamp> {
    return this.camps.update(operator, id, body);
  }

  @Delete(':id')
  @Permission('camp:write')
  @Message('删除成功')
  remove(@CurrentOperator() operator: Operator, @Param() { id }: CampIdParam): Promise<void> {
    return this.camps.remove(operator, id);
  }

  @Post(':id/publish')
  @HttpCode(200)
  @Permission('camp:write')
  @Message('发布成功')
  publish(@CurrentOperator() operator: Operator, @Param() { id }: CampIdParam): Promise<Camp.PublishedCamp> {
    return this.camps.publish(operator, id);
  }

  @Post(':id/links')
  @HttpCode(200)
  @Permission('camp:write')
  personalLinks(
    @CurrentOperator() operator: Operator,
    @Param() { id }: CampIdParam,
    @Body() body: CreatePersonalLinksDto,
  ): Promise<Camp.PersonalLinks> {
    return this.links.handOut(operator, id, body.planetUserIds);
  }
}
