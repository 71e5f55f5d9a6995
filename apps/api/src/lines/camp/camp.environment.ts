import type { EnvironmentReader } from '@yajin/payment';
import type { ConfiguredLine } from '../manifest.js';
import { CampLineModule } from './camp-line.module.js';
import { CampOptions } from './camp.options.js';
import { PlanetOptions } from './planet/planet.options.js';
import { WechatOptions } from './wechat/wechat-account.js';

/** The camps are what every deployment is for, so they are always mounted. */
export function readCamp(reader: EnvironmentReader, publicUrl: string): ConfiguredLine {
  const wechat = new WechatOptions(
    reader.required('WECHAT_OAUTH_BASE').replace(/\/+$/, ''),
    reader.required('WECHAT_APP_ID'),
    reader.required('WECHAT_APP_SECRET'),
    readAgentId(reader),
  );
  const planet = new PlanetOptions(
    reader.required('PLANET_API_BASE').replace(/\/+$/, ''),
    reader.whole('PLANET_MIN_INTERVAL_MS', 6000),
    reader.whole('PLANET_RETRY_MS', 1_000),
    reader.whole('PLANET_BACKOFF_MS', 90_000),
    reader.optional('PLANET_COOKIE'),
  );
  const signature = reader.oneOf('ENROLL_LINK_SIGNATURE', ['optional', 'required'], 'optional');
  const camp = new CampOptions(publicUrl, reader.required('PLANET_GROUP_ID'), signature === 'required');
  const options = { camp, wechat, planet };
  return {
    options,
    addresses: [wechat.apiBase, planet.apiBase],
    module: (demo) => CampLineModule.forRoot({ ...options, demo }),
  };
}

/** The application of a WeCom corporation; an official account has none. */
function readAgentId(reader: EnvironmentReader): string | null {
  const agentId = reader.optional('WECHAT_AGENT_ID');
  if (agentId !== null && !/^\d{1,10}$/.test(agentId)) reader.problem('WECHAT_AGENT_ID must be a number');
  return agentId;
}
