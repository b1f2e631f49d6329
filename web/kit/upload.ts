/** A file as the body of a request, with how much of it is sent: fetch doesn't tell. */

import { ApiError, type Answer, type Api, type Ask } from './api';

export interface Upload {
  query?: Ask['query'];
  signal?: AbortSignal;
  /** 0 to 1. */
  onSent?: (share: number) => void;
}

export async function upload<T>(api: Api, path: string, file: Blob, ask: Upload = {}): Promise<Answer<T>> {
  for (let again = true; ; again = false) {
    const response = await sendFile(api.url(path, ask.query), await api.headers('POST'), file, ask);
    if (response.ok) {
      const data = (await response.json()) as T;
      return { status: response.status, data, etag: response.headers.get('ETag') ?? '', location: response.headers.get('Location') ?? '' };
    }
    const error = await api.refusal(response);
    // A session that was renewed in another tab has another token.
    if (!again || error.code !== 'csrf') throw error;
    api.forget();
  }
}

function sendFile(url: string, headers: Record<string, string>, file: Blob, ask: Upload): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    for (const [name, value] of Object.entries({ ...headers, 'Content-Type': 'application/octet-stream' })) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && ask.onSent?.(event.loaded / event.total);
    request.onload = () => {
      const told = new Headers();
      for (const name of ['Content-Type', 'Location', 'ETag', 'Retry-After']) {
        const value = request.getResponseHeader(name);
        if (value !== null) told.set(name, value);
      }
      resolve(new Response(request.responseText, { status: request.status, headers: told }));
    };
    request.onerror = () => reject(new ApiError({ status: 0, code: 'network', detail: '' }));
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    ask.signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}
