import { describe, expect, it } from 'vitest';
import { isAsked, sentSettings } from '../connections/values';
import type { SourceField } from './model';
import { blank, nameFor, sentRoute } from './route-form';

const one = (name: string, type: SourceField['type'], more: Partial<SourceField> = {}): SourceField => ({ name, type, required: false, title: name, ...more });
const fields = [one('query', 'multiline', { required: true }), one('paging', 'choice', { fallback: 'none', choices: ['none', 'page'] }), one('firstPage', 'number', { when: { field: 'paging', values: ['page'] } }), one('headers', 'map'), one('count', 'flag')];

describe('what is sent of a route', () => {
  it('leaves out what is empty, and reads numbers where they are some', () => {
    expect(sentSettings(fields, { query: '', firstPage: ' 2 ', headers: {}, count: 'true', other: 'kept' })).toEqual({ firstPage: 2, count: true, other: 'kept' });
    expect(sentSettings(fields, { firstPage: 'two' })).toEqual({ firstPage: 'two' });
  });
  it('has no position until one is given, and says a wrong one as it is written', () => {
    expect(sentRoute(blank(), null)).not.toHaveProperty('position');
    expect(sentRoute({ ...blank(), position: '3', maxDeletedPercent: '12,5' }, null)).toMatchObject({ position: 3, maxDeletedPercent: 12.5 });
    expect(sentRoute({ ...blank(), position: 'first' }, null)).toMatchObject({ position: 'first' });
  });
});

describe('the form of a route', () => {
  it('asks for the first page where pages are numbered, and never hides what holds something', () => {
    const first = fields[2]!;
    const asked = (settings: Record<string, unknown>) => isAsked(first, fields, (name) => settings[name]);
    expect(asked({})).toBe(false);
    expect(asked({ paging: 'page' })).toBe(true);
    expect(asked({ firstPage: 0 })).toBe(true);
  });
  it('suggests a name of the title, else of what comes, that is not taken', () => {
    expect(nameFor({ ...blank(), title: 'Слушатели СДО' }, [])).toBe('slushateli-sdo');
    expect(nameFor({ ...blank(), mapping: { target: 'learners' } }, ['learners', 'learners-2'])).toBe('learners-3');
    expect(nameFor(blank(), [])).toBe('');
  });
});
