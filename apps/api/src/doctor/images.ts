import { Logger } from '@nestjs/common';
import { Calls, onlyRow } from '@yajin/server';
import type { Env } from '../env.js';
import { ObjectStore, StoreError } from '../system/index.js';
import { over } from './database.js';
import { fail, look, ok, type Finding } from './finding.js';

const SECTION = '(docs/operations.md, Images in a store)';
const REGION = 'Give the region that the bucket is in as IMAGE_STORE_REGION, and that region’s endpoint.';
const KEY =
  'Compare IMAGE_STORE_ACCESS_KEY and IMAGE_STORE_SECRET_KEY with the store’s console: the pair is not theirs.';

/** What each answer of a store asks for: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const REMEDIES: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: KEY,
  SignatureDoesNotMatch: KEY,
  AccessDenied: 'Let that key put, get and delete objects in the bucket, under the prefix.',
  NoSuchBucket:
    'Make the bucket, for nobody else to read, or put IMAGE_STORE_BUCKET right; see IMAGE_STORE_PATH_STYLE, too.',
  AuthorizationHeaderMalformed: REGION,
  PermanentRedirect: REGION,
  TemporaryRedirect: REGION,
  RequestTimeTooSkewed: 'Have this machine keep time by NTP: what it signs is refused otherwise.',
  HASH_DIFFERS: 'Something between here and the store changes what passes: go to it without that.',
};

/** Puts, reads and deletes an object of a few bytes, as the API does with images. */
export async function lookAtImages(env: Env): Promise<Finding[]> {
  const what = 'image store';
  const { imageStore } = env;
  if (imageStore === null) return lookForStrays(env);
  // Each call is told as a finding.
  Logger.overrideLogger(false);
  const reach = 'Is IMAGE_STORE_ENDPOINT right, and does a firewall let this machine out to it?';
  return look(what, reach, async () => {
    const began = performance.now();
    try {
      await new ObjectStore(imageStore, new Calls()).probe();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      const host = new URL(imageStore.endpoint).host;
      const todo =
        REMEDIES[error.code] ?? (error.outcome === 'denied' ? `Look up what it says ${SECTION}.` : reach);
      return [fail(what, `${host}: ${error.code}, ${error.message}`, todo)];
    }
    return [ok(what, `an object was put, read and deleted in ${Math.ceil(performance.now() - began)} ms`)];
  });
}

async function lookForStrays(env: Env): Promise<Finding[]> {
  const what = 'image store';
  return look(what, 'Bring the database up to date first.', () =>
    over(env.databaseUrl, async (db) => {
      const { images } = await onlyRow<{ images: number }>(
        db,
        'SELECT count(*) AS images FROM sys_upload WHERE object IS NOT NULL',
      );
      if (images === 0) return [ok(what, 'none: images are in the database')];
      return [
        fail(what, `none, and ${images} images are in one`, `Give its IMAGE_STORE_… again ${SECTION}.`),
      ];
    }),
  );
}
