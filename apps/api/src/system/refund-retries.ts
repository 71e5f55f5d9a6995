import { Injectable } from '@nestjs/common';
import type { Operator } from './operator.js';

/** Retries a refund by what asked for it, as the line's page does. @returns whether the line lists it @throws BusinessError when it may not be */
type RetryOfLine = (operator: Operator, source: string) => Promise<boolean>;

/** How lines retry the refunds that they list on pages of their own, for whoever retries those of many lines at once. */
@Injectable()
export class RefundRetries {
  private readonly lines = new Map<string, RetryOfLine>();

  register(line: string, retry: RetryOfLine): void {
    this.lines.set(line, retry);
  }

  of(line: string): RetryOfLine | undefined {
    return this.lines.get(line);
  }
}
