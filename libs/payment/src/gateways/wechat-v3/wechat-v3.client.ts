import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

import { heard, proven } from '@yajin/server';
import { GatewayError, UnknownKey } from '../../gateway.js';
import {
  authorization,
  isSigned,
  isText,
  signatureFault,
  type MerchantIdentity,
} from './wechat-v3.crypto.js';
import type { PlatformKeys } from './wechat-v3.keys.js';
import { Malformed, parseObject, type Json } from '../json.js';
import { errorFrom } from './wechat-v3.transforms.js';

export interface ClientConfig extends MerchantIdentity {
  /** Such as `https://api.mch.weixin.qq.com`; a path is kept in front of the protocol's own. */
  apiBase: string;
  platformKeys: PlatformKeys;
  timeoutMs: number;
  now: () => Date;
}

interface Answer {
  status: number;
  headers: Headers;
  body: Uint8Array;
}

const DOWNLOAD_TIMEOUT_MS = 60_000;
const MAX_ANSWER_BYTES = 1024 * 1024;
const MAX_BILL_BYTES = 256 * 1024 * 1024;
const unzip = promisify(gunzip);

/**
 * Calls the gateway and returns the verified JSON of a success: 200 with a body, or 204 as null.
 * @param keysFor what an answer of this body may be signed with, where that is more than we know
 * @throws GatewayError
 */
export async function call(
  config: ClientConfig,
  method: 'GET' | 'POST',
  path: string,
  body?: Json,
  keysFor: (body: string) => PlatformKeys = () => config.platformKeys,
): Promise<Json | null> {
  const url = new URL(config.apiBase.replace(/\/+$/, '') + path);
  const answer = await send(
    config,
    method,
    url,
    body === undefined ? '' : JSON.stringify(body),
    config.timeoutMs,
  );
  const header = (name: string): string | null => answer.headers.get(name);
  if (answer.status > 299 && !isSigned(header)) throw unsignedError(answer);
  const keys = keysFor(Buffer.from(answer.body).toString('utf8'));
  const fault = signatureFault(header, answer.body, keys, config.now());
  if (fault !== null && fault.unknownSerial !== null) throw new UnknownKey(fault.unknownSerial);
  if (fault !== null) {
    throw new GatewayError(
      'unknown',
      'BAD_SIGNATURE',
      `${fault.reason}（HTTP ${answer.status} ${excerpt(answer.body)}）`,
    );
  }
  proven();
  if (answer.status === 204) return null;
  const json = readJson(answer);
  if (answer.status !== 200) throw errorFrom(answer.status, json);
  return json;
}

/**
 * WeChat signs not every answer that is no success, and its SDKs look at the status before the signature (wechatpay-go
 * core/client.go, WxJava SignatureExec): a 4xx of the documented form is its refusal, for TLS says who answered. Anything else
 * that is unsigned, such as a proxy's page, says nothing.
 */
function unsignedError(answer: Answer): GatewayError {
  const json = jsonOrNull(answer);
  const documented = json && isText(json['code']) && typeof json['message'] === 'string';
  if (documented) return errorFrom(answer.status, json);
  return new GatewayError('unknown', `HTTP_${answer.status}`, `没有签名的应答：${excerpt(answer.body)}`);
}

/** Downloads a bill. Its answer is not signed: the hash from the signed answer before vouches for it. */
export async function download(config: ClientConfig, url: URL, sha1: string): Promise<string> {
  const answer = await send(config, 'GET', url, '', DOWNLOAD_TIMEOUT_MS, MAX_BILL_BYTES);
  if (answer.status !== 200) {
    throw new GatewayError('unknown', 'BILL_DOWNLOAD', `HTTP ${answer.status} ${excerpt(answer.body)}`);
  }
  const file = await plainFile(answer.body);
  if (createHash('sha1').update(file).digest('hex') !== sha1.toLowerCase()) {
    throw new GatewayError('unknown', 'BILL_HASH', '账单文件与其摘要不符');
  }
  return Buffer.from(file).toString('utf8');
}

/** A proxy that declares the zip as a content encoding has had it undone already. */
async function plainFile(body: Uint8Array): Promise<Uint8Array> {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body;
  try {
    return await unzip(body, { maxOutputLength: MAX_BILL_BYTES });
  } catch {
    throw new GatewayError('unknown', 'BILL_UNZIP', '账单文件无法解压');
  }
}

async function send(
  config: ClientConfig,
  method: 'GET' | 'POST',
  url: URL,
  body: string,
  timeoutMs: number,
  most = MAX_ANSWER_BYTES,
): Promise<Answer> {
  const pathAndQuery = url.pathname + url.search;
  // The gateway signs its answer with the key named here; the last of ours is the newest.
  const newest = config.platformKeys.newest()?.serial;
  const signal = AbortSignal.timeout(timeoutMs);
  const sentAt = Date.now();
  try {
    const response = await fetch(url, {
      method,
      headers: {
        Accept: 'application/json',
        'User-Agent': 'yajin',
        Authorization: authorization(config, { method, pathAndQuery, body }, config.now()),
        ...(newest !== undefined && { 'Wechatpay-Serial': newest }),
        ...(method === 'POST' && { 'Content-Type': 'application/json' }),
      },
      ...(method === 'POST' && { body }),
      redirect: 'manual',
      signal,
    });
    heard((name) => response.headers.get(name), sentAt);
    return { status: response.status, headers: response.headers, body: await bytesOf(response, most) };
  } catch (error) {
    if (signal.aborted) {
      throw new GatewayError('unknown', 'TIMEOUT', `微信支付 ${timeoutMs} 毫秒内没有应答`);
    }
    throw new GatewayError('unknown', 'NETWORK', `无法连接微信支付：${networkCause(error)}`);
  }
}

/** @throws Error as soon as it is longer than `most` bytes */
async function bytesOf(response: Response, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > most) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function jsonOrNull(answer: Answer): Json | null {
  try {
    return parseObject(Buffer.from(answer.body).toString('utf8'));
  } catch {
    return null;
  }
}

function readJson(answer: Answer): Json {
  try {
    return parseObject(Buffer.from(answer.body).toString('utf8'));
  } catch (error) {
    if (error instanceof Malformed) throw brokenAnswer(error);
    throw error;
  }
}

export function brokenAnswer(error: Malformed): GatewayError {
  return new GatewayError('unknown', 'BROKEN_ANSWER', `微信支付应答无法解读：${error.message}`);
}

function excerpt(body: Uint8Array): string {
  return Buffer.from(body.subarray(0, 200)).toString('utf8');
}

/** fetch wraps what really happened, such as ECONNREFUSED, in its cause. */
function networkCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
