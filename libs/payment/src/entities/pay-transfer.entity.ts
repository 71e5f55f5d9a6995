import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { TransferState, TransferStatus } from '../states.js';

@Entity('pay_transfer')
export class PayTransfer {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text')
  source: string;

  @Column('text')
  line: string;

  @Column('text')
  subject: string;

  @Column('bigint')
  orderId: number;

  @Column('text')
  gateway: string;

  @Column('text')
  payeeId: string;

  @Column('text')
  owner: string;

  @Column('bigint')
  amountFen: Fen;

  @Column('text')
  remark: string;

  @Column('text')
  outTransferNo: string;

  @Column('text', { array: true, default: () => "'{}'" })
  pastNumbers: string[];

  @Column('text', { default: 'created' })
  state: TransferState;

  @Column('text', { default: 'pending' })
  status: TransferStatus;

  @Column('int', { default: 0 })
  requests: number;

  @Column('int', { default: 0 })
  queries: number;

  @Column('int', { default: 0 })
  failures: number;

  @Column('int', { default: 0 })
  retries: number;

  @Column('text', { nullable: true })
  failCode: string | null;

  @Column('text', { nullable: true })
  failMessage: string | null;

  @Column('text', { nullable: true })
  gatewayTransferId: string | null;

  @Column('timestamptz', { nullable: true })
  succeededAt: Date | null;

  @Column('timestamptz', { nullable: true })
  deliverAt: Date | null;

  @Column('timestamptz')
  checkAt: Date;

  @Column('timestamptz')
  createdAt: Date;

  /** When its number was first sent; real time. */
  @Column('timestamptz', { nullable: true })
  sentAt: Date | null;

  @Column('int', { default: 0 })
  deliveryTries: number;
}
