import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('pay_notification')
export class PayNotification {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text')
  gateway: string;

  @Column('text')
  eventId: string;

  @Column('text')
  eventType: string;

  @Column('text', { nullable: true })
  subjectNo: string | null;

  @Column('text')
  state: 'applied' | 'quarantined' | 'unreadable';

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('jsonb')
  payload: unknown;

  @Column('int', { default: 1 })
  deliveries: number;

  @Column('timestamptz', { default: () => 'now()' })
  receivedAt: Date;
}
