import { Inject, Injectable } from '@nestjs/common';
import { PlanetError, type PlanetClient } from '@yajin/planet';
import type { Camp } from '@yajin/contract';
import { SettingsService } from '../../../system/index.js';
import { CampOptions } from '../camp.options.js';
import { PlanetBusy, PlanetPatience } from './planet-patience.js';
import { PLANET } from './planet.options.js';

type Problem = NonNullable<Camp.PlanetProject['problem']>;

/** What zsxq calls a check-in project, for people to see before members pay for it. */
@Injectable()
export class PlanetProjects {
  private readonly patience = new PlanetPatience({ atOnce: 2, waiting: 6 }, 20_000);

  constructor(
    private readonly settings: SettingsService,
    private readonly options: CampOptions,
    @Inject(PLANET) private readonly planet: PlanetClient,
  ) {}

  async lookUp(planetProjectId: string, planetGroupId?: string): Promise<Camp.PlanetProject> {
    const groupId = planetGroupId || (await this.options.groupId(this.settings));
    const asked = { planetProjectId, planetGroupId: groupId };
    try {
      const { title, status } = await this.patience.ask((signal) =>
        this.planet.checkin(groupId, planetProjectId, { signal }),
      );
      return { ...asked, title, state: stateOf(status), problem: null };
    } catch (error) {
      const problem =
        error instanceof PlanetError
          ? problemOf(error)
          : error instanceof PlanetBusy
            ? ('busy' as const)
            : null;
      if (problem === null) throw error;
      return { ...asked, title: null, state: null, problem };
    }
  }
}

function stateOf(status: string): Camp.PlanetProject['state'] {
  return status === 'ongoing' || status === 'closed' || status === 'over' ? status : null;
}

function problemOf({ kind }: PlanetError): Problem {
  switch (kind) {
    case 'denied':
      return 'not_found';
    case 'cookie_expired':
      return 'cookie';
    case 'turned_away':
    case 'throttled':
      return 'busy';
    case 'unavailable':
      return 'unavailable';
  }
}
