import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bytes of images may be in a store of objects; which image is which, and where its bytes are, is said here alone. */
export class ImagesInAStore1000000000142 implements MigrationInterface {
  name = 'ImagesInAStore1000000000142';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What was ever put into the store, from before it was until it has been deleted there.
      CREATE TABLE sys_upload_object (
        key        text PRIMARY KEY,                 -- in the store, behind the prefix: the hash, and what no object had before
        hash       text NOT NULL,                    -- SHA-256 of its bytes, hexadecimal
        size       int NOT NULL,                     -- bytes
        put_at     timestamptz NOT NULL,             -- when somebody last began to put it
        free_since timestamptz,                      -- from when on no image names it
        removing   boolean NOT NULL DEFAULT false    -- from then on none may name it ever again
      );
      CREATE INDEX sys_upload_object_hash ON sys_upload_object (hash) WHERE NOT removing;

      ALTER TABLE sys_upload ADD object text REFERENCES sys_upload_object;
      ALTER TABLE sys_upload ALTER bytes DROP NOT NULL;
      ALTER TABLE sys_upload ADD CONSTRAINT sys_upload_in_one_place CHECK ((bytes IS NULL) <> (object IS NULL));
    `);
  }

  /** What is in the store is to be moved back before: a row that has no bytes keeps this from being done. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sys_upload DROP CONSTRAINT sys_upload_in_one_place;
      ALTER TABLE sys_upload ALTER bytes SET NOT NULL;
      ALTER TABLE sys_upload DROP object;
      DROP TABLE sys_upload_object;
    `);
  }
}
