import { Button, Flex, Tag } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Console } from '@yajin/web';
import { dateTime, money } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { useAsk } from '../../kit/ask.js';
import { useCreate } from '../../kit/create.js';
import { AmountField, FormModal, TextField } from '../../kit/form-modal.js';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { Facts, ObjectDrawer, Orders, useObject, useOpened } from '../../pages/pay/kit/object-drawer.js';
import { underWay } from '../../pages/pay/kit/tags.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { courseWords } from './course-words.js';

export const BOOKING_COLORS = {
  unpaid: 'gold',
  paid: 'green',
  cancelled: 'default',
  refunded: 'default',
} as const;

/** An enrolment or an appointment: whose it is, what was paid for it, and what can be done. */
export function Booking(): ReactNode {
  const t = useWords(courseWords);
  const { object: id, close } = useObject();
  const may = useMay()('pay:write');
  const answer = useOpened(
    'getCourseBooking',
    { id, path: { id } },
    ({ refunds }) => refunds.some(underWay),
    ['listEnrolments', 'listAppointments', 'listPayOrders', 'getPayOrder'],
  );
  return (
    <ObjectDrawer
      id={id}
      close={close}
      title={t.opened}
      answer={answer}
      deeds={(detail) =>
        may && (detail.booking.status === 'unpaid' || detail.refundable > 0) && <Deeds detail={detail} />
      }
    >
      {({ booking, refundable }) => (
        <>
          <BookingFacts booking={booking} refundable={refundable} />
          <Orders line="course" subject={booking.id} />
        </>
      )}
    </ObjectDrawer>
  );
}

function BookingFacts({ booking, refundable }: FactsOf): ReactNode {
  const t = useWords(courseWords);
  const common = useWords(payWords);
  const { title, courseId, userId, startsAt, amount, status, createdAt } = booking;
  return (
    <Facts
      facts={[
        [
          t.booking,
          courseId === null ? (
            title
          ) : (
            <Link key="course" to={`/pay/course?tab=enrolments&courseId=${courseId}`}>
              {title}
            </Link>
          ),
        ],
        [common.user, userId],
        ...(startsAt === null ? [] : [[t.starts, dateTime(startsAt)] as [string, ReactNode]]),
        [common.amount, money(amount)],
        [
          common.status,
          <Tag key="status" color={BOOKING_COLORS[status]}>
            {t.states[status]}
          </Tag>,
        ],
        [t.refundable, money(refundable)],
        [common.created, dateTime(createdAt)],
      ]}
    />
  );
}

type FactsOf = Pick<Console.CourseBookingDetail, 'booking' | 'refundable'>;

/** Asks before a booking that is not paid is cancelled. */
export function useCancel(): { askToCancel: (booking: Console.CourseBooking) => void; refusal: ReactNode } {
  const t = useWords(courseWords);
  const { ask, refusal } = useAsk();
  const cancel = useApiMutation('cancelCourseBooking', {
    invalidates: ['getCourseBooking', 'listEnrolments', 'listAppointments', 'listPayOrders', 'getPayOrder'],
  });
  const askToCancel = ({ id, title }: Console.CourseBooking): void =>
    ask({
      title: t.cancelAsk(title),
      content: t.cancelHint,
      ok: t.cancel,
      danger: true,
      act: () => cancel.mutateAsync({ path: { id } }),
      done: t.cancelled,
    });
  return { askToCancel, refusal };
}

function Deeds({ detail }: { detail: Console.CourseBookingDetail }): ReactNode {
  const t = useWords(courseWords);
  const [refunding, setRefunding] = useState(false);
  const { askToCancel, refusal } = useCancel();
  const { booking, refundable } = detail;
  return (
    <>
      {refusal}
      <Flex gap={8} wrap>
        {booking.status === 'unpaid' && (
          <Button danger onClick={() => askToCancel(booking)}>
            {t.cancel}
          </Button>
        )}
        {refundable > 0 && (
          <Button danger onClick={() => setRefunding(true)}>
            {t.refund}
          </Button>
        )}
      </Flex>
      {refunding && <RefundDialog detail={detail} close={() => setRefunding(false)} />}
    </>
  );
}

function RefundDialog({
  detail: { booking, refundable },
  close,
}: {
  detail: Console.CourseBookingDetail;
  close: () => void;
}): ReactNode {
  const t = useWords(courseWords);
  const refund = useCreate('refundCourseBooking', {
    path: { id: booking.id },
    invalidates: [
      'getCourseBooking',
      'listEnrolments',
      'listAppointments',
      'listCourseRefunds',
      'listPayOrders',
      'getPayOrder',
    ],
    done: () => t.refundDone,
    close,
  });
  return (
    <FormModal<Console.RefundCourseBooking>
      title={t.refundTitle(booking.title, booking.userId)}
      about={t.refundHint(money(refundable))}
      ok={t.refundDo}
      danger
      initial={{ amount: refundable }}
      {...refund}
      submit={({ amount, reason }) => refund.submit({ amount, reason: reason.trim() })}
    >
      <AmountField name="amount" label={t.refundAmount} />
      <TextField name="reason" label={t.refundReason} max={80} lines={2} />
    </FormModal>
  );
}
