import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('list_anchor')
export class ListAnchor {
  @PrimaryColumn('text')
  list: string;

  @PrimaryColumn('bigint')
  place: number;

  @Column('bigint')
  id: number;

  @Column('timestamptz', { nullable: true })
  at: Date | null;
}
