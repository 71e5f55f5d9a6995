import { Module } from '@nestjs/common';
import { courseDocument, courseErrors } from '@yajin/contract/course';
import type { MountedLine } from '@yajin/server';
import { HostTokens } from '../../system/index.js';
import { BookingConsoleService } from './booking-console.service.js';
import { CourseConsoleController } from './course-console.controller.js';
import { CourseController } from './course.controller.js';
import { CourseIncome } from './course.income.js';
import { CourseLine } from './course.line.js';
import { LINE } from './course.options.js';
import { instant } from './course.rows.js';
import { MoneyConsoleService } from './money-console.service.js';
import { OutsideController } from './outside.controller.js';
import { PaymentService } from './payment.service.js';
import { RefundService } from './refund.service.js';
import { ReportService } from './report.service.js';

/** Enrolments in courses, and appointments. */
@Module({})
class CourseModule {}

/** @param tokenKey shared with the platform whose users pay */
export function courseLine(tokenKey: string): MountedLine {
  return {
    name: LINE,
    module: {
      module: CourseModule,
      controllers: [OutsideController, CourseController, CourseConsoleController],
      providers: [
        { provide: HostTokens, useValue: new HostTokens(LINE, tokenKey) },
        BookingConsoleService,
        CourseIncome,
        CourseLine,
        MoneyConsoleService,
        PaymentService,
        RefundService,
        ReportService,
      ],
    },
    envelopes: [
      {
        prefix: '/payments',
        errors: courseErrors,
        failure: ({ code, message, data }) => ({
          code,
          message,
          data: data ?? null,
          timestamp: instant(new Date()),
        }),
      },
    ],
    document: courseDocument,
    rawBodies: ['/payments/webhook/'],
  };
}
