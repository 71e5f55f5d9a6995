import { Body, Controller, Put, UseGuards, UseInterceptors } from '@nestjs/common';
import { localTime } from '@yajin/core';
import { CampEnvelopeInterceptor, Message, Text } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { OperatorGuard } from './operator.guard.js';
import { Permission } from './operator.js';
import { SettingsService } from './settings.service.js';

export class UpdateConfigDto {
  @Text({ max: 64 })
  key: string;

  @Text({ max: 4000 })
  value: string;
}

@Controller('api/admin/config')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class SettingsController {
  constructor(private readonly settings: SettingsService) {}

  @Put()
  @Permission('system:config')
  @Message('配置更新成功')
  async update(@Body() body: UpdateConfigDto): Promise<Camp.UpdatedConfig> {
    const updatedAt = await this.settings.set(body.key, body.value);
    return { key: body.key, updatedAt: localTime(updatedAt) };
  }
}
