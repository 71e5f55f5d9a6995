import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HostOptions, HostTokens } from '../../system/index.js';
import { BookingConsoleService } from './booking-console.service.js';
import { BookingRefundsService } from './booking-refunds.service.js';
import { CourseConsoleController } from './course-console.controller.js';
import { CourseController } from './course.controller.js';
import { CourseIncome } from './course.income.js';
import { CourseDemo } from './course.demo.js';
import { CourseLine } from './course.line.js';
import { CourseMethod } from './course-method.entity.js';
import { CourseOrders } from './course.orders.js';
import { MoneyConsoleService } from './money-console.service.js';
import { OutsideController } from './outside.controller.js';
import { PaymentService } from './payment.service.js';
import { RefundService } from './refund.service.js';
import { ReportService } from './report.service.js';
import { LINE } from './course.options.js';

/** Enrolments in courses, and appointments. */
@Module({
  imports: [TypeOrmModule.forFeature([CourseMethod])],
  controllers: [OutsideController, CourseController, CourseConsoleController],
  providers: [
    HostTokens,
    BookingConsoleService,
    BookingRefundsService,
    CourseIncome,
    CourseLine,
    CourseOrders,
    MoneyConsoleService,
    PaymentService,
    RefundService,
    ReportService,
  ],
})
export class CourseModule {
  /**
   * @param tokenKey shared with the platform whose users pay
   * @param demo whether it has something to show
   */
  static forRoot(tokenKey: string, demo: boolean): DynamicModule {
    return {
      module: CourseModule,
      providers: [
        { provide: HostOptions, useValue: new HostOptions(LINE, tokenKey) },
        ...(demo ? [CourseDemo] : []),
      ],
    };
  }
}
