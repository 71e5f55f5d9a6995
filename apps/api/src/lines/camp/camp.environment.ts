import type { EnvironmentReader, Variables } from '@yajin/payment';
import type { ConfiguredLine } from '../manifest.js';
import { CampLineModule } from './camp-line.module.js';
import { CampOptions } from './camp.options.js';
import { PlanetOptions } from './planet/planet.options.js';
import { WechatOptions } from './wechat/wechat-account.js';

export const CAMP_VARIABLES: Variables = {
  WECHAT_OAUTH_BASE: [
    '',
    'where the account that payers meet logs them in: `https://api.weixin.qq.com`, or WeCom’s',
  ],
  WECHAT_APP_ID: ['', 'the account'],
  WECHAT_APP_SECRET: ['', 'its secret; of a WeCom corporation that of its application'],
  WECHAT_AGENT_ID: ['none', 'WeCom only: the number of the application, which writes to members'],
  PLANET_API_BASE: ['', 'zsxq'],
  PLANET_GROUP_ID: ['', 'the group (planet)'],
  PLANET_COOKIE: [
    'none',
    'until `planet.cookie` is set in the console; the cookie’s value, or the app’s line `authorization: …`',
  ],
  PLANET_MIN_INTERVAL_MS: ['6000', 'between two calls to zsxq; the demo uses 0 against the sandbox'],
  PLANET_RETRY_MS: [
    '1000',
    'at least this long after zsxq turned a call away (1059); three times as long at most',
  ],
  PLANET_BACKOFF_MS: ['90000', 'at least this long after zsxq throttled us; a third more at most'],
  ENROLL_LINK_SIGNATURE: ['`optional`', '`required` refuses enrolment links without our signature'],
};

/** The camps are what every deployment is for, so they are always mounted. */
export function readCamp(reader: EnvironmentReader, publicUrl: string): ConfiguredLine {
  const wechat = new WechatOptions(
    reader.url('WECHAT_OAUTH_BASE').replace(/\/+$/, ''),
    reader.required('WECHAT_APP_ID'),
    reader.required('WECHAT_APP_SECRET'),
    readAgentId(reader),
  );
  const planet = new PlanetOptions(
    reader.url('PLANET_API_BASE').replace(/\/+$/, ''),
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
