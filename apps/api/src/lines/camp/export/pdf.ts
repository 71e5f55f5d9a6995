import { once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';

const TIME_LIMIT_MS = 60_000;
const MEMORY_LIMIT_MB = 384;
/** Beside this file, in the same language: TypeScript where it is run from its source. */
const WORKER = path.join(import.meta.dirname, `pdf.worker${path.extname(import.meta.filename)}`);

/**
 * Draws a document in a thread of its own, whose time and memory are limited.
 * @param document what pdfmake takes, without functions
 */
export async function renderPdf(document: TDocumentDefinitions): Promise<Buffer> {
  const worker = new Worker(WORKER, {
    workerData: document,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT_MB, maxYoungGenerationSizeMb: 16 },
  });
  try {
    const [file] = (await once(worker, 'message', { signal: AbortSignal.timeout(TIME_LIMIT_MS) })) as [
      Uint8Array,
    ];
    return Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  } finally {
    await worker.terminate();
  }
}
