import { describe, expect, it } from 'vitest';
import { cronOf, isOwn, own, rhythmOf, type Rhythm } from './rhythm';

describe('a schedule', () => {
  it('that has a simple rhythm is read and written the same', () => {
    for (const cron of ['30 1 * * *', '5 22 * * 1-5', '7 * * * *']) {
      const rhythm = rhythmOf(cron) as Rhythm & { every: 'day' };
      expect(cronOf(rhythm)).toBe(cron);
    }
    expect(rhythmOf('05 02 * * MON-FRI')).toEqual({ every: 'workday', time: '02:05' });
    expect(rhythmOf('')).toMatchObject({ every: 'never' });
  });
  it('of any other kind stays cron', () => {
    for (const cron of ['*/15 * * * *', '0 2 1 * *', '0 2 * * 0', '60 1 * * *', '0 24 * * *', '0 2 * *', 'nonsense']) expect(rhythmOf(cron).every).toBe('cron');
  });
  it('that a person types is their own, even while it is empty', () => {
    expect([isOwn(own('')), isOwn(own('30 1 * * *')), isOwn('30 1 * * *'), isOwn('')]).toEqual([true, true, false, false]);
  });
});
