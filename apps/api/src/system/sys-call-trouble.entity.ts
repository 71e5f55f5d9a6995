import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What goes wrong between one process and another side just now, so that the others can show it. */
@Entity('sys_call_trouble')
export class SysCallTrouble {
  /** A name that it has given itself. */
  @PrimaryColumn('text')
  process: string;

  @PrimaryColumn('text')
  side: string;

  /** `clock` for one that differs. */
  @PrimaryColumn('text')
  operation: string;

  @Column('text')
  level: 'degraded' | 'down';

  @Column('text')
  outcome: string;

  @Column('text')
  code: string;

  @Column('text')
  message: string;

  /** In a row; of a clock, by how many seconds it differs. */
  @Column('int')
  failures: number;

  /** When the process last said so. */
  @Column('timestamptz')
  seenAt: Date;
}
