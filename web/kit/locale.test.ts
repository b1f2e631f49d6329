import { describe, expect, it } from 'vitest';
import { Locale, languageOf } from './locale';

describe('Locale', () => {
  const ru = new Locale('ru');
  const en = new Locale('en');
  const records = { one: 'запись', few: 'записи', many: 'записей' };

  it('takes the right Russian plural', () => {
    const words = [0, 1, 2, 4, 5, 11, 12, 21, 22, 25, 101, 111].map((n) => ru.form(n, records));
    expect(words).toEqual(['записей', 'запись', 'записи', 'записи', 'записей', 'записей', 'записей', 'запись', 'записи', 'записей', 'запись', 'записей']);
  });
  it('takes the right English plural', () => {
    expect(en.count(1, { one: 'record', other: 'records' })).toBe('1\u00a0record');
    expect(en.count(0, { one: 'record', other: 'records' })).toBe('0\u00a0records');
  });
  it('never says 100 % of what is not whole', () => {
    expect(ru.percent(0.999)).toBe('99\u00a0%');
    expect(ru.percent(1)).toBe('100\u00a0%');
  });
  it('tells days of the zone of the page, not of the browser', () => {
    expect(ru.dateKey('2026-11-26T22:30:00Z')).toBe('2026-11-27');
    expect(ru.time('2026-11-26T22:30:00Z')).toBe('01:30');
    expect(new Locale('en', 'UTC').dateKey('2026-11-26T22:30:00Z')).toBe('2026-11-26');
  });
  it('tells the time by 24 hours in every language', () => {
    const [early, late] = ['2026-11-26T00:14:05Z', '2026-11-26T20:59:00Z'];
    expect([en.time(early), en.time(late), en.exactTime(early), en.time('2026-11-25T21:00:00Z')]).toEqual(['03:14', '23:59', '03:14:05', '00:00']);
    expect([ru.time(early), ru.exactTime(early)]).toEqual(['03:14', '03:14:05']);
  });
  it('names the year when it is another one', () => {
    const now = new Date('2026-11-27T00:00:00Z');
    expect(ru.day('2026-11-05T09:00:00Z', now)).toBe('5 ноября');
    expect(ru.day('2025-11-05T09:00:00Z', now)).toContain('2025');
  });
  it('writes sizes in the units of the language', () => {
    expect(ru.bytes(999)).toBe('999\u00a0Б');
    expect(ru.bytes(1_250_000)).toBe('1,3\u00a0МБ');
    expect(en.bytes(2_000_000_000)).toBe('2\u00a0GB');
  });
  it('falls back to Russian', () => {
    expect([languageOf('en-GB'), languageOf('de'), languageOf(null)]).toEqual(['en', 'ru', 'ru']);
  });
});
