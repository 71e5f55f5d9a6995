import { Optional, Text, says } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { applyDecorators } from '@nestjs/common';
import { IsString, Matches, MaxLength, MinLength } from 'class-validator';

/** A password, new or given. Not trimmed: blanks may be part of it. */
export function Password({ min }: { min: number }): PropertyDecorator {
  return applyDecorators(
    IsString(says('not_text')),
    MinLength(min, min === 1 ? says('blank') : says('too_short', min)),
    MaxLength(128, says('too_long', 128)),
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
  @Matches(/^\d{6}$/, says('not_six_digits'))
  code: string;
}

export class ChangePasswordDto implements Camp.ChangePasswordRequest {
  @Password({ min: 1 })
  oldPassword: string;

  @Password(NEW_PASSWORD)
  newPassword: string;
}
