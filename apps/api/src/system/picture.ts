import { sentence } from '@yajin/core';
import { invalid } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import decodeQr from 'qr/decode.js';
import sharp from 'sharp';
import type { CleanImage } from './image.js';

/** What a picture is to serve as; it is held to it. */
export type PictureUse = NonNullable<Camp.UploadImageData['query']>['use'];

/** Pixels. A poster is as wide as a phone, which has two or three of them to each of its own. */
const LEAST_POSTER = { width: 600, height: 300 };
/** Pixels: a group's card fills a phone, with its code in the middle; more of them find no more codes (measured). */
const LOOKED_AT = 1000;
/** In milliseconds, for looking again where the first look found nothing; noise of that size takes some 60. */
const PATIENCE_MS = 200;

/**
 * Holds a picture to what it is for.
 * @returns what its QR code says, where it is to have one
 * @throws BusinessError 400 for a poster that is too small, or a group's code that is none
 */
export async function examine(image: CleanImage, use: PictureUse): Promise<string | null> {
  if (use === 'poster' && (image.width < LEAST_POSTER.width || image.height < LEAST_POSTER.height)) {
    const { width, height } = LEAST_POSTER;
    throw invalid({
      field: 'file',
      ...sentence('poster_too_small', width, height, image.width, image.height),
    });
  }
  if (use !== 'groupQrcode') return null;
  const text = await readQr(image.bytes);
  if (text === null) throw invalid({ field: 'file', ...sentence('image_no_qr') });
  return text;
}

/** @param bytes written by `cleanImage`, so that they are an image of a bounded size */
async function readQr(bytes: Buffer): Promise<string | null> {
  const { data, info } = await sharp(bytes)
    .flatten({ background: '#fff' })
    .resize({ width: LOOKED_AT, height: LOOKED_AT, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  try {
    return decodeQr({ width: info.width, height: info.height, data }, { timeLimit: PATIENCE_MS });
  } catch {
    // It says so for every picture without a code.
    return null;
  }
}
