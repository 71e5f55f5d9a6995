import type { Camp } from '@yajin/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('camp_consent')
export class CampConsent {
  @PrimaryColumn('bigint')
  orderId: number;

  @PrimaryColumn('text')
  version: string;

  @Column('text')
  language: Camp.NoticeLanguage;

  @Column('timestamptz')
  consentedAt: Date;
}
