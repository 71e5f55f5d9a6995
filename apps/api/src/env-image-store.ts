import { isIP } from 'node:net';
import type { Variables } from '@yajin/payment';
import type { Reader } from './env-reader.js';
import type { StoreSettings } from './system/index.js';

export const IMAGE_STORE: Variables = {
  IMAGE_STORE_ENDPOINT: [
    'none: images are in the database',
    'of a store that speaks S3, without the bucket: operations.md, Images in a store',
  ],
  IMAGE_STORE_REGION: ['`us-east-1`', 'what requests are signed for'],
  IMAGE_STORE_BUCKET: [
    '',
    'it is there, is nobody else’s to read, and the key below may put, get and delete in it',
  ],
  IMAGE_STORE_ACCESS_KEY: ['', 'the id of that key'],
  IMAGE_STORE_SECRET_KEY: ['', 'its secret'],
  IMAGE_STORE_PATH_STYLE: ['`on`', '`off`: the bucket is part of the host’s name instead of the path'],
  IMAGE_STORE_PREFIX: ['`images/`', 'what names of objects begin with, ending in `/`'],
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const REGION = /^[A-Za-z0-9-]{1,64}$/;
const ACCESS_KEY = /^[!-~]{3,128}$/;
const SECRET_KEY = /^[!-~]{8,256}$/;
/** Nothing that would have to be encoded, which not every store signs alike. */
const PREFIX = /^([A-Za-z0-9_-][A-Za-z0-9._-]*\/){1,8}$/;
const LONGEST_PREFIX = 200;

/** @returns null where none of it is given: images stay in the database */
export function imageStoreOf(reader: Reader): StoreSettings | null {
  if (Object.keys(IMAGE_STORE).every((name) => reader.optional(name) === null)) return null;
  const settings: StoreSettings = {
    endpoint: reader.url('IMAGE_STORE_ENDPOINT').replace(/\/$/, ''),
    region: reader.text('IMAGE_STORE_REGION', 'us-east-1'),
    bucket: reader.required('IMAGE_STORE_BUCKET'),
    accessKey: reader.required('IMAGE_STORE_ACCESS_KEY'),
    secretKey: reader.required('IMAGE_STORE_SECRET_KEY'),
    pathStyle: reader.oneOf('IMAGE_STORE_PATH_STYLE', ['on', 'off'], 'on') === 'on',
    prefix: reader.text('IMAGE_STORE_PREFIX', 'images/'),
  };
  for (const problem of problemsOf(settings)) reader.problem(`IMAGE_STORE_${problem}`);
  return settings;
}

/** What is missing is said already, and no value of a secret is. */
function problemsOf(given: StoreSettings): string[] {
  const { endpoint, region, bucket, accessKey, secretKey, pathStyle, prefix } = given;
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  const host = url?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
  const checks: [wrong: boolean, said: string][] = [
    [
      url !== null && (url.pathname !== '/' || url.username !== '' || url.password !== ''),
      'ENDPOINT must be scheme, host and port alone: no path, user or password',
    ],
    [!REGION.test(region), 'REGION must be letters, digits and hyphens'],
    [
      bucket !== '' && (!BUCKET.test(bucket) || bucket.includes('..')),
      'BUCKET must be 3 to 63 small letters, digits, dots and hyphens',
    ],
    [
      accessKey !== '' && !ACCESS_KEY.test(accessKey),
      'ACCESS_KEY must be 3 to 128 characters without blanks',
    ],
    [
      secretKey !== '' && !SECRET_KEY.test(secretKey),
      'SECRET_KEY must be 8 to 256 characters without blanks',
    ],
    [
      !PREFIX.test(prefix) || prefix.length > LONGEST_PREFIX,
      'PREFIX must be names of letters, digits, dots, _ and -, each with a / behind it',
    ],
    [
      !pathStyle && (isIP(host) !== 0 || bucket.includes('.')),
      'PATH_STYLE must be on where the endpoint is an address, or the bucket has a dot in its name',
    ],
  ];
  return checks.filter(([wrong]) => wrong).map(([, said]) => said);
}
