/**
 * Something a caller did that the contract names with a code. `message` is what the user reads
 * (Chinese); left out, the line's error table supplies it.
 */
export class BusinessError extends Error {
  override readonly name = 'BusinessError';

  constructor(
    readonly code: number,
    message?: string,
    readonly data: unknown = null,
  ) {
    super(message ?? '');
  }
}

export interface FieldError {
  field: string;
  message: string;
}

/** 400 with the fields that were wrong. */
export function invalid(...errors: FieldError[]): BusinessError {
  return new BusinessError(400, undefined, { errors });
}
