import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BusinessError, Clock, maybeRow, Semaphore } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { Audit } from './audit.service.js';
import { cleanImage } from './image.js';
import { ImageBytes, IMAGES, type StoredImage } from './image-bytes.js';
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
    private readonly clock: Clock,
    private readonly images: ImageBytes,
    private readonly audit: Audit,
    private readonly options: SystemOptions,
  ) {}

  /** @throws BusinessError 415, 429, 400 when it is not fit for its use, 503 while the store takes none */
  async store(operator: Operator, given: Buffer, use?: PictureUse): Promise<Camp.UploadedImage> {
    const { image, qrText } = await this.semaphore.run(async () => {
      const clean = await cleanImage(given);
      return { image: clean, qrText: await examine(clean, use) };
    });
    const { bytes, contentType, extension, width, height } = image;
    const name = `${randomBytes(16).toString('hex')}.${extension}`;
    const facts = { contentType, width, height, size: bytes.length, qrText };
    const place = await this.images.place(bytes, contentType);
    await this.db.transaction(async (manager) => {
      await this.images.hold(manager, place.object);
      const row = { name, contentType, ...place, width, height };
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
  async find(name: string): Promise<StoredImage> {
    const found = NAME.test(name)
      ? await maybeRow<StoredImage>(this.db, `${IMAGES} WHERE u.name = $1`, [name])
      : null;
    if (!found) throw new BusinessError(404);
    return found;
  }

  /** @throws BusinessError 503 while they cannot be had */
  bytesOf(image: StoredImage): Promise<Buffer> {
    return this.images.read(image);
  }
}
