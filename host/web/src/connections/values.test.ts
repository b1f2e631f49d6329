import { describe, expect, it } from 'vitest';
import { whereTo, type Connection, type SourceField, type SourceKind } from './model';
import { erased, isAsked, leadsElsewhere, settingsOf, shortName, valuesOf } from './values';

const field = (name: string, type: SourceField['type'], more: Partial<SourceField> = {}): SourceField => ({ name, type, required: false, title: name, ...more });
const fields = [
  field('url', 'text', { required: true }),
  field('limit', 'number', { fallback: '90' }),
  field('auth', 'choice', { fallback: 'none', choices: ['none', 'bearer'] }),
  field('token', 'secret'),
  field('whole', 'flag', { fallback: 'false' }),
  field('hosts', 'list'),
  field('headers', 'map'),
];
const kept = { url: 'https://lms.example.org', token: { set: true, lastFour: '1234' }, hosts: ['a.example', 'b.example'], headers: { Accept: 'a: b' } };

describe('settings of a source', () => {
  it('what is not touched is sent as it is kept, secrets as they are shown', () => {
    expect(settingsOf(fields, valuesOf(fields, kept), kept)).toEqual(kept);
  });
  it('what is typed gets the type of its field, and what is empty is left out', () => {
    const typed = { ...valuesOf(fields, {}), url: ' https://x.example ', limit: '1 000,5', whole: 'true', hosts: 'a\n\n b ', headers: 'X-One: 1\nX-Two = 2' };
    expect(settingsOf(fields, typed)).toEqual({ url: 'https://x.example', limit: 1000.5, whole: true, hosts: ['a', 'b'], headers: { 'X-One': '1', 'X-Two': '2' } });
  });
  it('what is no number goes to the server, which says why not', () => {
    expect(settingsOf([fields[1]!], { limit: 'many' })).toEqual({ limit: 'many' });
  });
  it('a secret is replaced by what is typed, stays when nothing is, and goes only when that is asked for', () => {
    const token = (value: string | null) => settingsOf(fields, { ...valuesOf(fields, kept), token: value }, kept).token;
    expect([token('new'), token(''), token(null), token(erased)]).toEqual(['new', kept.token, kept.token, '']);
  });
  it('an emptied field takes the kept value away', () => {
    expect(settingsOf(fields, { ...valuesOf(fields, kept), hosts: '' }, kept).hosts).toBeUndefined();
  });
  it('a changed address asks for secrets again, a changed limit does not', () => {
    const known = valuesOf(fields, kept);
    expect(leadsElsewhere(fields, known, { ...known, url: 'https://elsewhere.example' })).toBe(true);
    expect(leadsElsewhere(fields, known, { ...known, limit: '5', token: 'new' })).toBe(false);
  });
});

describe('fields that are asked for', () => {
  const user = field('user', 'text', { when: { field: 'auth', values: ['basic'] } });
  const asked = (one: SourceField, values: Record<string, unknown>) => isAsked(one, fields, (name) => values[name]);
  it('are those of the way of signing in, and what holds something', () => {
    expect(asked(user, { auth: 'bearer', user: '' })).toBe(false);
    expect(asked(user, { auth: 'basic', user: '' })).toBe(true);
    expect(asked(user, { auth: 'bearer', user: 'anna' })).toBe(true);
    expect(asked(field('token', 'secret', { when: { field: 'auth', values: ['bearer'] } }), { auth: 'none', token: null })).toBe(true);
  });
  it('go by what the server takes where nothing is chosen', () => {
    expect(asked(field('hint', 'text', { when: { field: 'auth', values: ['none'] } }), {})).toBe(true);
    expect(asked(user, {})).toBe(false);
  });
  it('are all where nothing is said of them', () => {
    expect(asked(field('terminal', 'text'), {})).toBe(true);
  });
  it('lead to where the kind says, and are told as one text', () => {
    const sql = { leadsTo: [{ setting: 'host', before: '' }, { setting: 'port', before: ':' }, { setting: 'database', before: '/' }] } as SourceKind;
    const at = (settings: Record<string, unknown>, kind: SourceKind | null = sql) => whereTo({ settings } as Connection, kind);
    expect(at({ driver: 'postgresql', host: 'db', port: 5432, database: 'moodle' })).toBe('db:5432/moodle');
    expect(at({ driver: 'sqlite', database: 'moodle.db' })).toBe('moodle.db');
    expect(at({ terminal: 'hall' }, null)).toBe('hall');
    expect(at({ header: 'X-Key' }, { leadsTo: [], brought: { by: ['request'], whole: false, maxBytes: null } } as unknown as SourceKind)).toBe('');
  });
});

describe('a short name', () => {
  it('is made of a title in Russian', () => {
    expect(shortName('Наша СДО № 2 (щит)')).toBe('nasha-sdo-2-schit');
    expect(shortName('—')).toBe('');
  });
});
