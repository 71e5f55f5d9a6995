import { Entity, PrimaryColumn } from 'typeorm';

@Entity('camp_staff')
export class CampStaff {
  @PrimaryColumn('bigint')
  campId: number;

  @PrimaryColumn('bigint')
  userId: number;

  @PrimaryColumn('text')
  duty: 'coach' | 'volunteer';
}
