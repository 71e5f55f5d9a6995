import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row, which opens by this database's master key. */
@Entity('sys_master_key')
export class SysMasterKey {
  @PrimaryColumn('int')
  id: number;

  @Column('text')
  sealed: string;
}
