import { sentence } from '@yajin/core';
import { BusinessError } from '@yajin/server';
import sharp, { type Sharp } from 'sharp';

/** More pixels than any phone's camera makes: a small file can claim far more than fits into memory. */
const MAX_PIXELS = 50_000_000;
const MAX_EDGE = 2400;
const TIMEOUT_SECONDS = 10;

// Everything else that libvips can read (SVG, PDF, GIF, TIFF, …) is not even looked at.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});

export interface CleanImage {
  bytes: Buffer;
  contentType: 'image/png' | 'image/jpeg' | 'image/webp';
  extension: string;
  /** Pixels. */
  width: number;
  height: number;
}

const FORMATS = {
  png: { contentType: 'image/png', extension: 'png', encode: (image: Sharp) => image.png() },
  jpeg: {
    contentType: 'image/jpeg',
    extension: 'jpg',
    encode: (image: Sharp) => image.jpeg({ quality: 85, mozjpeg: true }),
  },
  webp: {
    contentType: 'image/webp',
    extension: 'webp',
    encode: (image: Sharp) => image.webp({ quality: 85 }),
  },
} as const;

function isFormat(name: string | undefined): name is keyof typeof FORMATS {
  return name !== undefined && Object.hasOwn(FORMATS, name);
}

/** @returns null where there are no bytes at all */
function open(bytes: Buffer): Sharp | null {
  return bytes.length > 0 ? sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' }) : null;
}

/**
 * Reads an image by its content, whatever it is called, and writes it anew: upright, of a sensible size, and without
 * what else was in the file (places, names, appended bytes).
 * @throws BusinessError 415
 */
export async function cleanImage(bytes: Buffer): Promise<CleanImage> {
  const image = open(bytes);
  const { format } = (await image?.metadata().catch(() => null)) ?? {};
  if (!image || !isFormat(format)) throw new BusinessError(415, sentence('image_kind'));
  const { encode, contentType, extension } = FORMATS[format];
  try {
    const upright = image
      .autoOrient()
      .resize({ width: MAX_EDGE, height: MAX_EDGE, fit: 'inside', withoutEnlargement: true })
      .timeout({ seconds: TIMEOUT_SECONDS });
    const { data, info } = await encode(upright).toBuffer({ resolveWithObject: true });
    return { bytes: data, contentType, extension, width: info.width, height: info.height };
  } catch {
    throw new BusinessError(415, sentence('image_broken'));
  }
}
