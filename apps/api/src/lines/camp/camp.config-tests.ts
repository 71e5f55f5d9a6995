import { sentence, type Sentence } from '@yajin/core';
import { randomBytes } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { GatewayError, Gateways } from '@yajin/payment';
import { PlanetError, type CallOptions, type PlanetClient } from '@yajin/planet';
import { BusinessError, invalid } from '@yajin/server';
import { ConfigTests, SettingsService, type ConfigTestResult } from '../../system/index.js';
import { CampOptions } from './camp.options.js';
import { PLANET } from './planet/planet.options.js';

const GATEWAY = 'wechat-v3';

/** Tries out the two that the line depends on, with the cheapest read that each of them has. */
@Injectable()
export class CampConfigTests implements OnModuleInit {
  constructor(
    private readonly tests: ConfigTests,
    private readonly settings: SettingsService,
    private readonly options: CampOptions,
    private readonly gateways: Gateways,
    @Inject(PLANET) private readonly planet: PlanetClient,
  ) {}

  onModuleInit(): void {
    this.tests.register('planet', (signal) => this.askPlanet(signal));
    this.tests.registerTrial('planet.cookie', (cookie, signal) => this.tryCookie(cookie, signal));
    this.tests.register('wechat', () => this.askWechat());
  }

  /** The client itself never calls again with a cookie that was refused once. */
  private async askPlanet(signal: AbortSignal): Promise<ConfigTestResult> {
    const groupId = await this.options.groupId(this.settings);
    try {
      const found = await this.planet.checkins(groupId, 'ongoing', { signal });
      return { ok: true, said: sentence('test_planet_ok', groupId, found.length) };
    } catch (error) {
      if (!(error instanceof PlanetError)) throw error;
      return { ok: false, said: planetProblem(error, groupId) };
    }
  }

  /**
   * A new cookie replaces one that is good, or may be, only once zsxq has shown the planet to it.
   * @throws BusinessError 400 where zsxq refuses it, 503 where it does not say
   */
  private async tryCookie(cookie: string, signal: AbortSignal): Promise<void> {
    const refused = await this.problemWith({ signal, cookie });
    if (refused === null) return;
    if (refused.kind === 'cookie_expired') throw invalid({ field: 'value', ...sentence('cookie_refused') });
    const kept = await this.problemWith({ signal });
    if (kept?.kind === 'cookie_expired') return;
    if (refused.kind === 'denied')
      throw invalid({ field: 'value', ...sentence('cookie_blind', refused.groupId) });
    throw new BusinessError(503, sentence('cookie_untested'));
  }

  /** What zsxq has against reading the planet; null where it reads. */
  private async problemWith(
    options: CallOptions,
  ): Promise<{ kind: PlanetError['kind']; groupId: string } | null> {
    const groupId = await this.options.groupId(this.settings);
    try {
      await this.planet.checkins(groupId, 'ongoing', options);
      return null;
    } catch (error) {
      if (error instanceof PlanetError) return { kind: error.kind, groupId };
      if (options.signal?.aborted) return { kind: 'unavailable', groupId };
      throw error;
    }
  }

  /** It answers that a number which cannot exist is unknown, so it knows us. Refusals are not always signed: whether we know it, successes show. */
  private async askWechat(): Promise<ConfigTestResult> {
    try {
      await this.gateways.get(GATEWAY).queryTrade(`test_${randomBytes(12).toString('hex')}`);
      return { ok: true, said: sentence('test_wechat_ok') };
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      return { ok: false, said: gatewayProblem(error) };
    }
  }
}

function planetProblem(error: PlanetError, groupId: string): Sentence {
  switch (error.kind) {
    case 'cookie_expired':
      return sentence('test_planet_cookie');
    case 'denied':
      return sentence('test_planet_denied', groupId, error.message);
    case 'throttled':
    case 'turned_away':
    case 'unavailable':
      return sentence('test_planet_failed', error.message);
  }
}

function gatewayProblem({ kind, code, message }: GatewayError): Sentence {
  switch (kind) {
    case 'throttled':
      return sentence('test_wechat_throttled');
    case 'refused':
    case 'insufficient':
    case 'paid':
      return sentence('test_wechat_refused', code);
    case 'unknown':
      return unproven(code, message);
  }
}

function unproven(code: string, message: string): Sentence {
  if (code === 'UNKNOWN_KEY') return sentence('test_wechat_key', message);
  if (code === 'BAD_SIGNATURE') return sentence('test_wechat_signature');
  return code === 'TIMEOUT' || code === 'NETWORK'
    ? sentence('test_wechat_network', message)
    : sentence('test_wechat_odd', code);
}
