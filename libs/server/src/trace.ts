import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** What every line of the log that comes of it says: of which request it is, wherever the work is done, and what it is about. */
export interface Trace {
  readonly traceId: string;
  /** Such as `job-12`, `refund-7` or `order-YJ…`: ids and numbers of ours, nothing about people. */
  about?: string;
}

/** No quote and no backslash: it stands in SQL. */
const TRACE_ID = /^[A-Za-z0-9._-]{8,64}$/;
/** https://www.w3.org/TR/trace-context/#traceparent-header: an id of zeros is none. */
const TRACE_PARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-|$)/;

const storage = new AsyncLocalStorage<Trace | null>();

/** Of whose doing this is; null where nobody said. */
export function currentTrace(): Trace | null {
  return storage.getStore() ?? null;
}

/** Runs `work`, and all that comes of it, as of this trace, or of none. */
export function traced<Result>(trace: Trace | null, work: () => Result): Result {
  return storage.run(trace, work);
}

/** A trace of its own for what nobody's request has brought about. */
export function newTrace(about?: string): Trace {
  return { traceId: randomUUID(), ...(about === undefined ? {} : { about }) };
}

/** Says what the current work has turned out to be about; what was said first counts. */
export function noteAbout(what: string): void {
  const trace = currentTrace();
  if (trace) trace.about ??= what;
}

/** @returns null for what no proxy or release of ours writes */
export function traceIdFrom(text: unknown): string | null {
  return typeof text === 'string' && TRACE_ID.test(text) ? text : null;
}

/** What the proxy, or the caller, calls a request; else a new id. */
export function traceIdOf(headers: Readonly<Record<string, unknown>>): string {
  const parent = headers['traceparent'];
  return (
    traceIdFrom(headers['x-request-id']) ??
    (typeof parent === 'string' ? TRACE_PARENT.exec(parent)?.[1] : undefined) ??
    randomUUID()
  );
}
