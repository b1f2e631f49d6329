import { describe, expect, it } from 'vitest';
import { cronOf, nextTime, parseCron, rhythmOf } from './cron';

const next = (cron: string, zone: string, after: string) => nextTime(cron, zone, new Date(after))?.toISOString() ?? null;

describe('schedules', () => {
  it('come next in the zone that is said, not in the browser’s', () => {
    expect(next('30 2 * * *', 'Europe/Moscow', '2026-11-26T00:00:00Z')).toBe('2026-11-26T23:30:00.000Z');
    expect(next('30 2 * * *', 'Asia/Vladivostok', '2026-11-26T00:00:00Z')).toBe('2026-11-26T16:30:00.000Z');
  });
  it('jump over the weekend on working days', () => {
    expect(next('0 6 * * 1-5', 'UTC', '2026-11-27T07:00:00Z')).toBe('2026-11-30T06:00:00.000Z');
  });
  it('take either day where both are named, as the server does', () => {
    expect(next('0 0 1 * MON', 'UTC', '2026-11-26T00:00:00Z')).toBe('2026-11-30T00:00:00.000Z');
  });
  it('are none where they never come or can’t be read', () => {
    expect(next('0 0 30 2 *', 'UTC', '2026-11-26T00:00:00Z')).toBeNull();
    expect(next('0 0 * * *', 'Nowhere/City', '2026-11-26T00:00:00Z')).toBeNull();
  });
  it('are refused where the server refuses them', () => {
    for (const wrong of ['', '* * * *', '60 * * * *', '5/10 * * * *', '*/0 * * * *', '5-1 * * * *', 'x * * * *', '0 0 0 * *']) expect(parseCron(wrong)).toBeNull();
    for (const right of ['*/15 * * * *', '0 2 * * SUN', '0,30 8-18/2 1 JAN-MAR 7']) expect(parseCron(right)).not.toBeNull();
  });
  it('in plain words go back to the same schedule', () => {
    for (const cron of ['30 2 * * *', '0 6 * * 1-5', '15 * * * *', '*/10 * * * *']) expect(cronOf(rhythmOf(cron)!)).toBe(cron);
    for (const own of ['0 2 1 * *', '0 */2 * * *', '0 2 * * 0']) expect(rhythmOf(own)).toBeNull();
  });
});
