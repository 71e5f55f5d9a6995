import { Entity, PrimaryColumn } from 'typeorm';

/** A migration that took something away: programs that do not know it cannot work on the schema. */
@Entity('schema_need')
export class SchemaNeed {
  @PrimaryColumn('text')
  migration: string;
}
