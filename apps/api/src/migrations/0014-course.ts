import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Course1000000000014 implements MigrationInterface {
  name = 'Course1000000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE course_course (
        id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        number     bigint NOT NULL UNIQUE GENERATED ALWAYS AS IDENTITY,
        title      text NOT NULL,
        price_fen  bigint NOT NULL CHECK (price_fen > 0),
        active     boolean NOT NULL DEFAULT true,       -- open to enrolments
        created_at timestamptz NOT NULL
      );

      -- What somebody is to pay for: a place in a course, or an appointment. The price is fixed from the start.
      CREATE TABLE course_booking (
        id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        number     bigint NOT NULL UNIQUE GENERATED ALWAYS AS IDENTITY,
        type       text NOT NULL CHECK (type IN ('course_enrollment', 'appointment')),
        user_id    text NOT NULL,                       -- the platform's id of the person
        course_id  uuid REFERENCES course_course,
        title      text NOT NULL,
        starts_at  timestamptz,
        amount_fen bigint NOT NULL CHECK (amount_fen > 0),
        status     text NOT NULL DEFAULT 'unpaid' CHECK (status IN ('unpaid', 'paid', 'cancelled', 'refunded')),
        paid_with  uuid,                                -- the payment that counts
        created_at timestamptz NOT NULL,
        CHECK ((type = 'course_enrollment') = (course_id IS NOT NULL)),
        CHECK ((type = 'appointment') = (starts_at IS NOT NULL))
      );
      CREATE UNIQUE INDEX course_booking_enrolled ON course_booking (course_id, user_id) WHERE status IN ('unpaid', 'paid');
      CREATE INDEX course_booking_user ON course_booking (user_id);

      CREATE TABLE course_payment (
        id             uuid PRIMARY KEY,
        number         bigint NOT NULL UNIQUE GENERATED ALWAYS AS IDENTITY,
        booking_id     uuid NOT NULL REFERENCES course_booking,
        order_id       bigint NOT NULL UNIQUE REFERENCES pay_order,
        method         text NOT NULL,
        amount_fen     bigint NOT NULL,
        description    text NOT NULL,
        metadata       json NOT NULL,                   -- as it came, in its order
        status         text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'completed', 'failed', 'cancelled')),
        paid_at        timestamptz,
        transaction_id text,
        created_at     timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX course_payment_pending ON course_payment (booking_id) WHERE status = 'pending';
      CREATE INDEX course_payment_booking ON course_payment (booking_id, number DESC);
      CREATE INDEX course_payment_created ON course_payment (created_at);

      CREATE TABLE course_refund (
        id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        number         bigint NOT NULL UNIQUE GENERATED ALWAYS AS IDENTITY,
        payment_id     uuid NOT NULL REFERENCES course_payment,
        source         text NOT NULL UNIQUE,            -- the kernel's name of it
        surplus        boolean NOT NULL DEFAULT false,  -- of money that never counted: paid late, or twice
        amount_fen     bigint NOT NULL CHECK (amount_fen > 0),
        reason         text NOT NULL,
        description    text NOT NULL DEFAULT '',
        status         text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'processing', 'completed', 'failed')),
        fail_message   text,
        transaction_id text,
        completed_at   timestamptz,
        created_at     timestamptz NOT NULL
      );
      CREATE INDEX course_refund_payment ON course_refund (payment_id);

      CREATE TABLE course_method (
        id      text PRIMARY KEY,
        enabled boolean NOT NULL DEFAULT true
      );
      INSERT INTO course_method (id) VALUES ('alipay'), ('wechat'), ('bank_card');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE course_method, course_refund, course_payment, course_booking, course_course',
    );
  }
}
