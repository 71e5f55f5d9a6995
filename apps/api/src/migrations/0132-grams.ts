import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Grams1000000000132 implements MigrationInterface {
  name = 'Grams1000000000132';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Each character of a text and each two that follow each other, as texts are compared: what holds another holds its grams. The body
      -- is parsed here (sql_body: https://www.postgresql.org/docs/current/sql-createfunction.html), so that a restore, which knows no schema
      -- by itself (https://www.postgresql.org/docs/release/10.3/), can build the indexes over it.
      CREATE FUNCTION grams(value text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
      BEGIN ATOMIC
        SELECT coalesce(array_agg(DISTINCT substr(t.value, at, size)), '{}')
        FROM (SELECT folded(value) AS value) t, generate_series(1, 2) size, generate_series(1, length(t.value) - size + 1) at;
      END;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION grams');
  }
}
