import type { DynamicModule, Type } from '@nestjs/common';
import type { EnvironmentReader, Variables } from '@yajin/payment';
import type { Envelope, Job } from '@yajin/server';

/** A line as the environment configures it. */
export interface ConfiguredLine {
  /** What its parts are told. */
  readonly options: object;
  /** Every address that it asks others at; one of another machine ends the demo. */
  readonly addresses: readonly string[];
  /** Only once the whole environment is known to be good. */
  module(demo: boolean): DynamicModule;
}

/**
 * All that the rest of the system has to know of a line of business. Whoever keeps a list by lines (the application, the
 * environment, the documents, the tests' kit, the tools) reads it from here.
 */
export interface LineManifest {
  /** In the kernel and in addresses; also the audience of its users' tokens. */
  readonly name: string;
  /** The environment's name of the key that it shares with the platform around it; null for a line with users of its own. */
  readonly tokenKey: string | null;
  /** @param publicUrl what our own addresses begin with. @returns null where it is not to be mounted */
  readonly read: (reader: EnvironmentReader, publicUrl: string) => ConfiguredLine | null;
  /** Whatever `read` asks for. */
  readonly variables: Variables;
  /** Its OpenAPI document. */
  readonly document: object;
  /** Where that is shown; `api/docs/<name>` unless given. */
  readonly documentAt?: string;
  /** How it answers, by the paths that are its own. */
  readonly envelopes: readonly Envelope[];
  /** Paths that begin so get the bytes that came, not what they mean: signatures are checked over them. */
  readonly rawBodies: readonly string[];
  /** Routes of its that take more than the usual body, in bytes. */
  readonly bodyLimits?: Readonly<Record<string, number>>;
  /** Its tables. */
  readonly entities: readonly Type[];
  /** What it has done in the background. */
  readonly jobs?: readonly Pick<Job, 'name'>[];
}

/** A line of a platform that not every deployment has: it is mounted where there is the key of its users' tokens. */
export function hosted(
  tokenKey: string,
  module: (key: string, demo: boolean) => DynamicModule,
): Pick<LineManifest, 'tokenKey' | 'variables' | 'read'> {
  return {
    tokenKey,
    variables: {
      [tokenKey]: [
        'none: it is not served; made in the demo',
        'the key that it shares with the platform around it; 32 characters, at random',
      ],
    },
    read: (reader) => {
      const key = reader.optionalSecret(tokenKey, 32);
      return key === null ? null : { options: { key }, addresses: [], module: (demo) => module(key, demo) };
    },
  };
}
