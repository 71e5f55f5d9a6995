import type { Camp } from '@yajin/web';
import { client } from './api.js';

/**
 * Uploads a picture.
 * @param use what it is to be, which the server holds it to
 * @param progress told how much has been sent, 0–1
 * @throws as `client.call`
 */
export function uploadImage(
  file: Blob,
  use: 'poster' | 'groupQrcode',
  { progress, signal }: { progress: (share: number) => void; signal: AbortSignal },
): Promise<Camp.UploadedImage> {
  const form = new FormData();
  form.set('file', file);
  // The body's type in the contract is the form's fields.
  const body = form as unknown as Camp.UploadImageRequest;
  return client.call('uploadImage', { body, query: { use } }, { signal, send: sender(progress) });
}

/** `fetch` for one form; it tells nothing of what was sent so far, which `XMLHttpRequest` does. */
function sender(progress: (share: number) => void): typeof fetch {
  return (input, { method = 'GET', headers, body, signal } = {}) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(method, input instanceof Request ? input.url : input);
      new Headers(headers).forEach((value, name) => request.setRequestHeader(name, value));
      request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
      request.onload = () =>
        resolve(new Response(request.responseText, { status: request.status, headers: headersOf(request) }));
      request.onerror = () => reject(new TypeError('the upload failed'));
      request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
      signal?.addEventListener('abort', () => request.abort());
      request.send(body instanceof FormData ? body : null);
    });
}

function headersOf(request: XMLHttpRequest): Headers {
  const lines = request.getAllResponseHeaders().trim().split(/\r?\n/);
  const pairs = lines.map((line) => [line.split(':')[0] ?? '', line.slice(line.indexOf(':') + 1)]);
  return new Headers(pairs.filter(([name]) => name) as [string, string][]);
}
