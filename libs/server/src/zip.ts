import { crc32, inflateRawSync } from 'node:zlib';

// APPNOTE.TXT of PKWARE, 4.3: the end record is searched from the back, the directory says where each file begins.
const END = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const END_SIZE = 22;
const LONGEST_COMMENT = 65_535;
const ENTRY = 0x02014b50;
const ENTRY_SIZE = 46;
const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
const STORED = 0;
const DEFLATED = 8;
/** Names are in UTF-8; otherwise in whatever its writer's machine had. */
const UTF8_NAMES = 0x800;

/** What an archive may hold at most. */
export interface ZipLimits {
  entries: number;
  /** Bytes that one file may unpack to: what unpacks to more was made to. */
  unpacked: number;
}

export interface ZipEntry {
  name: string;
  /** Unpacks it. @throws DamagedArchive */
  read(): Buffer;
}

/** It is no archive, it is cut off or changed, or it holds more than it may. */
export class DamagedArchive extends Error {
  override readonly name = 'DamagedArchive';
}

/**
 * The files of a ZIP archive, unpacked when asked for.
 * @param charset of names that are not said to be in UTF-8
 * @throws DamagedArchive
 */
export function readZip(bytes: Buffer, limits: ZipLimits, charset = 'utf-8'): ZipEntry[] {
  return whole(() => {
    const end = bytes.lastIndexOf(END);
    if (end === -1 || end < bytes.length - END_SIZE - LONGEST_COMMENT) throw new DamagedArchive();
    const count = bytes.readUInt16LE(end + 10);
    if (count > limits.entries) throw new DamagedArchive(`more than ${limits.entries} files`);
    const decoder = new TextDecoder(charset);
    const entries: ZipEntry[] = [];
    let at = bytes.readUInt32LE(end + 16);
    for (let index = 0; index < count; index++) {
      if (bytes.readUInt32LE(at) !== ENTRY) throw new DamagedArchive();
      const [entry, nameAt] = [at, at + ENTRY_SIZE];
      const name = bytes.subarray(nameAt, nameAt + bytes.readUInt16LE(at + 28));
      const utf8 = (bytes.readUInt16LE(at + 8) & UTF8_NAMES) !== 0;
      entries.push({
        name: utf8 ? name.toString('utf8') : decoder.decode(name),
        read: () => whole(() => unpack(bytes, entry, limits.unpacked)),
      });
      at = nameAt + name.length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
    return entries;
  });
}

/** @param entry where the directory says how the file is packed */
function unpack(bytes: Buffer, entry: number, most: number): Buffer {
  const [method, crc] = [bytes.readUInt16LE(entry + 10), bytes.readUInt32LE(entry + 16)];
  const [packed, offset] = [bytes.readUInt32LE(entry + 20), bytes.readUInt32LE(entry + 42)];
  if (bytes.readUInt32LE(offset) !== LOCAL) throw new DamagedArchive();
  const start = offset + LOCAL_SIZE + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + packed > bytes.length) throw new DamagedArchive();
  const content = bytes.subarray(start, start + packed);
  if (method !== STORED && method !== DEFLATED) throw new DamagedArchive();
  const file = method === STORED ? content : inflateRawSync(content, { maxOutputLength: most });
  if (file.length > most || crc32(file) !== crc) throw new DamagedArchive();
  return file;
}

/** Whatever is read beyond the end, or does not unpack, is damage. */
function whole<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof DamagedArchive ? error : new DamagedArchive('damaged', { cause: error });
  }
}
