import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type StopScope = 'gateway' | 'line' | 'payee';

@Entity('pay_stop')
export class PayStop {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text')
  scope: StopScope;

  /** A gateway, a line; of a payee the order whose payer is meant, or `line:owner`. */
  @Column('text')
  target: string;

  @Column('bigint', { nullable: true })
  orderId: number | null;

  @Column('text')
  reason: string;

  @Column('text')
  thrownBy: string;

  @Column('timestamptz')
  thrownAt: Date;

  @Column('text', { nullable: true })
  releasedBy: string | null;

  @Column('timestamptz', { nullable: true })
  releasedAt: Date | null;

  /** Why it was released. */
  @Column('text', { nullable: true })
  note: string | null;
}
