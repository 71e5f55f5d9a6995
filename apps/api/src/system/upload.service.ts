import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BusinessError, Clock, maybeRow, rows, Semaphore, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { Audit } from './audit.service.js';
import { cleanImage } from './image.js';
import type { Operator } from './operator.js';
import { SystemOptions } from './system.options.js';
import { TryLater } from './try-later.js';
import type { SysUpload } from './sys-upload.entity.js';

/** Anything else was never given out, and need not be looked for. */
const NAME = /^[0-9a-f]{32}\.(png|jpg|webp)$/;

export type StoredImage = Row<SysUpload, 'contentType' | 'bytes'>;

/** Images that operators put in: posters and group codes. */
@Injectable()
export class UploadService {
  /** A large image takes up to 200 MB while it is written anew. */
  private readonly semaphore = new Semaphore(
    { atOnce: 2, waiting: 8, waitMs: 10_000 },
    () => new TryLater(1),
  );

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly options: SystemOptions,
  ) {}

  /** @throws BusinessError 415, 429 */
  async store(operator: Operator, given: Buffer): Promise<Camp.UploadedImage> {
    const { bytes, contentType, extension, width, height } = await this.semaphore.run(() =>
      cleanImage(given),
    );
    const name = `${randomBytes(16).toString('hex')}.${extension}`;
    const facts = { contentType, width, height, size: bytes.length };
    await this.db.transaction(async (manager) => {
      await rows(
        manager,
        `INSERT INTO sys_upload (name, content_type, bytes, width, height, user_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [name, contentType, bytes, width, height, operator.id, this.clock.now()],
      );
      await this.audit.record(manager, operator, {
        action: 'upload.create',
        target: ['upload', name],
        after: facts,
      });
    });
    return { url: `${this.options.publicUrl}/uploads/${name}`, ...facts };
  }

  /** @throws BusinessError 404 */
  async find(name: string): Promise<StoredImage> {
    const found = NAME.test(name)
      ? await maybeRow<StoredImage>(this.db, 'SELECT content_type, bytes FROM sys_upload WHERE name = $1', [
          name,
        ])
      : null;
    if (!found) throw new BusinessError(404);
    return found;
  }
}
