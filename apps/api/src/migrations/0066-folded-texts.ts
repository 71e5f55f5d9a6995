import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FoldedTexts1000000000066 implements MigrationInterface {
  name = 'FoldedTexts1000000000066';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- As texts are compared and looked for: what foldText (libs/core/src/text.ts) does.
      CREATE FUNCTION folded(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT lower(regexp_replace(normalize(btrim(value), NFKD),
          '[\\u0300-\\u036F\\u00AD\\u061C\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u206F\\uFE00-\\uFE0F\\uFEFF\\uFFF9-\\uFFFB]',
          '', 'g'))
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION folded');
  }
}
