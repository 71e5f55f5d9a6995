import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SyncTasks1000000000008 implements MigrationInterface {
  name = 'SyncTasks1000000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A sync of every running camp, asked for by an operator.
      CREATE TABLE camp_sync_task (
        id         text PRIMARY KEY,
        started_at timestamptz NOT NULL,
        ended_at   timestamptz
      );
      CREATE UNIQUE INDEX camp_sync_task_running ON camp_sync_task ((true)) WHERE ended_at IS NULL;

      CREATE TABLE camp_sync_task_camp (
        task_id         text NOT NULL REFERENCES camp_sync_task ON DELETE CASCADE,
        camp_id         bigint NOT NULL REFERENCES camp,
        status          text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'processing', 'completed', 'failed')),
        new_checkins    int NOT NULL DEFAULT 0,
        updated_members int NOT NULL DEFAULT 0,
        fail_code       int,
        PRIMARY KEY (task_id, camp_id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE camp_sync_task_camp, camp_sync_task');
  }
}
