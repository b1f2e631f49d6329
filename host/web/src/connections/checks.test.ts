import type { Api } from '@kit/api';
import { describe, expect, it } from 'vitest';
import { checks } from './checks';
import type { Connection, LastCheck } from './model';

const found = (at: string, outdated = false): LastCheck => ({ at, by: 'anna', ok: true, outdated, failedAt: null, diagnoses: [] });
const connection = (lastCheck: LastCheck | null) => ({ lastCheck }) as Connection;
const answering = (data: LastCheck) => ({ post: () => Promise.resolve({ data }) }) as unknown as Api;

describe('the latest check of a connection', () => {
  it('is the one that the server keeps, when none was made here', () => {
    expect(checks.latest('/a', connection(null))).toBeUndefined();
    expect(checks.latest('/a', connection(found('2026-03-01T00:00:00Z')))).toMatchObject({ state: 'done', found: { by: 'anna' } });
  });
  it('is the one made here until the connection is read again, and then what the server makes of it', async () => {
    await checks.run(answering(found('2026-03-01T02:00:00Z')), '/b');
    expect(checks.latest('/b', connection(found('2026-03-01T01:00:00Z')))).toMatchObject({ found: { at: '2026-03-01T02:00:00Z' } });
    expect(checks.latest('/b', connection(found('2026-03-01T02:00:00Z', true)))).toMatchObject({ found: { outdated: true } });
    expect(checks.latest('/b', connection(found('2026-03-01T03:00:00Z')))).toMatchObject({ found: { at: '2026-03-01T03:00:00Z' } });
  });
  it('is going on, or could not be made, whatever the server keeps of earlier ones', async () => {
    const going = checks.run({ post: () => Promise.reject(new Error('gone')) } as unknown as Api, '/c');
    expect(checks.latest('/c', connection(found('2026-03-01T00:00:00Z')))).toEqual({ state: 'running' });
    await going;
    expect(checks.latest('/c', connection(found('2026-03-01T00:00:00Z')))).toMatchObject({ state: 'broken' });
  });
});
