import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('sys_upload')
export class SysUpload {
  @PrimaryColumn('text')
  name: string;

  @Column('text')
  contentType: string;

  @Column('bytea')
  bytes: Buffer;

  @Column('int')
  width: number;

  @Column('int')
  height: number;

  @Column('bigint', { nullable: true })
  userId: number | null;

  @Column('timestamptz')
  createdAt: Date;
}
