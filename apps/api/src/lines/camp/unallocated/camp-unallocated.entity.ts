import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('camp_unallocated')
export class CampUnallocated {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('bigint')
  orderId: number;

  @Column('bigint', { nullable: true })
  campId: number | null;

  @Column('text')
  reason: string;

  @Column('text', { nullable: true })
  decision: 'assigned' | 'refunded' | null;

  @Column('timestamptz')
  createdAt: Date;
}
