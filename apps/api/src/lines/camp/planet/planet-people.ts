import { Inject, Injectable } from '@nestjs/common';
import { PlanetError, type PlanetClient } from '@yajin/planet';
import { Clock, maybeRow, rows, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import type { PlanetUser } from '../member/planet-user.entity.js';
import { PlanetBusy, PlanetPatience } from './planet-patience.js';
import { PLANET } from './planet.options.js';

/** Whom zsxq does not know is not asked for again so soon: in milliseconds, and of so many ids. */
const UNKNOWN_FOR_MS = 3_600_000;
const MOST_UNKNOWN = 1000;

/** Whether zsxq knows somebody by an id. */
@Injectable()
export class PlanetPeople {
  // Any member may ask, and calls of zsxq are few: who comes while some wait hears that it is not known.
  private readonly patience = new PlanetPatience({ atOnce: 1, waiting: 3 }, 15_000);
  private readonly unknownUntil = new Map<string, number>();

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    @Inject(PLANET) private readonly planet: PlanetClient,
  ) {}

  /** What is known by a sync, or by asking before, is not asked for; nor, for a while, whom zsxq did not know. `known` is null where it did not say. */
  async lookUp(planetUserId: string): Promise<{ known: boolean | null; nickname: string | null }> {
    const kept = await maybeRow<Row<PlanetUser, 'name'>>(
      this.db,
      `SELECT name FROM planet_user WHERE planet_user_id = $1 AND name <> ''`,
      [planetUserId],
    );
    if (kept) return { known: true, nickname: kept.name };
    if (performance.now() < (this.unknownUntil.get(planetUserId) ?? 0))
      return { known: false, nickname: null };
    try {
      const { name } = await this.patience.ask((signal) => this.planet.user(planetUserId, { signal }));
      await rows(
        this.db,
        `UPDATE planet_user SET name = $2, updated_at = $3 WHERE planet_user_id = $1 AND name = ''`,
        [planetUserId, name, this.clock.now()],
      );
      return { known: true, nickname: name || null };
    } catch (error) {
      if (error instanceof PlanetError) {
        if (error.kind !== 'denied') return { known: null, nickname: null };
        if (this.unknownUntil.size >= MOST_UNKNOWN)
          this.unknownUntil.delete(this.unknownUntil.keys().next().value ?? '');
        this.unknownUntil.set(planetUserId, performance.now() + UNKNOWN_FOR_MS);
        return { known: false, nickname: null };
      }
      if (error instanceof PlanetBusy) return { known: null, nickname: null };
      throw error;
    }
  }
}
