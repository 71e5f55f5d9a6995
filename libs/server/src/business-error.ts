import type { Sentence, SentenceCode, SentenceParams } from '@yajin/core';

/**
 * Something a caller did that the contract names with a code. What the user reads is a sentence of ours, or a text
 * (Chinese); left out, the line's error table supplies it.
 */
export class BusinessError extends Error {
  override readonly name = 'BusinessError';
  /** Null where it is a mere text. */
  readonly sentence: Sentence | null;

  constructor(
    readonly code: number,
    said?: string | Sentence,
    readonly data: unknown = null,
  ) {
    super(typeof said === 'object' ? said.message : (said ?? ''));
    this.sentence = typeof said === 'object' ? said : null;
  }
}

export interface FieldError {
  field: string;
  message: string;
  /** Which sentence of ours the message is, and what stands in it. */
  code?: SentenceCode;
  params?: SentenceParams;
}

/** 400 with the fields that were wrong. */
export function invalid(...errors: FieldError[]): BusinessError {
  return new BusinessError(400, undefined, { errors });
}
