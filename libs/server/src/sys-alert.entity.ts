import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What an alert is about, as far as something can be looked at: ids of our rows, numbers of the gateway's, a business day. */
export interface AlertParams {
  gateway?: string;
  /** Business day of a bill, `YYYY-MM-DD`. */
  day?: string;
  order?: number;
  refund?: number;
  transfer?: number;
  suspense?: number;
  /** `out_trade_no` */
  trade?: string;
  camp?: number;
  member?: number;
}

@Entity('sys_alert')
export class SysAlert {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  /** What makes repeated ones one; null once it is resolved. */
  @Column('text', { nullable: true, unique: true })
  key: string | null;

  /** Null for what has no code. */
  @Column('text', { nullable: true })
  kind: string | null;

  @Column('text', { default: 'warning' })
  severity: 'critical' | 'warning';

  @Column('text')
  title: string;

  @Column('text')
  detail: string;

  @Column('jsonb', { default: () => "'{}'" })
  params: AlertParams;

  @Column('int', { default: 1 })
  times: number;

  @Column('timestamptz', { default: () => 'now()' })
  raisedAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  lastAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  pushedAt: Date;

  @Column('text', { nullable: true })
  seenBy: string | null;

  @Column('timestamptz', { nullable: true })
  seenAt: Date | null;

  /** Null also for what is over by itself. */
  @Column('text', { nullable: true })
  resolvedBy: string | null;

  @Column('timestamptz', { nullable: true })
  resolvedAt: Date | null;

  @Column('text', { nullable: true })
  note: string | null;
}
