import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('camp_sync_task')
export class CampSyncTask {
  @PrimaryColumn('text')
  id: string;

  @Column('timestamptz')
  startedAt: Date;

  @Column('timestamptz', { nullable: true })
  endedAt: Date | null;
}
