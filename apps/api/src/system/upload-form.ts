import { sentence } from '@yajin/core';
import multipart from '@fastify/multipart';
import { BusinessError, invalid } from '@yajin/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const ROUTE = '/api/admin/uploads';
const MAX_BYTES = 5 * 1024 * 1024;
const LIMITS = { fileSize: MAX_BYTES, files: 1, fields: 1, parts: 2, headerPairs: 20, fieldSize: 1024 };
/** What the form around the file may add to a request. */
const AROUND = 16 * 1024;

/** Lets the upload route read forms; to every other route they stay a content type that it does not know. */
export async function readForms(fastify: FastifyInstance): Promise<void> {
  await fastify.register(multipart, { limits: LIMITS });
  fastify.addHook('preParsing', (request, _reply, _payload, done) => {
    const strange = ['POST', 'PUT', 'PATCH'].includes(request.method) && !request.is404 && isForm(request);
    done(strange && request.routeOptions.url !== ROUTE ? new BusinessError(415) : null);
  });
}

/**
 * The one file of a form, at most 5 MB.
 * @throws BusinessError 400 for a form that is not as it should be, 413, 415 for what is no form
 */
export async function uploadedFile(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart()) throw new BusinessError(415);
  if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES + AROUND) throw new BusinessError(413);
  let file: Buffer | null = null;
  try {
    for await (const part of request.parts()) {
      if (part.type !== 'file' || part.fieldname !== 'file')
        throw invalid({ field: part.fieldname || 'file', ...sentence('unknown_field') });
      file = await part.toBuffer();
    }
  } catch (error) {
    if (error instanceof BusinessError) throw error;
    if (isTooLarge(error)) throw new BusinessError(413);
    throw invalid({ field: 'file', ...sentence('form_unreadable') });
  }
  if (!file) throw invalid({ field: 'file', ...sentence('no_image') });
  return file;
}

function isForm(request: FastifyRequest): boolean {
  return request.headers['content-type']?.toLowerCase().startsWith('multipart/') ?? false;
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && error.statusCode === 413;
}
