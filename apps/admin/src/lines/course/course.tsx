import type { ReactNode } from 'react';
import { useWords } from '../../kit/text.js';
import { LinePage } from '../../pages/pay/kit/line-page.js';
import { Booking } from './booking.js';
import { Appointments, Enrolments } from './bookings.js';
import { courseWords } from './course-words.js';
import { Courses } from './courses.js';
import { CourseMethods } from './methods.js';
import { CourseRefunds } from './refunds.js';

export function CoursePage(): ReactNode {
  const t = useWords(courseWords);
  return (
    <LinePage
      line="course"
      about={t.about}
      tabs={[
        { key: 'courses', label: t.courses, content: <Courses /> },
        { key: 'enrolments', label: t.enrolments, content: <Enrolments /> },
        { key: 'appointments', label: t.appointments, content: <Appointments /> },
        { key: 'refunds', label: t.refunds, content: <CourseRefunds /> },
        { key: 'methods', label: t.methods, content: <CourseMethods /> },
      ]}
      object={<Booking />}
    />
  );
}
