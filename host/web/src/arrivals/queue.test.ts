import { ApiError, type Api } from '@kit/api';
import { describe, expect, it, vi } from 'vitest';
import type { Run } from './brought';
import { largeFile, UploadQueue, type Sent } from './queue';

const file = (name: string) => new File(['id\n1\n'], name);
const ended: Run = { id: 'r', mode: 'full', trigger: 'upload', requestedBy: 'anna', state: 'done', startedAt: '', finishedAt: '', counts: { rows: 1 }, diagnoses: [] };

function make(upload: (path: string, name: string, query: Record<string, unknown>) => Promise<unknown>, runs: Run[] = []) {
  const steps: string[] = [];
  const api = { get: () => Promise.resolve({ data: runs.shift() ?? ended }) } as unknown as Api;
  const send = (_: Api, path: string, one: File, ask: { query: Record<string, unknown> }) => upload(path, one.name, ask.query);
  const done: Sent[] = [];
  const queue: UploadQueue = new UploadQueue(
    () => api,
    () => steps.push(queue.items.map((one) => one.step).join(' ')),
    (one) => done.push(one),
    () => Promise.resolve(),
    send as never,
  );
  return { queue, steps, done };
}

describe('files on their way', () => {
  it('go one after the other, each to its end', async () => {
    const at: string[] = [];
    const { queue, steps, done } = make((_, name) => {
      at.push(name);
      return Promise.resolve({ data: { run: 'r' }, location: '/runs/r' });
    }, [{ ...ended, state: 'running' }, ended, ended]);
    queue.add([file('a'), file('b')], '/route', 'Route');
    await vi.waitFor(() => expect(done).toHaveLength(2));
    expect(at).toEqual(['a', 'b']);
    expect(steps).toContain('reading queued');
    expect(steps).toContain('ended sending');
    expect(queue.isWorking).toBe(false);
  });
  it('are not sent when they are larger than the server takes', async () => {
    const at: string[] = [];
    const { queue, done } = make((_, name) => {
      at.push(name);
      return Promise.resolve({ data: { run: 'r' }, location: '/runs/r' });
    });
    queue.add([new File(['12345'], 'fits'), new File(['123456'], 'large')], '/route', 'Route', 5);
    await vi.waitFor(() => expect(done).toHaveLength(1));
    expect(at).toEqual(['fits']);
    expect(queue.items.find((one) => one.file.name === 'large')).toMatchObject({ step: 'refused', error: largeFile });
  });
  it('wait while the server reads another, and then go', async () => {
    let times = 0;
    const { queue, steps, done } = make(() => (++times === 1 ? Promise.reject(new ApiError({ status: 409, code: 'route.running', detail: '' })) : Promise.resolve({ data: { run: 'r' }, location: '/runs/r' })));
    queue.add([file('a')], '/route', 'Route');
    await vi.waitFor(() => expect(done).toHaveLength(1));
    expect(steps).toContain('busy');
    expect(done[0]!.step).toBe('ended');
  });
  it('that are empty are not sent at all', async () => {
    const sent: string[] = [];
    const { queue, done } = make((_, name) => {
      sent.push(name);
      return Promise.resolve({ data: { run: 'r' }, location: '/runs/r' });
    });
    queue.add([new File([], 'empty'), file('a')], '/route', 'Route');
    await vi.waitFor(() => expect(done).toHaveLength(1));
    expect([sent, queue.items.map((one) => one.step)]).toEqual([['a'], ['refused', 'ended']]);
  });
  it('that were saved anew since they were chosen have to be chosen again', async () => {
    const { queue, done } = make(() => Promise.resolve({ data: { run: 'r' }, location: '/runs/r' }));
    const saved = file('a');
    saved.slice = () => ({ arrayBuffer: () => Promise.reject(new Error('NotReadableError')) }) as unknown as Blob;
    queue.add([saved], '/route', 'Route');
    await vi.waitFor(() => expect(done).toHaveLength(1));
    expect((done[0]!.error as ApiError).code).toBe('file.changed');
  });
  it('that are refused leave the way to the next, and can be sent again with a person’s word', async () => {
    const asked: unknown[] = [];
    const { queue, done } = make((_, name, query) => {
      asked.push(query.confirmDeletions);
      return name === 'a' && asked.length === 1 ? Promise.reject(new ApiError({ status: 413, code: 'too-large', detail: 'x' })) : Promise.resolve({ data: { run: 'r' }, location: '/runs/r' });
    });
    queue.add([file('a'), file('b')], '/route', 'Route');
    await vi.waitFor(() => expect(done.map((one) => one.step)).toEqual(['refused', 'ended']));
    queue.repeat(queue.items[0]!.id, true);
    await vi.waitFor(() => expect(done).toHaveLength(3));
    expect(asked).toEqual([undefined, undefined, true]);
  });
});
