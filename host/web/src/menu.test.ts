import { describe, expect, it } from 'vitest';
import type { ModulePage, Session } from './context';
import { organizationMenu, pageAt, pagesFor, serverMenu } from './menu';
import { texts } from './texts';

const page = (id: string, path: string, more: Partial<ModulePage> = {}): ModulePage => ({
  id, section: 'След', title: id, icon: 'chart', script: '/assets/m/m.js', element: 'm-page', path, order: 100, least: 'viewer', scope: 'organization', ...more,
});
const pages = [page('m-more', 'more', { order: 120 }), page('m-first', '', { order: 110 }), page('m-links', '', { section: 'Организация', element: 'm-links', order: 30, least: 'methodist', icon: 'no such icon' })];
const who = (role: 'viewer' | 'methodist' | 'organization-admin', serverAdmin = false): Session => ({ login: 'a', name: '', serverAdmin, roles: [{ organization: 'demo', role }] });

describe('the menu', () => {
  it('puts pages of modules among its own entries, by order', () => {
    const [first, second] = organizationMenu(texts.ru, who('organization-admin'), 'demo', pages);
    expect(first!.entries.map((one) => one.id)).toEqual(['', 'm-links', 'alarms', 'journal']);
    expect(second).toMatchObject({ title: 'След', entries: [{ id: 'm-first', href: '#/org/demo/m-first' }, { id: 'm-more' }] });
    expect(first!.entries[1]!.icon).toBe('module');
  });
  it('shows what the role allows', () => {
    const ids = (session: Session, organization = 'demo') => organizationMenu(texts.ru, session, organization, pages).flatMap((one) => one.entries.map((entry) => entry.id));
    expect(ids(who('viewer'))).toEqual(['', 'alarms', 'm-first', 'm-more', 'connections', 'xapi']);
    expect(ids(who('methodist'))).toContain('m-links');
    // The server's administrator leads people, and sees no organization's data without a role in it.
    expect(ids(who('viewer', true), 'other')).toEqual(['', 'users', 'alarms', 'journal']);
    expect(serverMenu(texts.ru, who('organization-admin'))).toEqual([]);
  });
  it('lets no module take an address of its own', () => {
    expect(pagesFor([page('journal', ''), page('edit', '')], who('organization-admin'), 'demo')).toEqual([]);
  });
});

describe('where a page wants to go', () => {
  it('is the page with the longest start, and what follows it', () => {
    const [more, first] = pages as [ModulePage, ModulePage, ModulePage];
    expect(pageAt(pages, first, 'more/3f')).toEqual({ page: more, rest: '3f' });
    expect(pageAt(pages, more, '')).toEqual({ page: first, rest: '' });
    expect(pageAt(pages, more, 'morelike')).toEqual({ page: first, rest: 'morelike' });
    expect(pageAt(pages, more, 'more')).toEqual({ page: more, rest: '' });
  });
  it('is another element’s page where it names one, and nowhere when no such page is shown', () => {
    const [more, , links] = pages as [ModulePage, ModulePage, ModulePage];
    expect(pageAt(pages, more, 'bas', 'm-links')).toEqual({ page: links, rest: 'bas' });
    expect(pageAt(pages, more, 'bas', 'm-nosuch')).toBeNull();
  });
});
