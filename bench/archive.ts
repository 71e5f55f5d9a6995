/** Reads back what is in a zip archive (APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16), a piece at a time. */
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';

const END = { signature: 0x06054b50, bytes: 22, entries: 10, directory: 16 };
const ENTRY = {
  signature: 0x02014b50,
  bytes: 46,
  crc: 16,
  packed: 20,
  size: 24,
  name: 28,
  extra: 30,
  comment: 32,
  at: 42,
};
const LOCAL = { signature: 0x04034b50, bytes: 30, name: 26, extra: 28 };

interface Entry {
  crc: number;
  size: number;
  packed: Buffer;
}

/** The content of one entry. @throws when the archive is not whole, or the content not what was put in */
export async function* unpacked(archive: Buffer, name: string): AsyncGenerator<Buffer> {
  const entry = find(archive, name);
  let crc = 0;
  let size = 0;
  for await (const chunk of Readable.from([entry.packed]).pipe(createInflateRaw()) as AsyncIterable<Buffer>) {
    crc = crc32(chunk, crc);
    size += chunk.length;
    yield chunk;
  }
  if (crc !== entry.crc || size !== entry.size) throw new Error(`${name} is damaged`);
}

function find(archive: Buffer, wanted: string): Entry {
  // Without a comment the end record is the very end.
  const end = archive.length - END.bytes;
  if (end < 0 || archive.readUInt32LE(end) !== END.signature) throw new Error('the archive breaks off');
  let at = archive.readUInt32LE(end + END.directory);
  for (let left = archive.readUInt16LE(end + END.entries); left > 0; left--) {
    if (archive.readUInt32LE(at) !== ENTRY.signature) throw new Error('the directory is damaged');
    const nameBytes = archive.readUInt16LE(at + ENTRY.name);
    const name = archive.toString('utf8', at + ENTRY.bytes, at + ENTRY.bytes + nameBytes);
    if (name === wanted) return entryAt(archive, at);
    at +=
      ENTRY.bytes +
      nameBytes +
      archive.readUInt16LE(at + ENTRY.extra) +
      archive.readUInt16LE(at + ENTRY.comment);
  }
  throw new Error(`the archive has no ${wanted}`);
}

function entryAt(archive: Buffer, at: number): Entry {
  const local = archive.readUInt32LE(at + ENTRY.at);
  if (archive.readUInt32LE(local) !== LOCAL.signature) throw new Error('the directory points elsewhere');
  const from =
    local +
    LOCAL.bytes +
    archive.readUInt16LE(local + LOCAL.name) +
    archive.readUInt16LE(local + LOCAL.extra);
  return {
    crc: archive.readUInt32LE(at + ENTRY.crc),
    size: archive.readUInt32LE(at + ENTRY.size),
    packed: archive.subarray(from, from + archive.readUInt32LE(at + ENTRY.packed)),
  };
}
