import type { Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { businessDate, localTime, sentence, type Sentence } from '@yajin/core';
import {
  BusinessError,
  Clock,
  conditions,
  invalid,
  onlyRow,
  onPrimary,
  rows,
  Semaphore,
  type Row,
} from '@yajin/server';
import { DataSource, type QueryRunner } from 'typeorm';
import { Audit, campScope, type Operator } from '../../../system/index.js';
import { StatsService } from '../stats/stats.service.js';
import { campBatches, campColumns } from './camp-sheet.js';
import { dateStamp, type Column } from './column.js';
import { csv } from './csv.js';
import type { MemberExportQuery, StatsExportQuery } from './export.dto.js';
import { memberBatches, memberColumns } from './member-sheet.js';
import { renderPdf } from './pdf.js';
import { campReport, campsReport, type MemberTable } from './report.js';
import { begun, inSnapshot } from './snapshot.js';
import { xlsx } from './xlsx.js';
import type { CampEntity } from '../camp/camp.entity.js';

/** Each stream holds a connection for as long as its client takes. */
const STREAMS = { atOnce: 4, waitMs: 10_000 };
/** A report is drawn in memory: one at a time. */
const REPORTS = { atOnce: 1, waitMs: 20_000 };
/** Rows that a table of a report may have: so many take seconds and some 200 MB to lay out. */
const MAX_PRINTED = 2000;

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
} as const;

export interface ExportFile {
  name: string;
  type: string;
  body: Readable | Buffer;
}

type Choice = Pick<StatsExportQuery, 'campId' | 'startDate' | 'endDate'>;
type SheetFormat = 'xlsx' | 'csv';

@Injectable()
export class ExportService {
  private readonly logger = new Logger(ExportService.name);
  private readonly streams = new Semaphore(STREAMS, tooMany);
  private readonly reports = new Semaphore(REPORTS, tooMany);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly stats: StatsService,
    private readonly audit: Audit,
  ) {}

  /** @throws BusinessError 404 no such camp, 503 too many exports at once */
  async members(operator: Operator, { campId, format }: MemberExportQuery): Promise<ExportFile> {
    const now = this.clock.now();
    const campIds = await onPrimary(() => this.chosen(operator, { campId }));
    await this.audit.record(this.db, operator, {
      action: 'member.export',
      target: ['camp', campId],
      after: { format },
    });
    return {
      name: `members_camp${campId}_${dateStamp(now)}.${format}`,
      type: TYPES[format],
      body: await this.sheet('会员', format, memberColumns(businessDate(now)), (runner) =>
        memberBatches(runner, campIds),
      ),
    };
  }

  /** @throws BusinessError 404 no such camp, 400 too much for a report, 503 too many exports at once */
  async figures(operator: Operator, query: StatsExportQuery): Promise<ExportFile> {
    const { campId, startDate, endDate, type, format } = query;
    const now = this.clock.now();
    const campIds = await onPrimary(() => this.chosen(operator, query));
    await this.audit.record(this.db, operator, {
      action: 'stats.export',
      target: campId === undefined ? undefined : ['camp', campId],
      after: { format, type, startDate, endDate, camps: campIds.length },
    });
    const camp = campId === undefined ? 'all' : `camp${campId}`;
    const file = { name: `stats_${camp}_${type}_${dateStamp(now)}.${format}`, type: TYPES[format] };
    if (format === 'pdf')
      return { ...file, body: await this.reports.run(() => this.report(query, campIds, now)) };
    const body =
      type === 'summary'
        ? await this.sheet('训练营统计', format, campColumns, (runner) => campBatches(runner, campIds, now))
        : await this.sheet('会员明细', format, memberColumns(businessDate(now)), (runner) =>
            memberBatches(runner, campIds),
          );
    return { ...file, body };
  }

  /** The camp that is named, or those that start within the dates; newest first, and only what the operator may see. */
  private async chosen(operator: Operator, { campId, startDate, endDate }: Choice): Promise<number[]> {
    const { where, parameters } = conditions([
      // Of a draft that lacks something nothing is known yet.
      ['c.deleted_at IS NULL AND cardinality(c.missing) = 0'],
      ['c.id = ?', campId],
      ['c.start_date >= ?', campId === undefined ? startDate : null],
      ['c.start_date <= ?', campId === undefined ? endDate : null],
      ['EXISTS (SELECT FROM camp_staff s WHERE s.camp_id = c.id AND s.user_id = ?)', campScope(operator)],
    ]);
    const found = await rows<Row<CampEntity, 'id'>>(
      this.db,
      `SELECT c.id FROM camp c WHERE ${where} ORDER BY c.id DESC`,
      parameters,
    );
    if (campId !== undefined && found.length === 0) throw new BusinessError(404);
    return found.map((row) => row.id);
  }

  /** The file as a stream that has begun to read, so that a query that fails at once is still an error of the request. */
  private async sheet<Row>(
    title: string,
    format: SheetFormat,
    columns: Column<Row>[],
    read: (runner: QueryRunner) => AsyncIterable<Row[]>,
  ): Promise<Readable> {
    const release = await this.streams.acquire();
    const source = inSnapshot(this.db, read);
    const end = async (): Promise<void> => {
      await source.return(undefined).catch((error: unknown) => this.brokenOff(error));
      release();
    };
    try {
      const batches = await begun(source);
      const body = format === 'csv' ? csv(columns, batches) : xlsx(title, columns, batches);
      body.once('error', (error) => this.brokenOff(error));
      // However it ends: read to the end, failed, or given up by the client.
      body.once('close', () => void end());
      return body;
    } catch (error) {
      await end();
      throw error;
    }
  }

  private async report(query: StatsExportQuery, campIds: number[], now: Date): Promise<Buffer> {
    const members = query.type === 'detail' ? await this.memberTable(campIds, now) : null;
    if (query.campId !== undefined)
      return await renderPdf(campReport(await this.stats.camp(query.campId), members));
    if (campIds.length > MAX_PRINTED)
      throw tooMuch(sentence('pdf_too_many_camps', MAX_PRINTED, campIds.length));
    const figures = await this.collected((runner) => campBatches(runner, campIds, now));
    return await renderPdf(campsReport(figures, members, chosenText(query), localTime(now)));
  }

  private async memberTable(campIds: number[], now: Date): Promise<MemberTable> {
    const { members } = await onlyRow<{ members: number }>(
      this.db,
      'SELECT count(*) AS members FROM camp_member WHERE camp_id = ANY($1)',
      [campIds],
    );
    if (members > MAX_PRINTED) throw tooMuch(sentence('pdf_too_many_members', MAX_PRINTED, members));
    return {
      columns: memberColumns(businessDate(now)),
      rows: await this.collected((runner) => memberBatches(runner, campIds)),
    };
  }

  private async collected<Row>(read: (runner: QueryRunner) => AsyncIterable<Row[]>): Promise<Row[]> {
    const all: Row[] = [];
    for await (const batch of inSnapshot(this.db, read)) all.push(...batch);
    return all;
  }

  private brokenOff(error: unknown): void {
    this.logger.error('an export broke off', error instanceof Error ? error.stack : String(error));
  }
}

function tooMany(): BusinessError {
  return new BusinessError(503, sentence('export_busy'));
}

function tooMuch(said: Sentence): BusinessError {
  return invalid({ field: 'format', ...said });
}

function chosenText({ startDate, endDate }: Choice): string {
  if (!startDate && !endDate) return '范围：全部训练营';
  return `范围：${startDate ?? '最早'} 至 ${endDate ?? '最晚'} 开始的训练营`;
}
