import { Optional, Text } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { applyDecorators } from '@nestjs/common';
import { IsString, Matches, MaxLength, MinLength } from 'class-validator';

/** A password, new or given. Not trimmed: blanks may be part of it. */
export function Password({ min }: { min: number }): PropertyDecorator {
  return applyDecorators(
    IsString({ message: '应为文本' }),
    MinLength(min, { message: min === 1 ? '不能为空' : `至少 ${min} 个字符` }),
    MaxLength(128, { message: '最多 128 个字符' }),
  );
}

/** What can be said without knowing whose it is; password.rules.ts has the last word. */
export const NEW_PASSWORD = { min: 8 };

export class LoginDto implements Camp.LoginRequest {
  @Text({ max: 64 })
  username: string;

  @Password({ min: 1 })
  password: string;

  @Optional()
  @Text({ max: 64 })
  code?: string;
}

export class FreshProofDto implements Camp.FreshProof {
  @Optional()
  @Password({ min: 1 })
  password?: string;

  @Optional()
  @Text({ max: 64 })
  code?: string;
}

export class ConfirmTotpDto implements Camp.ConfirmTotpRequest {
  @Matches(/^\d{6}$/, { message: '应为 6 位数字' })
  code: string;
}

export class ChangePasswordDto implements Camp.ChangePasswordRequest {
  @Password({ min: 1 })
  oldPassword: string;

  @Password(NEW_PASSWORD)
  newPassword: string;
}
