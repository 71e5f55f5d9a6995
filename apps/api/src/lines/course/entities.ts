import { CourseBooking } from './course-booking.entity.js';
import { CourseEntity } from './course.entity.js';
import { CourseMethod } from './course-method.entity.js';
import { CoursePayment } from './course-payment.entity.js';
import { CourseRefund } from './course-refund.entity.js';

export const courseEntities = [CourseBooking, CourseEntity, CourseMethod, CoursePayment, CourseRefund];
