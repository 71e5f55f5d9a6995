import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BusinessError, Clock, Semaphore } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, Repository } from 'typeorm';
import { Audit } from './audit.service.js';
import { cleanImage } from './image.js';
import { examine, type PictureUse } from './picture.js';
import type { Operator } from './operator.js';
import { SystemOptions } from './system.options.js';
import { TryLater } from './try-later.js';
import { SysUpload } from './sys-upload.entity.js';

/** Anything else was never given out, and need not be looked for. */
const NAME = /^[0-9a-f]{32}\.(png|jpg|webp)$/;

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
    @InjectRepository(SysUpload) private readonly uploads: Repository<SysUpload>,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly options: SystemOptions,
  ) {}

  /** @throws BusinessError 415, 429, 400 when it is not fit for its use */
  async store(operator: Operator, given: Buffer, use?: PictureUse): Promise<Camp.UploadedImage> {
    const { image, qrText } = await this.semaphore.run(async () => {
      const clean = await cleanImage(given);
      return { image: clean, qrText: await examine(clean, use) };
    });
    const { bytes, contentType, extension, width, height } = image;
    const name = `${randomBytes(16).toString('hex')}.${extension}`;
    const facts = { contentType, width, height, size: bytes.length, qrText };
    await this.db.transaction(async (manager) => {
      const row = { name, contentType, bytes, width, height };
      await manager.insert(SysUpload, { ...row, userId: operator.id, createdAt: this.clock.now() });
      await this.audit.record(manager, operator, {
        action: 'upload.create',
        target: ['upload', name],
        after: facts,
      });
    });
    return { url: `${this.options.publicUrl}/uploads/${name}`, ...facts };
  }

  /** @throws BusinessError 404 */
  async find(name: string): Promise<SysUpload> {
    const found = NAME.test(name) ? await this.uploads.findOneBy({ name }) : null;
    if (!found) throw new BusinessError(404);
    return found;
  }
}
