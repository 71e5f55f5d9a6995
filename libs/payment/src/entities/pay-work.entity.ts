import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Money that waits for a person.
 * - `suspense`, `unallocated`: paid, to be assigned or refunded
 * - `notification`: it contradicts our rows, or cannot be read, and nothing came of it
 * - `refund_abnormal`: the payer's account cannot take it
 * - `refund_merchant`: it went back to the merchant
 * - `refund_failed`: refused for good otherwise
 * - `refund_unclear`: no clear end for a day
 * - `outside`: said to be paid by other means, and nobody has confirmed it
 * - `difference`: a bill and our books do not agree
 * - `entry`: an entry by hand that waits for the second person
 */
export type WorkKind =
  | 'suspense'
  | 'unallocated'
  | 'notification'
  | 'refund_abnormal'
  | 'refund_merchant'
  | 'refund_failed'
  | 'refund_unclear'
  | 'outside'
  | 'difference'
  | 'entry';

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
