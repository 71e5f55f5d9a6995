import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An object in the store of images, from before it is put there until it has been deleted. */
@Entity('sys_upload_object')
export class SysUploadObject {
  @PrimaryColumn('text')
  key: string;

  @Column('text')
  hash: string;

  /** Bytes. */
  @Column('int')
  size: number;

  @Column('timestamptz')
  putAt: Date;

  @Column('timestamptz', { nullable: true })
  freeSince: Date | null;

  @Column('boolean', { default: false })
  removing: boolean;

  /** How often the store has not deleted it. */
  @Column('int', { default: 0 })
  tries: number;

  /** It is not tried again before. */
  @Column('timestamptz', { nullable: true })
  tryAt: Date | null;
}
