import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

/** What every foreign key is found by from its other end, and what would be looked for from the first row to the last. */
const NEW = {
  camp_member_reviewed_as: 'camp_member (filled_planet_user_id) WHERE review IS NOT NULL',
  camp_sync_task_camp_camp: 'camp_sync_task_camp (camp_id)',
  camp_unallocated_camp: 'camp_unallocated (camp_id)',
  course_booking_course: 'course_booking (course_id)',
  gym_payment_offer: 'gym_payment (offer_id)',
  pay_attempt_unsealed: 'pay_attempt (out_trade_no) WHERE payer_id IS NOT NULL AND payer_index IS NULL',
  pay_entry_order: 'pay_entry (order_id)',
  pay_entry_reverses: 'pay_entry (reverses)',
  pay_order_unsealed: 'pay_order (id) WHERE payer_id IS NOT NULL AND payer_index IS NULL',
  pay_refund_attempt_refund: 'pay_refund_attempt (refund_id)',
  pay_refund_trade: 'pay_refund (out_trade_no)',
  pay_stop_order: 'pay_stop (order_id)',
  pay_suspense_order: 'pay_suspense (order_id)',
  pay_transfer_portion_order: 'pay_transfer_portion (order_id)',
  sys_upload_user: 'sys_upload (user_id)',
  work_order_refund_paid: 'work_order_refund (pay_refund_id)',
  work_order_service: 'work_order (service_type_id)',
};

export class HotIndexes1000000000110 implements MigrationInterface {
  name = 'HotIndexes1000000000110';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, on] of Object.entries(NEW)) await buildIndex(runner, name, on);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(NEW)) await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
  }
}
