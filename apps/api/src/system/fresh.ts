import { sentence } from '@yajin/core';
import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import { BusinessError } from '@yajin/server';
import type { Operator } from './operator.js';

/** For how long a proof of who somebody is counts as fresh. Real time. */
export const FRESH_MINUTES = 10;

export const FRESH = 'yajin:fresh';

/** A route for whoever has proved who they are within the last ten minutes, by logging in or once more. */
export function Fresh(): CustomDecorator {
  return SetMetadata(FRESH, true);
}

/** 403 that says what proves it. */
export function freshRequired({ secondFactor }: Operator): BusinessError {
  return new BusinessError(403, sentence('prove_again'), {
    reason: 'fresh_auth_required',
    proof: secondFactor ? 'code' : 'password',
  });
}
