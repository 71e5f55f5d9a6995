import { IdText, OneOf, Optional, PageQuery, Text, says } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { Matches } from 'class-validator';
import { USERNAME } from './accounts.js';
import { NEW_PASSWORD, Password } from './auth.dto.js';

const ROLES: readonly Camp.Role[] = ['admin', 'manager', 'coach', 'volunteer', 'finance'];
const STATUSES: readonly Camp.UserStatus[] = ['active', 'disabled'];

export class UserIdParam {
  @IdText()
  id: number;
}

export class UserQuery extends PageQuery(20) {}

export class CreateUserDto implements Camp.CreateUserRequest {
  @Matches(USERNAME, says('not_username'))
  username: string;

  @Password(NEW_PASSWORD)
  password: string;

  @Text({ max: 50 })
  realName: string;

  @OneOf(ROLES)
  role: Camp.Role;
}

export class UpdateUserDto implements Camp.UpdateUserRequest {
  @Optional()
  @Text({ max: 50 })
  realName?: string;

  @Optional()
  @OneOf(ROLES)
  role?: Camp.Role;

  @Optional()
  @OneOf(STATUSES)
  status?: Camp.UserStatus;

  @Optional()
  @Password(NEW_PASSWORD)
  password?: string;

  @Optional()
  @Password({ min: 1 })
  oldPassword?: string;
}
