import { randomBytes } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { GatewayError, Gateways } from '@yajin/payment';
import { PlanetError, type PlanetClient } from '@yajin/planet';
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
    this.tests.register('wechat', () => this.askWechat());
  }

  /** The client itself never calls again with a cookie that was refused once. */
  private async askPlanet(signal: AbortSignal): Promise<ConfigTestResult> {
    const groupId = (await this.settings.get('planet.groupId')) ?? this.options.planetGroupId;
    try {
      const found = await this.planet.checkins(groupId, 'ongoing', { signal });
      return { ok: true, message: `Cookie 有效，星球 ${groupId} 有 ${found.length} 个进行中的打卡项目` };
    } catch (error) {
      if (!(error instanceof PlanetError)) throw error;
      return { ok: false, message: planetProblem(error, groupId) };
    }
  }

  /** It answers that a number which cannot exist is unknown, so it knows us. Refusals are not always signed: whether we know it, successes show. */
  private async askWechat(): Promise<ConfigTestResult> {
    try {
      await this.gateways.get(GATEWAY).queryTrade(`test_${randomBytes(12).toString('hex')}`);
      return { ok: true, message: '商户号、商户证书与私钥正确，微信支付已正常应答' };
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      return { ok: false, message: gatewayProblem(error) };
    }
  }
}

function planetProblem(error: PlanetError, groupId: string): string {
  switch (error.kind) {
    case 'cookie_expired':
      return 'Cookie 未设置或已失效：请重新登录知识星球，把新的 Cookie 填到这里';
    case 'denied':
      return `Cookie 有效，但该账号看不到星球 ${groupId}：请核对星球 ID，并确认账号已加入。${error.message}`;
    case 'throttled':
    case 'turned_away':
    case 'unavailable':
      return `${error.message}。请稍后再试`;
  }
}

function gatewayProblem({ kind, code, message }: GatewayError): string {
  switch (kind) {
    case 'throttled':
      return '微信支付限流，请稍后再试';
    case 'refused':
    case 'insufficient':
    case 'paid':
      return `微信支付拒绝（${code}）：请核对商户号、商户证书序列号与私钥`;
    case 'unknown':
      return unproven(code, message);
  }
}

function unproven(code: string, message: string): string {
  if (code === 'UNKNOWN_KEY') return `${message}：请补充这个公钥或平台证书`;
  if (code === 'BAD_SIGNATURE') return '应答没有通过验签：请核对商户私钥、证书序列号与微信支付公钥';
  return code === 'TIMEOUT' || code === 'NETWORK' ? `${message}，请检查网络` : `微信支付应答异常（${code}）`;
}
