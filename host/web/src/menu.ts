/** The menu of an organization and of the server: the shell's own entries, and those that modules show (GET /api/v1/pages). */

import { isIcon, type IconName } from '@kit/icons';
import { may, type ModulePage, type Session } from './context';
import { address } from './route';
import type { ShellTexts } from './texts';

export interface Entry {
  id: string;
  title: string;
  icon: IconName;
  href: string;
  order: number;
}
export interface Section {
  title: string;
  entries: Entry[];
}

/** The names of the shell's own views of an organization: no page of a module can take them. */
export const ownViews = ['', 'edit', 'users', 'connections', 'xapi', 'alarms', 'journal'];

export function pagesFor(pages: readonly ModulePage[], session: Session, organization: string): ModulePage[] {
  return pages
    .filter((page) => (page.scope ?? 'organization') === 'organization' && !ownViews.includes(page.id) && may(session, organization, page.least))
    .sort((a, b) => a.order - b.order || a.id.localeCompare(b.id));
}

/**
 * Where a page's element wants to go: the page of that element, its own where it names none, whose start is the longest of the path, and
 * what follows it; null: it names an element of which no page is shown.
 */
export function pageAt(pages: readonly ModulePage[], from: ModulePage, path: string, element = from.element): { page: ModulePage; rest: string } | null {
  const starts = (page: ModulePage) => page.path === '' || path === page.path || path.startsWith(`${page.path}/`);
  const best = pages
    .filter((page) => page.element === element && starts(page))
    .reduce<ModulePage | null>((longest, page) => (longest && longest.path.length >= page.path.length ? longest : page), null);
  const page = best ?? (element === from.element ? from : null);
  if (!page) return null;
  return { page, rest: starts(page) ? path.slice(page.path.length).replace(/^\//, '') : path };
}

export function organizationMenu(words: ShellTexts, session: Session, organization: string, pages: readonly ModulePage[]): Section[] {
  const own = (id: string, title: string, icon: IconName, order: number): Entry => ({ id, title, icon, order, href: address('org', organization, id) });
  const sections = new Map<string, Entry[]>([[words.sections.organization, [own('', words.views.organization, 'org', 10)]]]);
  const first = sections.get(words.sections.organization)!;
  if (session.serverAdmin) first.push(own('users', words.views.users, 'users', 20));
  first.push(own('alarms', words.views.alarms, 'alert', 80));
  if (session.serverAdmin || may(session, organization, 'organization-admin')) first.push(own('journal', words.views.journal, 'book', 90));
  for (const page of pagesFor(pages, session, organization)) {
    const entries = sections.get(page.section) ?? [];
    entries.push({ id: page.id, title: page.title, icon: isIcon(page.icon) ? page.icon : 'module', order: page.order, href: address('org', organization, page.id) });
    sections.set(page.section, entries);
  }
  // Set up once, looked at seldom: after what is worked with every day.
  if (may(session, organization, 'viewer')) sections.set(words.sections.sources, [own('connections', words.views.connections, 'database', 210), own('xapi', words.views.xapi, 'down', 220)]);
  return [...sections].map(([title, entries]) => ({ title, entries: entries.sort((a, b) => a.order - b.order) }));
}

export function serverMenu(words: ShellTexts, session: Session): Section[] {
  if (!session.serverAdmin) return [];
  const own = (id: string, icon: IconName, order: number): Entry => ({ id, title: words.serverViews[id as keyof ShellTexts['serverViews']], icon, order, href: address('server', id) });
  return [
    {
      title: words.sections.server,
      entries: [
        own('organizations', 'org', 10),
        own('users', 'users', 20),
        own('tokens', 'key', 30),
        own('projects', 'brief', 40),
        own('jobs', 'clock', 50),
        own('modules', 'module', 60),
        own('alarms', 'alert', 70),
        own('journal', 'book', 80),
      ],
    },
  ];
}
