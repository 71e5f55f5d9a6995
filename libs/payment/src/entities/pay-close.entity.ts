import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A business day whose books are closed: nothing of it changes any more. */
@Entity('pay_close')
export class PayClose {
  @PrimaryColumn('date')
  day: string;

  @Column('text')
  closedBy: string;

  @Column('timestamptz')
  closedAt: Date;

  /** Why it was closed although a bill was not read or a difference was open. */
  @Column('text', { nullable: true })
  reason: string | null;
}
