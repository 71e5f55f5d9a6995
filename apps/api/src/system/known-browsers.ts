import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from '@yajin/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { folded } from './password.rules.js';
import { SystemOptions } from './system.options.js';

const PATH = '/api/admin';
const PURPOSE = 'known-browser';
const DAYS = 180;
const LIFE_MS = DAYS * 86_400_000;

/** A browser that the account knows. */
export interface KnownBrowser {
  name: string;
  /** When it last asked to log in, and did. */
  since: Date;
}

/**
 * Remembers in the browser itself who has logged in with it: a cookie an account, signed for that account and of no use to
 * another. It opens nothing; it only counts wrong passwords apart from those of strangers.
 */
@Injectable()
export class KnownBrowsers {
  constructor(
    private readonly secrets: Secrets,
    private readonly options: SystemOptions,
  ) {}

  /** @returns null when this account has not met it */
  find(request: FastifyRequest, username: string): KnownBrowser | null {
    const [id = '', expires = '', signature = ''] = (request.cookies[cookieOf(username)] ?? '').split('.');
    if (!/^\d{1,15}$/.test(expires) || Number(expires) < Date.now()) return null;
    if (!this.secrets.verifies(PURPOSE, content(username, id, expires), signature)) return null;
    return { name: `browser:${id}`, since: new Date(Number(expires) - LIFE_MS) };
  }

  /**
   * One that is known keeps its name, so that logging in again and again does not begin another count.
   * @param since when it asked for what has proved who it is
   */
  remember(request: FastifyRequest, reply: FastifyReply, username: string, since: Date): void {
    const known = this.find(request, username);
    const id = known?.name.replace('browser:', '') ?? randomBytes(16).toString('base64url');
    const expires = String(since.getTime() + LIFE_MS);
    const signature = this.secrets.sign(PURPOSE, content(username, id, expires));
    void reply.setCookie(cookieOf(username), `${id}.${expires}.${signature}`, {
      path: PATH,
      httpOnly: true,
      sameSite: 'strict',
      secure: this.options.publicUrl.startsWith('https:'),
      maxAge: LIFE_MS / 1000,
    });
  }
}

/** A cookie's name takes few characters, and tells nobody who logs in here. */
function cookieOf(username: string): string {
  return `yajin_known_${createHash('sha256').update(folded(username)).digest('hex').slice(0, 16)}`;
}

function content(username: string, id: string, expires: string): string {
  return JSON.stringify([folded(username), id, expires]);
}
