import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('job_worker')
export class JobWorker {
  @PrimaryColumn('text')
  workerId: string;

  @Column('timestamptz')
  seenAt: Date;
}
