import { randomBytes } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { sentence } from '@yajin/core';
import { BusinessError, Clock, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { sha256, StoreError, type ObjectStore } from './object-store.js';
import type { SysUpload } from './sys-upload.entity.js';
import type { SysUploadObject } from './sys-upload-object.entity.js';

/** Injects the store of images, or null where none is configured. */
export const OBJECT_STORE = Symbol('object store');

/** Where bytes are: in the row itself, or in the store under a key. */
type Place = { bytes: Buffer; object: null } | { bytes: null; object: string };

export type StoredImage = Row<SysUpload, 'name' | 'contentType' | 'bytes' | 'object'> & {
  hash: string | null;
  size: number | null;
};

/** SQL: an image with what is known of its object. */
export const IMAGES = `SELECT u.name, u.content_type, u.bytes, u.object, o.hash, o.size
  FROM sys_upload u LEFT JOIN sys_upload_object o ON o.key = u.object`;

/** Where the bytes of images are kept: in their rows, or in a store, put there before any row says so. */
@Injectable()
export class ImageBytes {
  private readonly logger = new Logger(ImageBytes.name);
  /** What is being fetched, by its key: who wants the same meanwhile waits for the same. */
  private readonly fetching = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore | null,
  ) {}

  /**
   * Puts them where new images are kept; whoever names them calls `hold` in the transaction that does.
   * @throws BusinessError 503 while the store does not take them
   */
  async place(bytes: Buffer, contentType: string): Promise<Place> {
    if (!this.store) return { bytes, object: null };
    return { bytes: null, object: await this.put(this.store, bytes, contentType).catch(tryLater) };
  }

  /** @returns the key of an object that has these bytes @throws StoreError */
  async put(store: ObjectStore, bytes: Buffer, contentType: string): Promise<string> {
    const key = await this.keyFor(bytes);
    await store.put(key, bytes, contentType);
    return key;
  }

  /** Keeps an object from being deleted until the transaction has named it. @throws BusinessError 503 where it is being deleted */
  async hold(manager: EntityManager, object: string | null): Promise<void> {
    if (object === null) return;
    const held = await maybeRow(
      manager,
      'SELECT key FROM sys_upload_object WHERE key = $1 AND NOT removing FOR SHARE',
      [object],
    );
    if (!held) throw new BusinessError(503, sentence('image_away'));
  }

  /** @throws BusinessError 503 while they cannot be had; the log says why */
  async read(image: StoredImage): Promise<Buffer> {
    const { object, bytes } = image;
    if (object === null) return bytes ?? Buffer.alloc(0);
    const under =
      this.fetching.get(object) ?? this.fetch(image, object).finally(() => this.fetching.delete(object));
    this.fetching.set(object, under);
    return under.catch(tryLater);
  }

  private async fetch({ name, hash, size }: StoredImage, object: string): Promise<Buffer> {
    try {
      if (!this.store)
        throw new StoreError('other', 'NO_STORE', 'its bytes are in a store, and none is configured');
      return await this.store.get(object, hash ?? '', size ?? 0);
    } catch (error) {
      if (error instanceof StoreError && isLasting(error))
        this.logger.error(`image ${name}: ${error.code}, ${error.message}`);
      throw error;
    }
  }

  /** The key of an object with these bytes, known before it is there: nothing is in the store that no row has. */
  private async keyFor(bytes: Buffer): Promise<string> {
    const [hash, now] = [sha256(bytes), this.clock.wall()];
    const [known] = await rows<Pick<SysUploadObject, 'key'>>(
      this.db,
      `UPDATE sys_upload_object SET put_at = $2, free_since = NULL
       WHERE key = (SELECT key FROM sys_upload_object WHERE hash = $1 AND NOT removing LIMIT 1) AND NOT removing RETURNING key`,
      [hash, now],
    );
    if (known) return known.key;
    // One that is being deleted, or was, is never put again: a late deletion meets nobody else's object.
    const key = `${hash}-${randomBytes(4).toString('hex')}`;
    const { key: made } = await onlyRow<Pick<SysUploadObject, 'key'>>(
      this.db,
      'INSERT INTO sys_upload_object (key, hash, size, put_at) VALUES ($1, $2, $3, $4) RETURNING key',
      [key, hash, bytes.length, now],
    );
    return made;
  }
}

/**
 * No time mends these: the object is gone or another, or nobody says where it is. S3 says AccessDenied of one that is gone to whoever may not
 * list the bucket: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
function isLasting({ code }: StoreError): boolean {
  return ['NoSuchKey', 'AccessDenied', 'HASH_DIFFERS', 'TOO_LONG', 'NO_STORE'].includes(code);
}

function tryLater(error: unknown): never {
  if (error instanceof StoreError) throw new BusinessError(503, sentence('image_away'));
  throw error;
}
