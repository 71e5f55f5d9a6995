import type { Camp } from '@yajin/contract';
import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('camp')
export class CampEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text')
  name: string;

  @Column('text')
  posterUrl: string;

  @Column('text', { nullable: true })
  description: string | null;

  @Column('bigint')
  depositFen: Fen;

  @Column('date')
  startDate: string;

  /** The day after the last one. */
  @Column('date')
  endDate: string;

  @Column('int')
  requiredDays: number;

  @Column('text')
  groupQrcodeUrl: string;

  @Column('text')
  planetProjectId: string;

  @Column('text', { nullable: true })
  planetGroupId: string | null;

  @Column('jsonb', { default: () => "'[]'" })
  rules: string[];

  /** What a draft lacks: placeholders stand in its columns. */
  @Column('text', { array: true, default: () => "'{}'" })
  missing: Camp.CampNeed[];

  @Column('text', { default: 'draft' })
  status: Camp.CampStatus;

  @Column('timestamptz', { nullable: true })
  publishedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  refundsListedAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}
