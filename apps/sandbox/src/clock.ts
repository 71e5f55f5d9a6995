import { localTime } from '@yajin/core';
import type { Store } from './store.js';

/**
 * The sandbox's business time: real time plus an offset that the demo moves. It stamps payloads and
 * bills; signatures, tokens and delivery schedules use real time.
 */
export class Clock {
  private offset: number;

  constructor(private readonly store: Store) {
    this.offset = store.setting<number>('clockOffsetMs') ?? 0;
  }

  get offsetMs(): number {
    return this.offset;
  }

  now(): Date {
    return new Date(Date.now() + this.offset);
  }

  moveTo(offsetMs: number): void {
    this.offset = offsetMs;
    this.store.saveSetting('clockOffsetMs', offsetMs);
  }
}

/** `yyyy-MM-ddTHH:mm:ss+08:00`, as WeChat Pay writes instants. */
export function rfc3339(at: Date | number): string {
  return `${localTime(new Date(at))}+08:00`;
}

/** `yyyyMMddHHmmss`, as ids contain it. */
export function compactTime(at: Date): string {
  return localTime(at).replace(/\D/g, '');
}
