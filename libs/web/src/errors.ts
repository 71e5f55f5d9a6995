export interface FieldError {
  field: string;
  message: string;
  /** Which sentence of the API's the message is, and what stands in it. */
  code?: string;
  params?: (string | number)[];
}

/** What proves who one is: the password, or a one-time code. */
export type Proof = 'password' | 'code';

interface Details {
  status: number;
  /** What is wrong with which field of the request. */
  fields: FieldError[];
  /** By which the server's log names the failure; null when it is none of its own. */
  traceId: string | null;
  retryAfterSeconds: number;
  /** What a refusal asks for, where something can be done about it. */
  reason: string | null;
  /** What would prove who one is, where that is what it asks for. */
  proof: Proof | null;
  /** Which sentence of the API's the message is, where it is not that of `code`. */
  messageCode?: string | undefined;
  messageParams?: (string | number)[] | undefined;
}

/** The API refused. `message` is what the user reads. */
export class ApiError extends Error implements Details {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly fields: FieldError[];
  readonly traceId: string | null;
  readonly retryAfterSeconds: number;
  readonly reason: string | null;
  readonly proof: Proof | null;
  readonly messageCode: string | undefined;
  readonly messageParams: (string | number)[] | undefined;

  constructor(
    readonly code: number,
    message: string,
    details: Details,
  ) {
    super(message);
    this.status = details.status;
    this.fields = details.fields;
    this.traceId = details.traceId;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.reason = details.reason;
    this.proof = details.proof;
    this.messageCode = details.messageCode;
    this.messageParams = details.messageParams;
  }
}

/** No answer: the network or the API is away. What was asked for may have happened all the same. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}
