import { describe, expect, it } from 'vitest';
import { joined } from './module-page';
import { address, parseRoute, withQuery } from './route';

describe('addresses', () => {
  it('name the view of an organization and what follows it', () => {
    expect(parseRoute('#/org/demo')).toEqual({ kind: 'organization', organization: 'demo', view: '', rest: '' });
    expect(parseRoute('#/org/demo/u2035-quarantine/3f/way')).toEqual({ kind: 'organization', organization: 'demo', view: 'u2035-quarantine', rest: '3f/way' });
    expect(parseRoute('#/server/users/anna%40example.org')).toEqual({ kind: 'server', view: 'users', rest: 'anna@example.org' });
  });
  it('are home when there is none, and unknown rather than a guess', () => {
    for (const empty of ['', '#', '#/']) expect(parseRoute(empty)).toEqual({ kind: 'home' });
    for (const wrong of ['#/nowhere', '#/org', '#/server', '#/password/x', '#/org/%']) expect(parseRoute(wrong)).toEqual({ kind: 'unknown' });
  });
  it('come back as they were written', () => {
    const hash = address('server', 'users', 'анна@example.org');
    expect(hash).not.toContain('анна');
    expect(parseRoute(hash)).toEqual({ kind: 'server', view: 'users', rest: 'анна@example.org' });
    expect(address('org', 'demo', '')).toBe('#/org/demo');
  });
  it('keep what a page’s list is narrowed to as the page wrote it', () => {
    const hash = withQuery(address('org', 'demo', 'u2035-quarantine', '812'), 'q=%D0%90%2F&run=12');
    expect(parseRoute(hash)).toEqual({ kind: 'organization', organization: 'demo', view: 'u2035-quarantine', rest: '812?q=%D0%90%2F&run=12' });
    expect(parseRoute('#/org/demo/u2035-quarantine?run=12')).toMatchObject({ view: 'u2035-quarantine', rest: '?run=12' });
    expect(joined('quarantine', '?run=12')).toBe('quarantine?run=12');
    expect(joined('', '812?run=12')).toBe('812?run=12');
  });
});
