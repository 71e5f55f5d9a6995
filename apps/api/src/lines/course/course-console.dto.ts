import type { Console } from '@yajin/contract/console';
import { parseLocalTime } from '@yajin/core';
import { OneOf, Optional, PageQuery, Text, Yuan, says } from '@yajin/server';
import { IsBoolean, ValidateBy } from 'class-validator';
import { Uuid } from './course.dto.js';
import { MAX_FEN, METHOD_IDS } from './course.options.js';

const MAX_USER = 64;

/** `yyyy-MM-ddTHH:mm:ss` that exists. */
function LocalDateTime(): PropertyDecorator {
  return ValidateBy({ name: 'localDateTime', validator: { validate: isLocalTime } }, says('not_time'));
}

function isLocalTime(value: unknown): boolean {
  try {
    return typeof value === 'string' && Boolean(parseLocalTime(value));
  } catch {
    return false;
  }
}

export class CourseQuery extends PageQuery(20) {
  @Optional()
  @Text({ max: 100, min: 0 })
  keyword?: string;
}

export class BookingQuery extends PageQuery(20) {
  @Optional()
  @OneOf(['unpaid', 'paid', 'cancelled', 'refunded'])
  status?: Console.CourseBookingStatus;

  @Optional()
  @Text({ max: 100, min: 0 })
  keyword?: string;

  @Optional()
  @Uuid()
  courseId?: string;
}

export class RefundBookingDto implements Console.RefundCourseBooking {
  @Yuan({ minFen: 1, maxFen: MAX_FEN })
  amount: number;

  @Text({ max: 80 })
  reason: string;
}

export class CourseRefundQuery extends PageQuery(20) {
  @Optional()
  @OneOf(['pending', 'processing', 'completed', 'failed'])
  status?: Console.CourseRefundStatus;
}

export class CreateCourseDto implements Console.CreateCourse {
  @Text({ max: 100 })
  title: string;

  @Yuan({ minFen: 1, maxFen: MAX_FEN })
  price: number;
}

export class UpdateCourseDto implements Console.UpdateCourse {
  @IsBoolean(says('not_flag'))
  active: boolean;
}

export class CreateEnrolmentDto implements Console.CreateEnrolment {
  @Uuid()
  courseId: string;

  @Text({ max: MAX_USER })
  userId: string;
}

export class CreateAppointmentDto implements Console.CreateAppointment {
  @Text({ max: MAX_USER })
  userId: string;

  @Text({ max: 100 })
  title: string;

  @LocalDateTime()
  startsAt: string;

  @Yuan({ minFen: 1, maxFen: MAX_FEN })
  amount: number;
}

export class UpdateMethodDto implements Console.UpdateCourseMethod {
  @IsBoolean(says('not_flag'))
  enabled: boolean;
}

export class UuidParam {
  @Uuid()
  id: string;
}

export class MethodParam {
  @OneOf(METHOD_IDS)
  id: Console.CourseMethodId;
}
