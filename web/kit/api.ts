/** Talks to the server's REST: one place for credentials, language, problems, ETags, pages and event streams. */

export interface FieldProblem {
  pointer: string;
  reason: string;
  fix?: string;
}

/** RFC 9457, as the server writes it. */
export interface Problem {
  status: number;
  code: string;
  title?: string;
  detail: string;
  requestId?: string;
  errors?: FieldProblem[];
}

export class ApiError extends Error {
  constructor(
    readonly problem: Problem,
    readonly body: unknown = null,
  ) {
    super(problem.detail);
    this.name = 'ApiError';
  }
  get status(): number {
    return this.problem.status;
  }
  get code(): string {
    return this.problem.code;
  }
  /** What is said of one field ("/basic"), or nothing. */
  field(pointer: string): FieldProblem | undefined {
    return this.problem.errors?.find((one) => one.pointer === pointer);
  }
}

export interface Answer<T> {
  status: number;
  data: T;
  etag: string;
  location: string;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Ask {
  body?: unknown;
  ifMatch?: string;
  idempotencyKey?: string;
  accept?: string;
  query?: Record<string, string | number | boolean | null | undefined>;
  signal?: AbortSignal;
}

export interface ApiOptions {
  /** Where the server is: "" for this origin, or "https://lms.example". */
  base?: string;
  /** Asked at every request, so that a platform can renew it; without one the session's cookie serves. */
  token?: () => string;
  language?: () => string;
  /** Called when the server doesn't know who asks (401). */
  onSignedOut?: () => void;
}

export class Api {
  private csrf: Promise<string> | null = null;

  constructor(private readonly options: ApiOptions = {}) {}

  get<T>(path: string, ask: Ask = {}): Promise<Answer<T>> {
    return this.send<T>('GET', path, ask);
  }
  post<T>(path: string, body?: unknown, ask: Ask = {}): Promise<Answer<T>> {
    return this.send<T>('POST', path, { ...ask, body });
  }
  put<T>(path: string, body: unknown, ask: Ask = {}): Promise<Answer<T>> {
    return this.send<T>('PUT', path, { ...ask, body });
  }
  delete(path: string, ask: Ask = {}): Promise<Answer<null>> {
    return this.send<null>('DELETE', path, ask);
  }

  /** True when the session's cookie serves: a plain link gets a file then, however large. */
  get hasCookie(): boolean {
    return !this.options.token?.();
  }

  /** After signing in or out: the next change asks for its token again. */
  forget(): void {
    this.csrf = null;
  }

  url(path: string, query: Ask['query'] = {}): string {
    const asked = new URLSearchParams();
    for (const [name, value] of Object.entries(query))
      if (value !== undefined && value !== null && value !== '') asked.set(name, String(value));
    const text = asked.toString();
    return (this.options.base ?? '') + path + (text ? `?${text}` : '');
  }

  /** A file to keep, with the same credentials: the page saves it by a link. `next`: the cursor of a list's next page. */
  async download(path: string, ask: Ask = {}): Promise<{ blob: Blob; name: string; next: string | null }> {
    const response = await this.fetch('GET', path, ask);
    if (!response.ok) throw await this.problem(response);
    const disposition = response.headers.get('Content-Disposition') ?? '';
    const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition);
    const plain = /filename="?([^";]+)"?/i.exec(disposition);
    const name = extended ? decodeURIComponent(extended[1]!) : (plain?.[1] ?? path.split('/').pop() ?? 'file');
    const link = /<\?([^>]*)>; rel="next"/.exec(response.headers.get('Link') ?? '');
    return { blob: await response.blob(), name, next: new URLSearchParams(link?.[1] ?? '').get('cursor') };
  }

  /**
   * Follows a resource until it is final: by its event stream where there is one, else by asking again. Resolves with
   * the last state; `signal` ends it with the state so far.
   */
  async follow<T>(
    path: string,
    on: { state: (state: T) => void; isFinal: (state: T) => boolean; signal: AbortSignal; everyMs?: number },
  ): Promise<void> {
    let last: T | undefined;
    const take = (state: T) => {
      last = state;
      on.state(state);
    };
    try {
      await this.events<T>(`${path}/events`, take, on.signal);
    } catch (error) {
      if (on.signal.aborted) return;
      // No stream to be had, or cut off by something between: go on by asking.
      if (error instanceof ApiError && (error.status === 401 || error.status === 403)) throw error;
    }
    while (!on.signal.aborted && !(last !== undefined && on.isFinal(last))) {
      try {
        const answer = await this.get<T>(path, { signal: on.signal });
        take(answer.data);
        if (on.isFinal(answer.data)) return;
      } catch (error) {
        if (on.signal.aborted) return;
        if (error instanceof ApiError && error.status < 500) throw error;
      }
      await pause(on.everyMs ?? 1000, on.signal);
    }
  }

  private async events<T>(path: string, take: (state: T) => void, signal: AbortSignal): Promise<void> {
    const response = await this.fetch('GET', path, { accept: 'text/event-stream', signal });
    if (!response.ok || !response.body) throw await this.problem(response);
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
        const data = rest
          .slice(0, end)
          .split('\n')
          .filter((line) => line.startsWith('data:'))
          .map((line) => line.slice(5).trimStart())
          .join('\n');
        rest = rest.slice(end + 2);
        if (data) take(JSON.parse(data) as T);
      }
    }
  }

  private async send<T>(method: string, path: string, ask: Ask): Promise<Answer<T>> {
    const response = await this.fetch(method, path, ask);
    if (!response.ok) throw await this.problem(response);
    const text = response.status === 204 ? '' : await response.text();
    const isJson = (response.headers.get('Content-Type') ?? '').includes('json');
    return {
      status: response.status,
      data: (text && isJson ? JSON.parse(text) : text || null) as T,
      etag: response.headers.get('ETag') ?? '',
      location: response.headers.get('Location') ?? '',
    };
  }

  private async fetch(method: string, path: string, ask: Ask, again = true): Promise<Response> {
    const headers = await this.headers(method, ask.accept);
    const token = this.options.token?.() ?? '';
    let body: BodyInit | undefined;
    if (ask.body instanceof Blob) {
      body = ask.body;
      headers['Content-Type'] = ask.body.type || 'application/octet-stream';
    } else if (ask.body !== undefined) {
      body = JSON.stringify(ask.body);
      headers['Content-Type'] = 'application/json';
    }
    if (ask.ifMatch) headers['If-Match'] = ask.ifMatch;
    if (ask.idempotencyKey) headers['Idempotency-Key'] = ask.idempotencyKey;
    let response: Response;
    try {
      response = await fetch(this.url(path, ask.query), {
        method,
        headers,
        body,
        signal: ask.signal,
        credentials: token ? 'omit' : 'same-origin',
      });
    } catch (error) {
      if (ask.signal?.aborted) throw error;
      throw new ApiError({ status: 0, code: 'network', detail: '' });
    }
    // A session that was renewed in another tab has another token.
    if (response.status === 403 && !token && method !== 'GET' && again) {
      const problem = (await response
        .clone()
        .json()
        .catch(() => null)) as Problem | null;
      if (problem?.code === 'csrf') {
        this.forget();
        return this.fetch(method, path, ask, false);
      }
    }
    if (response.status === 401) this.options.onSignedOut?.();
    return response;
  }

  /** What every request of this method says of who asks. */
  async headers(method: string, accept = 'application/json'): Promise<Record<string, string>> {
    const headers: Record<string, string> = { Accept: accept, 'Accept-Language': this.options.language?.() || 'ru' };
    const token = this.options.token?.() ?? '';
    if (token) headers.Authorization = `Bearer ${token}`;
    else if (method !== 'GET') headers['X-CSRF-Token'] = await this.csrfToken();
    return headers;
  }

  private csrfToken(): Promise<string> {
    this.csrf ??= this.get<{ csrfToken?: string }>('/api/v1/session').then(
      (answer) => answer.data.csrfToken ?? '',
      () => {
        this.csrf = null;
        return '';
      },
    );
    return this.csrf;
  }

  /** Of an answer that was asked for beside this class. */
  async refusal(response: Response): Promise<ApiError> {
    if (response.status === 401) this.options.onSignedOut?.();
    return this.problem(response);
  }

  private async problem(response: Response): Promise<ApiError> {
    const body = (await response.json().catch(() => null)) as Problem | null;
    const retry = response.headers.get('Retry-After');
    return new ApiError(
      {
        ...(body ?? {}),
        status: response.status,
        code: body?.code ?? (retry ? 'busy' : 'unknown'),
        detail: body?.detail ?? '',
      },
      body,
    );
  }
}

/** Where an organization's own resources are. */
export function organizationPath(organization: string): string {
  return `/api/v1/organizations/${encodeURIComponent(organization)}`;
}

/** Every page of a list that is short by its nature. */
export async function everyItem<T>(api: Api, path: string, ask: Ask = {}): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = (await api.get<Page<T>>(path, { ...ask, query: { limit: 1000, ...ask.query, cursor } })).data;
    items.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return items;
}

export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

export function newKey(): string {
  return typeof crypto.randomUUID === 'function' ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`;
}
