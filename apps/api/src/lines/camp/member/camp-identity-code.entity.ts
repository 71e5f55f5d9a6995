import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('camp_identity_code')
export class CampIdentityCode {
  @PrimaryColumn('bigint')
  memberId: number;

  @Column('text')
  code: string;

  @Column('text')
  planetUserId: string;

  @Column('timestamptz')
  expiresAt: Date;

  @Column('timestamptz', { nullable: true })
  seenAt: Date | null;

  @Column('timestamptz', { nullable: true })
  settledAt: Date | null;
}
