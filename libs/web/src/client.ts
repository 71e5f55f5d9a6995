import {
  campRoutes,
  consoleRoutes,
  type CampOperations,
  type ConsoleOperations,
} from '@yajin/contract/client';
import { ApiError, Unreachable, type FieldError, type Proof } from './errors.js';

type Operations = CampOperations & ConsoleOperations;
export type OperationName = keyof Operations;

const routes = { ...campRoutes, ...consoleRoutes };

/** Path parameters, query and body of an operation. */
export type Input<Name extends OperationName> = Pick<Operations[Name]['request'], 'path' | 'query' | 'body'>;

/** The `data` of an operation's answer. */
export type Output<Name extends OperationName> = Operations[Name]['answer'] extends { data: infer Data }
  ? Data
  : Operations[Name]['answer'];

export interface CallOptions {
  signal?: AbortSignal;
  /** A UUID: repeats under it get the first answer again. */
  idempotencyKey?: string;
  /** Sends it in place of `fetch`. */
  send?: typeof fetch;
}

export interface ClientOptions {
  /** Sent with every call, such as the operator's token. */
  headers?: () => Record<string, string>;
  /** Told of every 401, before the caller is. */
  onUnauthorized?: () => void;
  /** Told of every refusal, before the caller is. */
  onRefused?: (error: ApiError) => void;
  /** Has whoever is there prove once more who they are. Where they do, what was refused for want of it is asked for once more. */
  proveFresh?: (proof: Proof) => Promise<boolean>;
}

interface Envelope {
  code: number;
  message: string;
  data: unknown;
  messageCode?: string;
  messageParams?: (string | number)[];
}

/** Calls operations by their name, typed from the OpenAPI document. Answers resolve to their `data`. */
export class Client {
  constructor(private readonly options: ClientOptions = {}) {}

  /** @throws ApiError for a refusal, Unreachable when there was no answer */
  async call<Name extends OperationName>(
    name: Name,
    input: Input<Name>,
    options: CallOptions = {},
  ): Promise<Output<Name>> {
    const response = await this.fetch(name, input, options);
    const envelope = (await response.json()) as Envelope;
    return envelope.data as Output<Name>;
  }

  /** A file and the name that the server gave it. @throws as `call` */
  async download<Name extends OperationName>(
    name: Name,
    input: Input<Name>,
    options: CallOptions & { onProgress?: (bytes: number) => void } = {},
  ): Promise<{ blob: Blob; fileName: string }> {
    const response = await this.fetch(name, input, options);
    const chunks: BlobPart[] = [];
    let bytes = 0;
    for await (const chunk of readBody(response)) {
      chunks.push(chunk);
      bytes += chunk.byteLength;
      options.onProgress?.(bytes);
    }
    const type = response.headers.get('content-type') ?? '';
    const fileName = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
    return { blob: new Blob(chunks, { type }), fileName: fileName ?? 'download' };
  }

  /** The raw answer of an operation that went well. @throws as `call` */
  async fetch<Name extends OperationName>(
    name: Name,
    input: Input<Name>,
    options: CallOptions = {},
  ): Promise<Response> {
    const first = await this.send(name, input, options);
    if (first instanceof Response) return first;
    const { proveFresh } = this.options;
    if (!first.proof || !proveFresh || !(await proveFresh(first.proof))) throw first;
    const second = await this.send(name, input, options);
    if (second instanceof Response) return second;
    throw second;
  }

  private async send<Name extends OperationName>(
    name: Name,
    input: Input<Name>,
    { signal, idempotencyKey, send = fetch }: CallOptions,
  ): Promise<Response | ApiError> {
    const [method, url] = address(routes[name], input);
    const body = input.body as unknown;
    const form = body instanceof FormData;
    const response = await send(url, {
      method,
      signal: signal ?? null,
      headers: {
        ...this.options.headers?.(),
        ...(body === undefined || form ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
      },
      body: body === undefined ? null : form ? body : JSON.stringify(body),
    }).catch((error: unknown) => {
      if (signal?.aborted) throw error;
      throw new Unreachable();
    });
    if (response.ok) return response;
    if (response.status === 401) this.options.onUnauthorized?.();
    const error = await refusal(response);
    this.options.onRefused?.(error);
    return error;
  }
}

type Values = Record<string, string | number | boolean | null | undefined>;

function address(
  route: string,
  { path, query }: { path?: unknown; query?: unknown },
): [method: string, url: string] {
  const [method = 'GET', template = '/'] = route.split(' ');
  const values = (path ?? {}) as Values;
  const url = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(values[name] ?? '')),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Values)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  // Phones of members know no `size` of it.
  const given = search.toString();
  return [method, given === '' ? url : `${url}?${given}`];
}

async function refusal(response: Response): Promise<ApiError> {
  const envelope = (await response.json().catch(() => null)) as Partial<Envelope> | null;
  const data = envelope?.data as { errors?: FieldError[]; reason?: string; proof?: Proof } | null | undefined;
  return new ApiError(envelope?.code ?? response.status, envelope?.message ?? '', {
    status: response.status,
    fields: data?.errors ?? [],
    traceId: response.headers.get('x-trace-id'),
    retryAfterSeconds: Number(response.headers.get('retry-after') ?? 0),
    reason: data?.reason ?? null,
    proof: data?.proof ?? null,
    messageCode: envelope?.messageCode,
    messageParams: envelope?.messageParams,
  });
}

async function* readBody(response: Response): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    yield part.value;
  }
}
