import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { hash, verify } from '@node-rs/argon2';
import { BusinessError, Clock, maybeRow, rows, type Database } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { ROLE_PERMISSIONS, type Role } from './operator.js';

const SESSION_SECONDS = 86_400;
/** Argon2id takes 19 MiB a run: more at once would let a flood of logins exhaust the memory. */
const CONCURRENT_HASHES = 4;

interface UserRow {
  id: number;
  username: string;
  password_hash: string;
  real_name: string;
  role: Role;
  status: string;
}

@Injectable()
export class AuthService {
  private readonly logger = new Logger(AuthService.name);
  private readonly decoy = hash(randomBytes(16));
  private hashing = 0;

  constructor(
    private readonly db: DataSource,
    private readonly jwt: JwtService,
    private readonly clock: Clock,
  ) {}

  /** An unknown user costs as much time as a wrong password, and reads the same. */
  async login(username: string, password: string): Promise<Camp.LoginResult> {
    const user = await maybeRow<UserRow>(this.db, 'SELECT * FROM sys_user WHERE username = $1', [username]);
    const matches = await this.matches(user?.password_hash ?? (await this.decoy), password);
    if (!user || !matches || user.status !== 'active') throw new BusinessError(401, '用户名或密码错误');
    const sessionId = randomUUID();
    await rows(
      this.db,
      `WITH session AS (
         INSERT INTO sys_session (id, user_id, expires_at) VALUES ($1, $2, now() + make_interval(secs => $3))
       ), stale AS (DELETE FROM sys_session WHERE expires_at < now())
       UPDATE sys_user SET last_login_at = now() WHERE id = $2`,
      [sessionId, user.id, SESSION_SECONDS],
    );
    const claims = { userId: user.id, username: user.username, role: user.role };
    return {
      userId: user.id,
      username: user.username,
      realName: user.real_name,
      role: user.role,
      token: await this.jwt.signAsync(claims, { jwtid: sessionId, expiresIn: SESSION_SECONDS }),
      expiresIn: SESSION_SECONDS,
      permissions: [...ROLE_PERMISSIONS[user.role]],
    };
  }

  async logout(sessionId: string): Promise<void> {
    await rows(this.db, 'DELETE FROM sys_session WHERE id = $1', [sessionId]);
  }

  /** @returns the new user's id, or null when the name is taken */
  async createUser(
    db: Database,
    user: { username: string; password: string; realName: string; role: Role },
  ): Promise<number | null> {
    const created = await maybeRow<{ id: number }>(
      db,
      `INSERT INTO sys_user (username, password_hash, real_name, role, created_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (username) DO NOTHING RETURNING id`,
      [user.username, await hash(user.password), user.realName, user.role, this.clock.now()],
    );
    return created?.id ?? null;
  }

  /** Makes the first admin where there is none. A password nobody chose is printed once, and only here. */
  async ensureAdmin(chosen: string | null): Promise<void> {
    const password = chosen ?? randomBytes(12).toString('base64url');
    const found = await maybeRow(this.db, `SELECT 1 FROM sys_user WHERE role = 'admin'`);
    if (found) return;
    const id = await this.createUser(this.db, {
      username: 'admin',
      password,
      realName: '超级管理员',
      role: 'admin',
    });
    if (id !== null && chosen === null)
      this.logger.warn(`created the first operator: admin / ${password} (shown this once)`);
  }

  private async matches(passwordHash: string, password: string): Promise<boolean> {
    if (this.hashing >= CONCURRENT_HASHES) throw new BusinessError(429);
    this.hashing += 1;
    try {
      return await verify(passwordHash, password);
    } finally {
      this.hashing -= 1;
    }
  }
}
