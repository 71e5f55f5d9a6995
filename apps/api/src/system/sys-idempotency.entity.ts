import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('sys_idempotency')
export class SysIdempotency {
  @PrimaryColumn('text')
  scope: string;

  @PrimaryColumn('uuid')
  key: string;

  @Column('bytea')
  bodyHash: Buffer;

  @Column('jsonb', { nullable: true })
  answer: unknown;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('jsonb')
  result: unknown;
}
