import { afterEach, describe, expect, it, vi } from 'vitest';
import { Api, ApiError } from './api';

type Reply = { status?: number; json?: unknown; text?: string; type?: string; headers?: Record<string, string> };

function server(reply: (method: string, url: string, init: RequestInit) => Reply) {
  const calls: { method: string; url: string; headers: Record<string, string>; body: unknown }[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    calls.push({ method: init.method!, url, headers: init.headers as Record<string, string>, body: init.body });
    const { status = 200, json, text, type = 'application/json', headers = {} } = reply(init.method!, url, init);
    const body = json === undefined ? (text ?? '') : JSON.stringify(json);
    return new Response(status === 204 ? null : body, { status, headers: { 'Content-Type': type, ...headers } });
  });
  return calls;
}

afterEach(() => vi.unstubAllGlobals());

describe('Api', () => {
  it('sends the session’s token with a change and asks for it once', async () => {
    const calls = server((_, url) => (url.endsWith('/session') ? { json: { csrfToken: 'c1' } } : { json: {} }));
    const api = new Api();
    await api.post('/a', { x: 1 });
    await api.post('/b');
    expect(calls.filter((one) => one.url.endsWith('/session'))).toHaveLength(1);
    expect(calls.at(-1)!.headers['X-CSRF-Token']).toBe('c1');
  });
  it('repeats a change once when the session was renewed elsewhere', async () => {
    let token = 'old';
    const calls = server((method, url) => {
      if (url.endsWith('/session')) return { json: { csrfToken: token } };
      token = 'new';
      return method === 'POST' && calls.filter((one) => one.method === 'POST').length === 1
        ? { status: 403, json: { status: 403, code: 'csrf', detail: 'x' } }
        : { json: { ok: true } };
    });
    expect((await new Api().post('/a')).data).toEqual({ ok: true });
    expect(calls.at(-1)!.headers['X-CSRF-Token']).toBe('new');
  });
  it('sends a bearer token and no cookie', async () => {
    const calls = server(() => ({ json: {} }));
    await new Api({ base: 'https://lms.example', token: () => 't1' }).post('/a');
    expect(calls).toHaveLength(1);
    expect(calls[0]!.url).toBe('https://lms.example/a');
    expect(calls[0]!.headers.Authorization).toBe('Bearer t1');
  });
  it('gives the problem with its fields', async () => {
    server(() => ({ status: 422, json: { status: 422, code: 'validation', detail: 'no', errors: [{ pointer: '/basic', reason: 'r' }] } }));
    const error = await new Api().get('/a').catch((one: unknown) => one);
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).field('/basic')?.reason).toBe('r');
  });
  it('tells a lost connection as one, not as an exception of the browser', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch');
    });
    await expect(new Api().get('/a')).rejects.toMatchObject({ code: 'network', status: 0 });
  });
  it('says who is signed out', async () => {
    server(() => ({ status: 401, json: { status: 401, code: 'unauthorized', detail: '' } }));
    const out = vi.fn();
    await new Api({ onSignedOut: out }).get('/a').catch(() => null);
    expect(out).toHaveBeenCalledOnce();
  });
});

describe('Api.follow', () => {
  const stream = (...states: unknown[]) => ({
    type: 'text/event-stream',
    text: ': hi\n\n' + states.map((one) => `event: state\ndata: ${JSON.stringify(one)}\n\n`).join(''),
  });
  const until = (states: unknown[], signal = new AbortController().signal) => ({
    state: (one: { state: string }) => states.push(one.state),
    isFinal: (one: { state: string }) => one.state === 'done',
    signal,
    everyMs: 1,
  });

  it('takes the states of the stream and asks no more', async () => {
    const calls = server(() => stream({ state: 'running' }, { state: 'done' }));
    const seen: unknown[] = [];
    await new Api().follow('/runs/1', until(seen));
    expect(seen).toEqual(['running', 'done']);
    expect(calls).toHaveLength(1);
  });
  it('asks again and again where no stream is to be had', async () => {
    let left = 2;
    server((_, url) =>
      url.endsWith('/events') ? { status: 503, json: { status: 503, code: 'busy', detail: '' } } : { json: { state: left-- > 0 ? 'running' : 'done' } },
    );
    const seen: unknown[] = [];
    await new Api().follow('/runs/1', until(seen));
    expect(seen).toEqual(['running', 'running', 'done']);
  });
  it('goes on by asking when the stream is cut off', async () => {
    server((_, url) => (url.endsWith('/events') ? stream({ state: 'running' }) : { json: { state: 'done' } }));
    const seen: unknown[] = [];
    await new Api().follow('/runs/1', until(seen));
    expect(seen).toEqual(['running', 'done']);
  });
  it('stays with it over a restart of the server', async () => {
    let asked = 0;
    server((_, url) => {
      if (url.endsWith('/events')) return { status: 404, json: { status: 404, code: 'not-found', detail: '' } };
      return ++asked < 3 ? { status: 502, text: 'bad gateway', type: 'text/html' } : { json: { state: 'done' } };
    });
    const seen: unknown[] = [];
    await new Api().follow('/runs/1', until(seen));
    expect(seen).toEqual(['done']);
  });
});
