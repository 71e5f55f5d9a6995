import { Entity, PrimaryColumn } from 'typeorm';

@Entity('sys_recovery_code')
export class SysRecoveryCode {
  @PrimaryColumn('bigint')
  userId: number;

  @PrimaryColumn('bytea')
  hash: Buffer;
}
