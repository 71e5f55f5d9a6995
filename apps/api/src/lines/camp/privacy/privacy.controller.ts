import { Controller, Delete, Get, Param, UseGuards, UseInterceptors } from '@nestjs/common';
import { CampEnvelopeInterceptor, Message, Text } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { CurrentOperator, Fresh, OperatorGuard, Permission, type Operator } from '../../../system/index.js';
import { PrivacyRequests } from './privacy-requests.js';

class OrderParam {
  @Text({ max: 64 })
  orderNo: string;
}

/** What operators do when somebody asks about their data. */
@Controller('api/admin/personal-data')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class PrivacyController {
  constructor(private readonly requests: PrivacyRequests) {}

  @Get(':orderNo')
  @Permission('system:privacy')
  @Fresh()
  read(@CurrentOperator() operator: Operator, @Param() { orderNo }: OrderParam): Promise<Camp.PersonalData> {
    return this.requests.read(operator, orderNo);
  }

  @Delete(':orderNo')
  @Permission('system:privacy')
  @Fresh()
  @Message('个人信息已删除')
  erase(@CurrentOperator() operator: Operator, @Param() { orderNo }: OrderParam): Promise<Camp.ErasedData> {
    return this.requests.erase(operator, orderNo);
  }
}
