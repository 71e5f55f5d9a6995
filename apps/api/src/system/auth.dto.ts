import { Text } from '@yajin/server';
import { IsString, MaxLength, MinLength } from 'class-validator';

export class LoginDto {
  @Text({ max: 64 })
  username: string;

  // Not trimmed: blanks may be part of a password.
  @IsString({ message: '应为文本' })
  @MinLength(1, { message: '不能为空' })
  @MaxLength(128, { message: '最多 128 个字符' })
  password: string;
}
