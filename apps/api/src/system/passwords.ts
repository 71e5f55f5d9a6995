import { Injectable } from '@nestjs/common';
import { hash } from '@node-rs/argon2';
import { invalid, Semaphore } from '@yajin/server';
import { passwordProblem } from './password.rules.js';
import { SystemOptions } from './system.options.js';
import { TryLater } from './try-later.js';

/**
 * Argon2id takes 19 MiB a run: more at once would let a flood of logins exhaust the memory. And it runs on libuv's four threads,
 * one of which is left to files and host names.
 */
@Injectable()
export class Passwords {
  private readonly semaphore = new Semaphore({ atOnce: 3, waiting: 16, waitMs: 2000 }, () => new TryLater(1));

  constructor(private readonly options: SystemOptions) {}

  /**
   * A password that a person chose.
   * @param field of the request, for the refusal
   * @throws BusinessError 400, TryLater
   */
  async hashChosen(password: string, username: string, field: string): Promise<string> {
    const problem = passwordProblem(password, username, this.options.demo);
    if (problem !== null) throw invalid({ field, ...problem });
    return this.hash(password);
  }

  /** @throws TryLater */
  hash(password: string): Promise<string> {
    return this.semaphore.run(() => hash(password));
  }

  /** Looks at a password when its turn has come. @throws TryLater */
  check<Result>(isRight: () => Promise<Result>): Promise<Result> {
    return this.semaphore.run(isRight);
  }
}
