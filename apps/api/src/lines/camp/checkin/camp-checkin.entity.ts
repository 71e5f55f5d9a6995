import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('camp_checkin')
export class CampCheckin {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('bigint')
  campId: number;

  @Column('text')
  topicId: string;

  @Column('bigint')
  planetUserRef: number;

  @Column('date')
  checkinDate: string;

  @Column('timestamptz')
  checkinTime: Date;

  @Column('text')
  content: string;

  @Column('timestamptz')
  syncedAt: Date;

  @Column('bigint', { nullable: true })
  uploadId: number | null;

  @Column('boolean', { default: false })
  erased: boolean;
}
