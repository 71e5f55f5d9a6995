import { Inject, Injectable } from '@nestjs/common';
import { PlanetError, type PlanetClient } from '@yajin/planet';
import { maybeRow, rows, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import type { PlanetUser } from '../member/planet-user.entity.js';
import { PlanetBusy, PlanetPatience } from './planet-patience.js';
import { PLANET } from './planet.options.js';

/** Whether zsxq knows somebody by an id. */
@Injectable()
export class PlanetPeople {
  // Any member may ask, and calls of zsxq are few: who comes while some wait hears that it is not known.
  private readonly patience = new PlanetPatience({ atOnce: 1, waiting: 3 }, 15_000);

  constructor(
    private readonly db: DataSource,
    @Inject(PLANET) private readonly planet: PlanetClient,
  ) {}

  /** What is known by a sync, or by asking once before, is not asked for. `known` is null where zsxq did not say. */
  async lookUp(planetUserId: string): Promise<{ known: boolean | null; nickname: string | null }> {
    const kept = await maybeRow<Row<PlanetUser, 'name'>>(
      this.db,
      `SELECT name FROM planet_user WHERE planet_user_id = $1 AND name <> ''`,
      [planetUserId],
    );
    if (kept) return { known: true, nickname: kept.name };
    try {
      const { name } = await this.patience.ask((signal) => this.planet.user(planetUserId, { signal }));
      await rows(this.db, `UPDATE planet_user SET name = $2 WHERE planet_user_id = $1 AND name = ''`, [
        planetUserId,
        name,
      ]);
      return { known: true, nickname: name || null };
    } catch (error) {
      if (error instanceof PlanetError)
        return { known: error.kind === 'denied' ? false : null, nickname: null };
      if (error instanceof PlanetBusy) return { known: null, nickname: null };
      throw error;
    }
  }
}
