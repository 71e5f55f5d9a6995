import type { Gateway } from '../gateway.js';

/** Reads the environment, and collects what is wrong with it, so that all of it is said at once. */
export interface EnvironmentReader {
  optional(name: string): string | null;
  text(name: string, fallback: string): string;
  required(name: string): string;
  /** Of a server that speaks HTTP; required where there is no fallback. */
  url(name: string, fallback?: string): string;
  optionalUrl(name: string): string | null;
  secret(name: string, length: number): string;
  optionalSecret(name: string, length: number): string | null;
  whole(name: string, fallback: number): number;
  oneOf<Value extends string>(name: string, values: readonly Value[], fallback: Value): Value;
  /** Until the problems are thrown, an unreadable value stands in as undefined. */
  parsed<Value>(name: string, parse: (text: string) => Value): Value;
  problem(text: string): void;
}

/** By their names: what holds where it is not given (empty: it has to be), and what it is, for docs/configuration.md. */
export type Variables = Readonly<Record<string, readonly [otherwise: string, what: string]>>;

/** A gateway as the environment configures it. */
export interface ConfiguredGateway {
  /** Every address that money is asked for at. */
  readonly addresses: readonly string[];
  /** Only once the whole environment is known to be good. */
  open(deployment: { production: boolean }): Gateway;
}

/**
 * What a gateway can do beside taking money and giving it back, also in parts: payouts, bills, statements of the merchant's account,
 * sending an abnormal refund elsewhere.
 */
export type Capability = 'transfer' | 'bill' | 'statement' | 'abnormal';

/** All that the rest of the system has to know of a gateway before it is asked to do anything. */
export interface GatewayDescriptor {
  /** Stored with every attempt; never changes. */
  readonly name: string;
  /** Chinese, for people. */
  readonly label: string;
  readonly scenes: Gateway['scenes'];
  readonly numberLength: Gateway['numberLength'];
  readonly can: readonly Capability[];
  /** Whether its money is none: it is there in the demo only. */
  readonly pretends?: true;
  /** Whatever `read` asks for. */
  readonly variables: Variables;
  /** @param publicUrl what our own addresses begin with. @returns null where it is not configured */
  read(reader: EnvironmentReader, publicUrl: string): ConfiguredGateway | null;
}

/** A gateway is configured by giving any of these; then all that have no default must be there. */
export function given(reader: EnvironmentReader, ...names: string[]): boolean {
  return names.some((name) => reader.optional(name) !== null);
}
