import type { DynamicModule, Type } from '@nestjs/common';
import type { Envelope, Job } from '@yajin/server';

/** What a line may know of the deployment that it is mounted in. */
export interface Deployment {
  /** What links and notification addresses begin with, without a trailing slash. */
  publicUrl: string;
  /** Whether sample data is shown, and the clock can be moved. */
  demo: boolean;
  /** The key of the platform around it; empty for a line that has none. */
  tokenKey: string;
  /** Whether a personal link must carry our signature. */
  enrollLinkSignature: 'optional' | 'required';
  /** The account in whose name members are met. */
  wechat: { oauthBase: string; appId: string; appSecret: string; agentId: string | null };
  planet: {
    apiBase: string;
    groupId: string;
    cookie: string | null;
    minIntervalMs: number;
    retryMs: number;
    backoffMs: number;
  };
}

/**
 * All that the rest of the system has to know of a line of business. Whoever keeps a list by lines (the application, the
 * environment, the documents, the tests' kit, the tools) reads it from here.
 */
export interface LineManifest {
  /** In the kernel and in addresses; also the audience of its users' tokens. */
  readonly name: string;
  /**
   * The environment's name of the key that it shares with the platform around it: it is mounted where there is one. Null for a
   * line with users of its own, which is mounted always.
   */
  readonly tokenKey: string | null;
  readonly module: (deployment: Deployment) => DynamicModule;
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
