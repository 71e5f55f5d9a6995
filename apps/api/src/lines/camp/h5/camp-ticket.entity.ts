import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('camp_ticket')
export class CampTicket {
  @PrimaryColumn('bytea')
  tokenHash: Buffer;

  @Column('bigint')
  orderId: number;

  @Column('timestamptz')
  expiresAt: Date;
}
