import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('sys_upload')
export class SysUpload {
  @PrimaryColumn('text')
  name: string;

  @Column('text')
  contentType: string;

  /** Null where they are in the store. */
  @Column('bytea', { nullable: true })
  bytes: Buffer | null;

  /** The key of the object that the bytes are in; null where they are here. */
  @Column('text', { nullable: true })
  object: string | null;

  @Column('int')
  width: number;

  @Column('int')
  height: number;

  @Column('bigint', { nullable: true })
  userId: number | null;

  @Column('timestamptz')
  createdAt: Date;
}
