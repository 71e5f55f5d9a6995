import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { Console } from '@yajin/contract/console';
import { CampEnvelopeInterceptor, Message } from '@yajin/server';
import {
  CurrentOperator,
  Key,
  OperatorGuard,
  Permission,
  type IdempotencyKey,
  type Operator,
} from '../../system/index.js';
import { BookingRefundsService } from './booking-refunds.service.js';
import { BookingConsoleService } from './booking-console.service.js';
import {
  BookingQuery,
  CourseQuery,
  CourseRefundQuery,
  CreateAppointmentDto,
  CreateCourseDto,
  CreateEnrolmentDto,
  MethodParam,
  RefundBookingDto,
  UpdateCourseDto,
  UpdateMethodDto,
  UuidParam,
} from './course-console.dto.js';
import { MoneyConsoleService } from './money-console.service.js';

@Controller('api/admin/course')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class CourseConsoleController {
  constructor(
    private readonly bookings: BookingConsoleService,
    private readonly money: MoneyConsoleService,
    private readonly bookingRefunds: BookingRefundsService,
  ) {}

  @Get('courses')
  @Permission('pay:read')
  courses(@Query() query: CourseQuery): Promise<Console.CoursePage> {
    return this.bookings.courses(query);
  }

  @Post('courses')
  @HttpCode(200)
  @Permission('pay:write')
  createCourse(
    @CurrentOperator() operator: Operator,
    @Body() body: CreateCourseDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Console.Course> {
    return this.bookings.createCourse(operator, body, key);
  }

  @Put('courses/:id')
  @Permission('pay:write')
  updateCourse(
    @CurrentOperator() operator: Operator,
    @Param() { id }: UuidParam,
    @Body() { active }: UpdateCourseDto,
  ): Promise<Console.Course> {
    return this.bookings.setActive(operator, id, active);
  }

  @Get('enrolments')
  @Permission('pay:read')
  enrolments(@Query() query: BookingQuery): Promise<Console.CourseBookingPage> {
    return this.bookings.list('course_enrollment', query);
  }

  @Post('enrolments')
  @HttpCode(200)
  @Permission('pay:write')
  createEnrolment(
    @CurrentOperator() operator: Operator,
    @Body() body: CreateEnrolmentDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Console.CourseBooking> {
    return this.bookings.enrol(operator, body, key);
  }

  @Get('appointments')
  @Permission('pay:read')
  appointments(@Query() query: BookingQuery): Promise<Console.CourseBookingPage> {
    return this.bookings.list('appointment', query);
  }

  @Post('appointments')
  @HttpCode(200)
  @Permission('pay:write')
  createAppointment(
    @CurrentOperator() operator: Operator,
    @Body() body: CreateAppointmentDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Console.CourseBooking> {
    return this.bookings.appoint(operator, body, key);
  }

  @Get('bookings/:id')
  @Permission('pay:read')
  booking(@Param() { id }: UuidParam): Promise<Console.CourseBookingDetail> {
    return this.bookingRefunds.detail(id);
  }

  @Post('bookings/:id/refund')
  @HttpCode(200)
  @Permission('pay:write')
  @Message('已提交退款')
  refund(
    @CurrentOperator() operator: Operator,
    @Param() { id }: UuidParam,
    @Body() body: RefundBookingDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Console.CourseBookingDetail> {
    return this.bookingRefunds.refund(operator, id, body, key);
  }

  @Post('bookings/:id/cancel')
  @HttpCode(200)
  @Permission('pay:write')
  cancel(@CurrentOperator() operator: Operator, @Param() { id }: UuidParam): Promise<Console.CourseBooking> {
    return this.bookings.cancel(operator, id);
  }

  @Get('methods')
  @Permission('pay:read')
  methods(): Promise<Console.CourseMethodList> {
    return this.money.methods();
  }

  @Put('methods/:id')
  @Permission('pay:write')
  updateMethod(
    @CurrentOperator() operator: Operator,
    @Param() { id }: MethodParam,
    @Body() { enabled }: UpdateMethodDto,
  ): Promise<Console.CourseMethod> {
    return this.money.setEnabled(operator, id, enabled);
  }

  @Get('refunds')
  @Permission('pay:read')
  refunds(@Query() query: CourseRefundQuery): Promise<Console.CourseRefundPage> {
    return this.money.refunds(query);
  }

  @Post('refunds/:id/retry')
  @HttpCode(200)
  @Permission('pay:write')
  retryRefund(
    @CurrentOperator() operator: Operator,
    @Param() { id }: UuidParam,
  ): Promise<Console.CourseRefund> {
    return this.money.retry(operator, id);
  }
}
