import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MovementKind } from '../gateway.js';

/** A line of a statement. Nobody's name, id or account is kept. */
@Entity('pay_movement')
export class PayMovement {
  @PrimaryColumn('text')
  gateway: string;

  @PrimaryColumn('date')
  day: string;

  @PrimaryColumn('int')
  rowNo: number;

  @Column('text')
  kind: MovementKind;

  /** The gateway's word for it. */
  @Column('text')
  said: string;

  @Column('timestamptz')
  at: Date;

  @Column('text')
  flowNo: string;

  /** Of what caused it. */
  @Column('text', { nullable: true })
  gatewayNo: string | null;

  @Column('text', { nullable: true })
  ourNo: string | null;

  /** What came in; what went out is less than nothing. */
  @Column('bigint')
  amountFen: number;

  /** Afterwards; null where the gateway does not say. */
  @Column('bigint', { nullable: true })
  balanceFen: number | null;
}
