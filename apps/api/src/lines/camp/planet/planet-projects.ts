import { Inject, Injectable } from '@nestjs/common';
import { PlanetError, type PlanetClient } from '@yajin/planet';
import { Semaphore } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { SettingsService } from '../../../system/index.js';
import { CampOptions } from '../camp.options.js';
import { PLANET } from './planet.options.js';

/** In milliseconds, behind whatever a sync is asking at the moment; then nobody waits any more. */
const PATIENCE_MS = 20_000;

class Busy extends Error {}

type Problem = NonNullable<Camp.PlanetProject['problem']>;

/** What zsxq calls a check-in project, for people to see before members pay for it. */
@Injectable()
export class PlanetProjects {
  // Calls of zsxq go one after another and seconds apart: a few people may wait, not many.
  private readonly places = new Semaphore({ atOnce: 2, waiting: 6, waitMs: 10_000 }, () => new Busy());

  constructor(
    private readonly settings: SettingsService,
    private readonly options: CampOptions,
    @Inject(PLANET) private readonly planet: PlanetClient,
  ) {}

  async lookUp(planetProjectId: string, planetGroupId?: string): Promise<Camp.PlanetProject> {
    const groupId =
      planetGroupId || ((await this.settings.get('planet.groupId')) ?? this.options.planetGroupId);
    const asked = { planetProjectId, planetGroupId: groupId };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    try {
      const { title, status } = await this.places.run(() =>
        this.planet.checkin(groupId, planetProjectId, { signal }),
      );
      return { ...asked, title, state: stateOf(status), problem: null };
    } catch (error) {
      const problem =
        error instanceof PlanetError
          ? problemOf(error)
          : error instanceof Busy || signal.aborted
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
