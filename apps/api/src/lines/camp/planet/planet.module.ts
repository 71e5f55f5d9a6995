import { Module } from '@nestjs/common';
import { planetClient, type PlanetClient } from '@yajin/planet';
import { Calls, heard } from '@yajin/server';
import { SettingsService } from '../../../system/index.js';
import { planetCalls } from './planet-calls.js';
import { PlanetController } from './planet.controller.js';
import { PlanetPeople } from './planet-people.js';
import { PlanetProjects } from './planet-projects.js';
import { PLANET, PlanetOptions } from './planet.options.js';

function clientOf(options: PlanetOptions, settings: SettingsService, calls: Calls): PlanetClient {
  const { apiBase, minIntervalMs, retryMs, backoffMs, cookie } = options;
  return planetClient({
    apiBase,
    minIntervalMs,
    retryMs: [retryMs, retryMs * 3],
    backoffMs: [backoffMs, (backoffMs * 4) / 3],
    clientVersion: () => settings.get('planet.clientVersion'),
    cookie: async () => (await settings.get('planet.cookie')) ?? cookie ?? '',
    watch: (operation, call) =>
      calls.through(
        'planet',
        operation,
        () => call((headers, sentAt) => heard((name) => headers.get(name), sentAt)),
        planetCalls,
      ),
  });
}

/** The planet of the camps, as its own web version reads it. */
@Module({
  controllers: [PlanetController],
  providers: [
    PlanetPeople,
    PlanetProjects,
    { provide: PLANET, inject: [PlanetOptions, SettingsService, Calls], useFactory: clientOf },
  ],
  exports: [PLANET, PlanetPeople],
})
export class PlanetModule {}
