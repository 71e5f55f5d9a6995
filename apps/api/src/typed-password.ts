import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { hash } from '@node-rs/argon2';
import { isBroken, type SentenceCode } from '@yajin/core';
import { passwordProblem } from './system/index.js';

const LONGEST = 128;
/** More is no password. */
const MOST_BYTES = 4096;

/** What rules of passwords say, for whoever sits at the machine. */
const IN_ENGLISH: Partial<Record<SentenceCode, string>> = {
  too_short: 'It must have at least 10 characters.',
  password_is_name: 'It must not be the username.',
  password_common: 'It is too common.',
  password_of_words: 'It must not be made of the username and words that anybody would try here first.',
  password_of_demo: 'It is one of the demo.',
};

/**
 * A new password from the terminal, where it is not shown and typed twice, or the first line of what is piped in; never an argument, which
 * every user of the machine could read.
 * @returns its hash
 * @throws Error saying which rule it does not keep
 */
export async function typedPassword(username: string): Promise<string> {
  const password = process.stdin.isTTY ? await typedTwice() : await pipedIn();
  const problem = passwordProblem(password, username, false);
  if (problem) throw new Error(IN_ENGLISH[problem.code] ?? problem.message);
  if (Array.from(password).length > LONGEST || isBroken(password))
    throw new Error(`It must have at most ${LONGEST} characters that can be typed.`);
  return hash(password);
}

async function typedTwice(): Promise<string> {
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: unseen, terminal: true });
  terminal.on('SIGINT', () => process.exit(130));
  try {
    const ask = async (what: string): Promise<string> => {
      process.stderr.write(what);
      const typed = await terminal.question('');
      process.stderr.write('\n');
      return typed;
    };
    const password = await ask('New password: ');
    if ((await ask('Once more: ')) !== password) throw new Error('The two are not the same.');
    return password;
  } finally {
    terminal.close();
  }
}

async function pipedIn(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    text += chunk.toString();
    if (text.length > MOST_BYTES) break;
  }
  return text.split(/\r?\n/, 1)[0] ?? '';
}
