import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { WorkKind } from '../work.js';

/** Who sees to money that waits for a person. */
@Entity('pay_work')
export class PayWork {
  @PrimaryColumn('text')
  kind: WorkKind;

  /** The id of what it is about. */
  @PrimaryColumn('bigint')
  ref: number;

  @Column('text')
  owner: string;

  @Column('timestamptz')
  takenAt: Date;

  /** Of a notification: what became of it. */
  @Column('text', { nullable: true })
  note: string | null;

  @Column('timestamptz', { nullable: true })
  doneAt: Date | null;
}
