import { Injectable } from '@nestjs/common';
import { instantOf, localTime, sentence, type Sentence } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import {
  BusinessError,
  Clock,
  forgetAnchors,
  invalid,
  maybeRow,
  onlyRow,
  rows,
  type Database,
  type Row,
} from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, type Operator } from '../../../system/index.js';
import type { CampRow } from '../camp/camp.row.js';
import { CampService } from '../camp/camp.service.js';
import { recountMembers } from '../checkin/credited-days.js';
import { checkinAnchors, ingest } from '../checkin/ingest.js';
import { enqueueListing } from '../refund/refund-list.js';
import { manualSource, type KnownCheckin } from './manual.source.js';
import { readTable } from './read-table.js';
import { UnreadableTable } from './table.js';
import { judge, type Judged } from './upload.match.js';
import { readEntries, type BadLine, type UploadEntry } from './upload-lines.js';
import type { CampCheckinUpload } from './camp-checkin-upload.entity.js';
import type { CampCheckin } from '../checkin/camp-checkin.entity.js';

type UploadRow = Row<CampCheckinUpload> & { listed: boolean };

const UPLOAD = `SELECT u.*, c.refunds_listed_at IS NOT NULL AS listed FROM camp_checkin_upload u JOIN camp c ON c.id = u.camp_id`;
const SHOWN_UPLOADS = 20;
/** Lines that are not taken, shown before they are left out. */
const SHOWN_LINES = 200;
/** A draft that nobody has applied by then is forgotten, the next night. */
export const DRAFT_DAYS = 1;

/**
 * Check-ins that an operator brings by a file: what it would do is shown first, then it is done, and it can be undone until the
 * camp's refund list is made. So a camp can be closed whatever zsxq does.
 */
@Injectable()
export class CheckinUploads {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly camps: CampService,
    private readonly audit: Audit,
  ) {}

  /** The last ones that were applied, newest first. */
  async list(campId: number): Promise<Console.CheckinUploadList> {
    const found = await rows<UploadRow>(
      this.db,
      `${UPLOAD} WHERE u.camp_id = $1 AND u.status <> 'draft' ORDER BY u.id DESC LIMIT ${SHOWN_UPLOADS}`,
      [campId],
    );
    return { list: found.map(present) };
  }

  /**
   * Reads a file and keeps what it says as a draft.
   * @param content Base64
   * @throws BusinessError 400 for a file that cannot be read, 404, 409 for a camp that is not published
   */
  async preview(
    operator: Operator,
    { campId, fileName, content }: { campId: number; fileName: string; content: string },
  ): Promise<Console.CheckinUploadPreview> {
    const camp = await this.camps.visible(operator, campId);
    if (camp.status === 'draft') throw new BusinessError(409, sentence('camp_not_published'));
    const { entries, bad } = entriesOf(Buffer.from(content, 'base64'));
    const now = this.clock.now();
    const judged = await judge(this.db, camp, entries, now);
    const { id } = await onlyRow<Row<CampCheckinUpload, 'id'>>(
      this.db,
      `INSERT INTO camp_checkin_upload (camp_id, file_name, entries, lines, user_id, user_name, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
      [
        campId,
        fileName,
        JSON.stringify(entries),
        entries.length + bad.length,
        operator.id,
        operator.realName,
        now,
      ],
    );
    return {
      upload: await this.find(this.db, id).then(present),
      canClose: now >= instantOf(camp.end_date),
      counts: countsOf(judged, bad),
      members: new Set(judged.flatMap(({ checkin }) => (checkin ? [checkin.planetUserId] : []))).size,
      rows: shownLines(judged, bad),
    };
  }

  /**
   * Takes a draft's check-ins into its camp; who is whose is looked up anew. Applied already, it says so.
   * @param closes these are all check-ins of a camp that is over: its refund list may be made from them
   * @throws BusinessError 404, 409
   */
  async apply(operator: Operator, id: number, closes: boolean): Promise<Console.CheckinUpload> {
    const upload = await this.db.transaction(async (manager) => {
      const { row, camp } = await this.hold(manager, operator, id);
      if (row.status === 'undone') throw new BusinessError(409, sentence('upload_undone'));
      if (row.entries === null) return row;
      const now = this.clock.now();
      if (closes && now < instantOf(camp.end_date))
        throw new BusinessError(409, sentence('upload_camp_not_over'));
      const judged = await judge(manager, camp, row.entries, now);
      // Another camp's file, say: everybody would lose their deposit by it.
      if (closes && !judged.some(({ status }) => status === 'new' || status === 'duplicate'))
        throw new BusinessError(409, sentence('upload_of_another_camp'));
      const added = await this.add(manager, id, camp.id, judged, now);
      await rows(
        manager,
        `UPDATE camp_checkin_upload SET status = 'applied', entries = NULL, added = $2, closes = $3, applied_at = $4 WHERE id = $1`,
        [id, added, closes, now],
      );
      await enqueueListing(manager, camp.id);
      const after = { uploadId: id, fileName: row.file_name, lines: row.lines, added, closes };
      await this.audit.record(manager, operator, {
        action: 'checkin.upload',
        target: ['camp', camp.id],
        after,
      });
      return this.find(manager, id);
    });
    return present(upload);
  }

  /**
   * Takes an upload's check-ins out of the camp again. @throws BusinessError 404, 409 once the camp's refund list is made: money
   * may have gone back for them
   */
  async undo(operator: Operator, id: number): Promise<Console.CheckinUpload> {
    const upload = await this.db.transaction(async (manager) => {
      const { row, camp } = await this.hold(manager, operator, id);
      if (row.status === 'undone') return row;
      if (row.status === 'draft') throw new BusinessError(409, sentence('upload_not_applied'));
      if (row.listed) throw new BusinessError(409, sentence('upload_listed'));
      const now = this.clock.now();
      const gone = await rows<Row<CampCheckin, 'planetUserRef' | 'checkinTime'>>(
        manager,
        'DELETE FROM camp_checkin WHERE upload_id = $1 RETURNING planet_user_ref, checkin_time',
        [id],
      );
      await recountMembers(
        manager,
        camp.id,
        gone.map((each) => each.planet_user_ref),
        now,
      );
      const oldest = Math.min(...gone.map((each) => each.checkin_time.getTime()));
      if (gone.length > 0) await forgetAnchors(manager, checkinAnchors(camp.id), new Date(oldest));
      await rows(manager, `UPDATE camp_checkin_upload SET status = 'undone', undone_at = $2 WHERE id = $1`, [
        id,
        now,
      ]);
      const before = { uploadId: id, fileName: row.file_name, added: row.added, closes: row.closes };
      await this.audit.record(manager, operator, {
        action: 'checkin.upload_undo',
        target: ['camp', camp.id],
        before,
        after: { removed: gone.length },
      });
      return this.find(manager, id);
    });
    return present(upload);
  }

  /** Both rows held against another of these, and against the refund list, which locks the camp FOR UPDATE. */
  private async hold(
    manager: EntityManager,
    operator: Operator,
    id: number,
  ): Promise<{ row: UploadRow; camp: CampRow }> {
    const { camp_id: campId } = await this.find(manager, id);
    await this.camps.visible(operator, campId);
    const camp = await onlyRow<CampRow>(manager, 'SELECT * FROM camp WHERE id = $1 FOR NO KEY UPDATE', [
      campId,
    ]);
    return { row: await this.find(manager, id), camp };
  }

  private async add(
    manager: EntityManager,
    uploadId: number,
    campId: number,
    judged: Judged[],
    now: Date,
  ): Promise<number> {
    const checkins = judged.flatMap(({ checkin }): KnownCheckin[] => (checkin ? [checkin] : []));
    const users: number[] = [];
    for await (const { posts } of manualSource(checkins, now).topicPages('', ''))
      users.push(...(await ingest(manager, campId, posts, now, uploadId)));
    await recountMembers(manager, campId, users, now);
    return users.length;
  }

  private async find(db: Database, id: number): Promise<UploadRow> {
    const row = await maybeRow<UploadRow>(db, `${UPLOAD} WHERE u.id = $1`, [id]);
    if (!row) throw new BusinessError(404);
    return row;
  }
}

function entriesOf(bytes: Buffer): { entries: UploadEntry[]; bad: BadLine[] } {
  try {
    const read = readEntries(readTable(bytes));
    if (read.entries.length + read.bad.length === 0) throw new UnreadableTable(sentence('file_no_checkins'));
    return read;
  } catch (error) {
    if (error instanceof UnreadableTable) throw invalid({ field: 'content', ...error.sentence });
    throw error;
  }
}

function countsOf(judged: Judged[], bad: BadLine[]): Console.CheckinUploadCounts {
  const of = (status: Judged['status']): number => judged.filter((each) => each.status === status).length;
  return {
    new: of('new'),
    duplicate: of('duplicate'),
    outside: of('outside'),
    unmatched: of('unmatched'),
    bad: bad.length,
  };
}

/** What is not taken, by line; duplicates last, for they are no trouble. */
function shownLines(judged: Judged[], bad: BadLine[]): Console.CheckinUploadRow[] {
  const left = judged.flatMap(({ entry, status, reason }): Console.CheckinUploadRow[] => {
    const who = [entry.planetUserId, entry.nickname].filter(Boolean).join(' ');
    return reason === null ? [] : [{ line: entry.line, who, date: entry.date, status, ...why(reason) }];
  });
  const wrong = bad.map(({ reason, ...line }): Console.CheckinUploadRow => ({
    ...line,
    status: 'bad',
    ...why(reason),
  }));
  const late = (row: Console.CheckinUploadRow): number => (row.status === 'duplicate' ? 1 : 0);
  return [...left, ...wrong].sort((a, b) => late(a) - late(b) || a.line - b.line).slice(0, SHOWN_LINES);
}

function why({ message, code }: Sentence): Pick<Console.CheckinUploadRow, 'reason' | 'reasonCode'> {
  return { reason: message, reasonCode: code };
}

function present(row: UploadRow): Console.CheckinUpload {
  const time = (at: Date | null): string | null => at && localTime(at);
  return {
    id: row.id,
    campId: row.camp_id,
    fileName: row.file_name,
    status: row.status,
    lines: row.lines,
    added: row.added,
    closes: row.closes,
    canUndo: row.status === 'applied' && !row.listed,
    operator: row.user_name,
    createdAt: localTime(row.created_at),
    appliedAt: time(row.applied_at),
    undoneAt: time(row.undone_at),
  };
}
