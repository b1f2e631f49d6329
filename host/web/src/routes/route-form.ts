/** The form of a route: what it begins with, what is sent of it, and the way to it. */

import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { isMet, sentSettings, shortName } from '../connections/values';
import type { ShellContext } from '../context';
import { address } from '../route';
import { cleaned, targetOf } from './mapping';
import { editTexts } from './edit-texts';
import type { Route, Settings, SourceKind } from './model';

/** Numbers are texts while they are written. */
export interface Typed extends Omit<Route, 'position' | 'maxDeletedPercent'> {
  position: number | string | null;
  maxDeletedPercent: number | string;
  /** The REST calls it revision; only the ETag counts. */
  version: number;
}

export function blank(): Typed {
  return {
    name: '', title: '', prefix: '', position: null, enabled: true, schedule: null, settings: {}, mapping: { target: '', fields: {} }, watermark: null,
    onError: 'skip', deletions: 'keep', maxDeletedPercent: 20, fromSet: '', readUpTo: null, latestRun: null, revision: 0, changedAt: '', changedBy: '', version: 0,
  };
}

/** What is no number is the server's to refuse, with its reason at the field. */
function number(value: number | string | null): number | string | null {
  if (typeof value !== 'string') return value;
  if (value === '') return null;
  const read = Number(value.replace(',', '.'));
  return Number.isFinite(read) ? read : value;
}

export function sentRoute(typed: Typed, kind: SourceKind | null): Record<string, unknown> {
  const { title, prefix, enabled, schedule, settings, mapping, watermark, onError, deletions } = typed;
  const position = number(typed.position);
  const percent = number(typed.maxDeletedPercent);
  const overlap = watermark && number(watermark.overlapSeconds as number | string);
  return {
    title, prefix, enabled, schedule, onError, deletions,
    ...(position === null ? {} : { position }),
    ...(percent === null ? {} : { maxDeletedPercent: percent }),
    settings: kind ? sentSettings(kind.route, settings) : settings,
    mapping: cleaned(mapping),
    watermark: watermark && { ...watermark, overlapSeconds: overlap ?? 0 },
  };
}

/** Rows of a file of JSON or XML have no columns either, whatever their kind says. */
export function isPathsOf(kind: SourceKind | null, settings: Settings): boolean {
  if (!kind) return false;
  return !kind.namesColumns || (kind.pathsWhen !== null && isMet(kind.pathsWhen, kind.route, (name) => settings[name]));
}

/** A name that may stand in an address, of the title, else of what comes; none that is taken. */
export function nameFor(typed: Typed, taken: readonly string[]): string {
  const name = (shortName(typed.title) || targetOf(typed.mapping)).replace(/^from-set$/, 'from-a-set');
  if (!name || !taken.includes(name)) return name;
  for (let i = 2; ; i += 1) if (!taken.includes(`${name}-${i}`)) return `${name}-${i}`;
}

/** Connections › the connection › the route › here. */
export function routeCrumbs(ctx: ShellContext, organization: string, connection: string, title: string | undefined, route: readonly [name: string, title: string] | undefined, here: string): TemplateResult {
  const up = (href: string, text: string) => html`<a href=${href}>${text}</a>${icon('chev', 's')}`;
  return html`<nav class="crumbs" aria-label=${editTexts[ctx.language].connections}>
    ${up(address('org', organization, 'connections'), editTexts[ctx.language].connections)} ${up(address('org', organization, 'connections', connection), title || connection)}
    ${route ? up(address('org', organization, 'connections', connection, 'routes', route[0]), route[1] || route[0]) : nothing}
    <span aria-current="page">${here}</span>
  </nav>`;
}
