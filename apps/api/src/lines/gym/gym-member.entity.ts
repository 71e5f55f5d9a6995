import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('gym_member')
export class GymMember {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('text')
  userId: string;

  @Column('text')
  name: string;

  @Column('date', { nullable: true })
  membershipUntil: string | null;

  @Column('int', { default: 0 })
  courseLessons: number;

  @Column('int', { default: 0 })
  privateLessons: number;

  @Column('timestamptz')
  createdAt: Date;
}
