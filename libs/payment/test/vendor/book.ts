import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences, vendorAnswer, type Said, type VendorAnswer } from '@yajin/core/vendor-book';
import { GatewayError, InvalidNotification } from '../../src/index.js';

/** One gateway between the book and the two sides that are held against it. */
export interface VendorHarness {
  /** What the adapter makes of the entry's answer on the wire. */
  read(entry: VendorAnswer): Promise<unknown>;
  /** What the sandbox says once it has been brought to. */
  emit(entry: VendorAnswer): Promise<Said>;
  close(): Promise<void>;
}

export function bookOf(gateway: string): VendorAnswer[] {
  const folder = join(import.meta.dirname, gateway);
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.toSorted().map((file) => vendorAnswer(file, readFileSync(join(folder, file), 'utf8')));
}

/** Holds the adapter and the sandbox against the book, each by itself: they cannot agree on what the vendor never says. */
export function holdAgainstBook(gateway: string, entries: number, open: () => Promise<VendorHarness>): void {
  const book = bookOf(gateway);
  let harness: VendorHarness;
  beforeAll(async () => {
    harness = await open();
  });
  afterAll(() => harness.close());

  it(`the book has at least ${entries} answers of ${gateway}`, () => {
    expect(book.length).toBeGreaterThanOrEqual(entries);
  });

  describe(`the adapter of ${gateway} reads each answer as what it means`, () => {
    it.each(book)('$name: $says', async (entry) => {
      const { means } = entry;
      const made = await harness.read(entry).then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
      if ('returns' in means) {
        expect(made).toHaveProperty('value');
        const value: unknown = JSON.parse(JSON.stringify('value' in made ? made.value : null));
        if (typeof means.returns === 'string') expect(value).toBe(means.returns);
        else expect(value).toMatchObject(means.returns);
      } else if ('fails' in means) {
        const error = 'error' in made ? made.error : made.value;
        expect(error).toBeInstanceOf(GatewayError);
        const { kind, code } = error as GatewayError;
        expect({ fails: kind, code }).toEqual(means);
      } else expect('error' in made && made.error).toBeInstanceOf(InvalidNotification);
    });
  });

  describe(`the sandbox says each answer as ${gateway} does`, () => {
    it.each(book)('$name: $says', async (entry) => {
      expect(differences(await harness.emit(entry), entry)).toEqual([]);
    });
  });
}
