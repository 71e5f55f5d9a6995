import type { Console } from '@yajin/contract/console';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { UploadEntry } from './upload-lines.js';

@Entity('camp_checkin_upload')
export class CampCheckinUpload {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('bigint')
  campId: number;

  @Column('text')
  fileName: string;

  @Column('text', { default: 'draft' })
  status: Console.CheckinUpload['status'];

  @Column('jsonb', { nullable: true })
  entries: UploadEntry[] | null;

  @Column('int')
  lines: number;

  @Column('int', { default: 0 })
  added: number;

  @Column('boolean', { default: false })
  closes: boolean;

  @Column('bigint')
  userId: number;

  @Column('text')
  userName: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  appliedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  undoneAt: Date | null;
}
