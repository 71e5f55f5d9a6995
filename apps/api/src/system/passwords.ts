import { hash } from '@node-rs/argon2';
import { Turns } from './turns.js';

/** Argon2id takes 19 MiB a run: more at once would let a flood of logins exhaust the memory. */
export class Passwords {
  private readonly turns = new Turns({ atOnce: 4, waiting: 16, waitMs: 2000 });

  /** @throws TryLater */
  hash(password: string): Promise<string> {
    return this.turns.take(() => hash(password));
  }

  /** Looks at a password when its turn has come. @throws TryLater */
  check(isRight: () => Promise<boolean>): Promise<boolean> {
    return this.turns.take(isRight);
  }
}
