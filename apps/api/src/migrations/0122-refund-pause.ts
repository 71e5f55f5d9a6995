import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a refund waits for the merchant's balance, for whoever shows it. */
export class RefundPause1000000000122 implements MigrationInterface {
  name = 'RefundPause1000000000122';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION pay_refund_paused(of_source text) RETURNS jsonb LANGUAGE sql STABLE AS $$
        SELECT jsonb_build_object('gateway', p.gateway, 'until', p.until)
        FROM pay_refund r JOIN pay_refund_pause p ON p.gateway = r.gateway
        WHERE r.source = of_source AND r.status IN ('pending', 'processing')
          AND EXISTS (SELECT FROM pay_refund_attempt k WHERE k.refund_id = r.id AND k.state = 'created') $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION pay_refund_paused(text)');
  }
}
