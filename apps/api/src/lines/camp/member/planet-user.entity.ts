import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('planet_user')
export class PlanetUser {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('text')
  planetUserId: string;

  @Column('text', { default: '' })
  name: string;

  @Column('text', { default: '' })
  alias: string;

  @Column('timestamptz')
  updatedAt: Date;
}
