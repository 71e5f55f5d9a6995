import { Module } from '@nestjs/common';
import { planetClient, type PlanetClient } from '@yajin/planet';
import { SettingsService } from '../../../system/index.js';
import { PLANET, PlanetOptions } from './planet.options.js';

function clientOf(options: PlanetOptions, settings: SettingsService): PlanetClient {
  const { apiBase, minIntervalMs, retryMs, backoffMs, cookie } = options;
  return planetClient({
    apiBase,
    minIntervalMs,
    retryMs: [retryMs, retryMs * 3],
    backoffMs: [backoffMs, (backoffMs * 4) / 3],
    clientVersion: () => settings.get('planet.clientVersion'),
    cookie: async () => (await settings.get('planet.cookie')) ?? cookie ?? '',
  });
}

/** The planet of the camps, as its own web version reads it. */
@Module({
  providers: [{ provide: PLANET, inject: [PlanetOptions, SettingsService], useFactory: clientOf }],
  exports: [PLANET],
})
export class PlanetModule {}
