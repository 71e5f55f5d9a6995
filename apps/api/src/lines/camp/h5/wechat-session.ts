import '@fastify/cookie';
import { JwtService } from '@nestjs/jwt';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

const COOKIE = 'yajin_wechat';
const LIFE_SECONDS = 30 * 86_400;
const AUDIENCE = 'h5';

/** Remembers in an HttpOnly cookie which openid a browser has proved to have. */
@Injectable()
export class WechatSession {
  constructor(private readonly jwt: JwtService) {}

  async begin(reply: FastifyReply, openid: string): Promise<void> {
    const token = await this.jwt.signAsync({ openid }, { audience: AUDIENCE, expiresIn: LIFE_SECONDS });
    void reply.setCookie(COOKIE, token, {
      httpOnly: true,
      sameSite: 'lax',
      path: '/api/h5',
      maxAge: LIFE_SECONDS,
    });
  }

  async openid(request: FastifyRequest): Promise<string | null> {
    const token = request.cookies[COOKIE];
    if (!token) return null;
    try {
      return (await this.jwt.verifyAsync<{ openid: string }>(token, { audience: AUDIENCE })).openid;
    } catch {
      return null;
    }
  }
}
