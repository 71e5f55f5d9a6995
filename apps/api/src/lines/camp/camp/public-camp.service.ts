import { Injectable } from '@nestjs/common';
import { fen, planetIdOf, yuanFromFen } from '@yajin/core';
import { BusinessError, KeptFigures, maybeRow, onlyRow, rows, Secrets, type Database } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { enrollUrl } from './camp.presenter.js';
import { totalDays } from './camp.rules.js';
import { periodOf, type CampRow } from './camp.row.js';
import { CampOptions } from '../camp.options.js';
import type { PersonalLinkQuery, PublicCampQuery } from './public-camp.dto.js';

const LINK_PURPOSE = 'enroll-link';

/** Camps as anybody may see them. Drafts and deleted ones do not exist here. */
@Injectable()
export class PublicCampService {
  private readonly counts = new KeptFigures<number>();

  constructor(
    private readonly db: DataSource,
    private readonly secrets: Secrets,
    private readonly options: CampOptions,
  ) {}

  async list(query: PublicCampQuery): Promise<Camp.PublicCampPage> {
    const found = await rows<CampRow & { total: number }>(
      this.db,
      `SELECT *, count(*) OVER () AS total FROM camp WHERE status = $1 AND deleted_at IS NULL
       ORDER BY start_date DESC, id DESC LIMIT $2 OFFSET $3`,
      [query.status, query.pageSize, (query.page - 1) * query.pageSize],
    );
    const counts = await Promise.all(found.map(({ id }) => this.members(id)));
    const total = found[0]?.total ?? (await this.count(query.status));
    return {
      list: found.map((row, index) => ({
        ...this.summary(row),
        memberCount: counts[index] ?? 0,
        enrollUrl: enrollUrl(this.options.publicUrl, row.id),
      })),
      ...this.options.page(query, total),
    };
  }

  async detail(id: number, link: PersonalLinkQuery): Promise<Camp.PublicCampDetail> {
    const row = await this.published(id);
    return {
      ...this.summary(row),
      groupQrcodeUrl: null,
      memberCount: await this.members(id),
      rules: row.rules,
      prefillInfo: link.planetUserId
        ? await this.prefill(id, planetIdOf(link.planetUserId) ?? link.planetUserId, link.sig)
        : null,
    };
  }

  async published(id: number, db: Database = this.db): Promise<CampRow> {
    const row = await maybeRow<CampRow>(
      db,
      `SELECT * FROM camp WHERE id = $1 AND status <> 'draft' AND deleted_at IS NULL`,
      [id],
    );
    if (!row) throw new BusinessError(404);
    return row;
  }

  /** A personal link, signed so that nobody can put another member's planet id into it. */
  personalLink(campId: number, planetUserId: string): string {
    const sig = this.secrets.sign(LINK_PURPOSE, `${campId}:${planetUserId}`);
    return `${enrollUrl(this.options.publicUrl, campId)}?${new URLSearchParams({ planetUserId, sig }).toString()}`;
  }

  signed(campId: number, planetUserId: string, sig: string | undefined): boolean {
    return sig !== undefined && this.secrets.verifies(LINK_PURPOSE, `${campId}:${planetUserId}`, sig);
  }

  /** An unsigned link could name anybody, so it is told nobody's nickname. */
  private async prefill(
    campId: number,
    planetUserId: string,
    sig: string | undefined,
  ): Promise<Camp.PrefillInfo> {
    if (!this.signed(campId, planetUserId, sig))
      return { planetUserId, planetNickname: null, editable: true, signed: false };
    const user = await maybeRow<{ name: string }>(
      this.db,
      `SELECT coalesce(nullif(name, ''), nullif(alias, '')) AS name FROM planet_user WHERE planet_user_id = $1`,
      [planetUserId],
    );
    return { planetUserId, planetNickname: user?.name ?? null, editable: !user?.name, signed: true };
  }

  private members(campId: number): Promise<number> {
    return this.counts.of(String(campId), async () => {
      const { members } = await onlyRow<{ members: number }>(
        this.db,
        'SELECT count(*) AS members FROM camp_member WHERE camp_id = $1',
        [campId],
      );
      return members;
    });
  }

  private async count(status: string): Promise<number> {
    const row = await maybeRow<{ count: number }>(
      this.db,
      'SELECT count(*) FROM camp WHERE status = $1 AND deleted_at IS NULL',
      [status],
    );
    return row?.count ?? 0;
  }

  private summary(row: CampRow) {
    if (row.status === 'draft') throw new BusinessError(404);
    return {
      id: row.id,
      name: row.name,
      posterUrl: row.poster_url,
      description: row.description,
      deposit: yuanFromFen(fen(row.deposit_fen)),
      startDate: row.start_date,
      endDate: row.end_date,
      totalDays: totalDays(periodOf(row)),
      requiredDays: row.required_days,
      status: row.status,
    };
  }
}
