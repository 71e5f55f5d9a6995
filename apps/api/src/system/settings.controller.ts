import { Body, Controller, Get, HttpCode, Post, Put, UseGuards, UseInterceptors } from '@nestjs/common';
import { localTime } from '@yajin/core';
import { CampEnvelopeInterceptor, Message, OneOf, Text, Throttled } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { ConfigTests } from './config-tests.js';
import { Fresh } from './fresh.js';
import { OperatorGuard } from './operator.guard.js';
import { CurrentOperator, Permission, type Operator } from './operator.js';
import { SettingsService } from './settings.service.js';

export class UpdateConfigDto implements Camp.UpdateConfigRequest {
  @Text({ max: 100 })
  key: string;

  @Text({ max: 20_000, min: 0 })
  value: string;
}

export class TestConfigDto implements Camp.TestConfigRequest {
  @OneOf(['planet', 'wechat', 'wecom'])
  target: Camp.ConfigTestTarget;
}

@Controller('api/admin/config')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class SettingsController {
  constructor(
    private readonly settings: SettingsService,
    private readonly tests: ConfigTests,
  ) {}

  @Get()
  @Permission('system:config')
  list(): Promise<Camp.ConfigList> {
    return this.settings.list();
  }

  @Put()
  @Permission('system:config')
  @Fresh()
  @Message('配置更新成功')
  async update(
    @CurrentOperator() operator: Operator,
    @Body() body: UpdateConfigDto,
  ): Promise<Camp.UpdatedConfig> {
    this.settings.check(body.key, body.value);
    const tested = await this.tests.tryOut(body.key, body.value);
    const updatedAt = await this.settings.set(body.key, body.value, operator);
    return { key: body.key, updatedAt: localTime(updatedAt), tested };
  }

  @Post('test')
  @HttpCode(200)
  @Permission('system:config')
  @UseGuards(Throttled)
  @Message('检测完成')
  test(@CurrentOperator() operator: Operator, @Body() body: TestConfigDto): Promise<Camp.ConfigTest> {
    return this.tests.run(operator, body.target);
  }
}
