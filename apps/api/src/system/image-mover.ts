import { Inject, Injectable } from '@nestjs/common';
import { BusinessError, maybeRow, rows } from '@yajin/server';
import { DataSource } from 'typeorm';
import { ImageBytes, IMAGES, OBJECT_STORE, type StoredImage } from './image-bytes.js';
import { sha256, StoreError, type ObjectStore } from './object-store.js';

/** Names read at once; bytes are read one image at a time. */
const BATCH = 100;
/** So many in a row that cannot be moved are no matter of single images. */
const MOST_FAILURES = 5;

/** What came of one image; null where all is well. */
interface Looked {
  name: string;
  problem: string | null;
}
type Tried = { problem: null } | { problem: string; lost: boolean };

/** Moves bytes of images between the database and the store while both serve them; broken off, it goes on where it was. */
@Injectable()
export class ImageMover {
  constructor(
    private readonly db: DataSource,
    private readonly images: ImageBytes,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore | null,
  ) {}

  /**
   * Each image by itself: its bytes are there, and read back, before its row says so.
   * @throws Error where no store is configured, or it fails again and again
   */
  async *move(to: 'store' | 'database'): AsyncGenerator<Looked> {
    const store = this.needed();
    if (to === 'store') yield* this.each('u.object IS NULL', (image) => this.intoStore(store, image));
    else yield* this.each('u.object IS NOT NULL', (image) => this.intoDatabase(store, image));
  }

  /** Reads all that is in the store, and compares it with its hash. @throws Error as `move` does */
  async *verify(): AsyncGenerator<Looked> {
    const store = this.needed();
    yield* this.each('u.object IS NOT NULL', async ({ object, hash, size }) => {
      if (object !== null) await store.get(object, hash ?? '', size ?? 0);
    });
  }

  private async *each(which: string, work: (image: StoredImage) => Promise<void>): AsyncGenerator<Looked> {
    let failures = 0;
    for (let after = ''; ;) {
      const batch = await rows<{ name: string }>(
        this.db,
        `SELECT u.name FROM sys_upload u WHERE ${which} AND u.name > $1 ORDER BY u.name LIMIT ${BATCH}`,
        [after],
      );
      for (const { name } of batch) {
        const tried = await this.tried(name, work);
        if (tried.problem === null) failures = 0;
        // The store answered, and as it should: what is lost stands in the way of nothing else, however much of it there is.
        else if (!tried.lost) failures += 1;
        yield { name, problem: tried.problem };
        if (failures === MOST_FAILURES) throw new Error(`${failures} failed one after the other: given up.`);
      }
      const last = batch.at(-1);
      if (!last) return;
      after = last.name;
    }
  }

  private async tried(name: string, work: (image: StoredImage) => Promise<void>): Promise<Tried> {
    try {
      const image = await maybeRow<StoredImage>(this.db, `${IMAGES} WHERE u.name = $1`, [name]);
      if (image) await work(image);
      return { problem: null };
    } catch (error) {
      if (error instanceof StoreError)
        return { problem: `${error.code}: ${error.message}`, lost: error.outcome === 'refused' };
      if (error instanceof BusinessError) return { problem: error.message, lost: false };
      throw error;
    }
  }

  private async intoStore(store: ObjectStore, image: StoredImage): Promise<void> {
    const { name, content_type: contentType, bytes } = image;
    if (bytes === null) return;
    const object = await this.images.put(store, bytes, contentType);
    await store.get(object, sha256(bytes), bytes.length);
    await this.db.transaction(async (manager) => {
      await this.images.hold(manager, object);
      await rows(
        manager,
        'UPDATE sys_upload SET object = $2, bytes = NULL WHERE name = $1 AND object IS NULL RETURNING name',
        [name, object],
      );
    });
  }

  private async intoDatabase(store: ObjectStore, image: StoredImage): Promise<void> {
    const { name, object, hash, size } = image;
    if (object === null) return;
    const bytes = await store.get(object, hash ?? '', size ?? 0);
    await rows(
      this.db,
      'UPDATE sys_upload SET bytes = $2, object = NULL WHERE name = $1 AND object = $3 RETURNING name',
      [name, bytes, object],
    );
  }

  private needed(): ObjectStore {
    if (!this.store)
      throw new Error('No store is configured: give IMAGE_STORE_ENDPOINT and what goes with it.');
    return this.store;
  }
}
