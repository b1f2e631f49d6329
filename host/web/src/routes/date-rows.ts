/** How a source writes a time, and what makes an instant of it. */

import { html, nothing, type TemplateResult } from 'lit';
import type { ShellContext } from '../context';
import { field, select } from '../forms';
import { dateFormOf, dateIn, isObject, without, type DateForm, type DateRule } from './mapping';
import { mappingTexts } from './mapping-texts';
import { recordField } from './record-fields';
import type { RuleSpec } from './rule-row';

export function dateRows(ctx: ShellContext, id: string, label: string, spec: RuleSpec): TemplateResult {
  const words = mappingTexts[ctx.language];
  const rule = spec.rule!;
  const { date } = rule;
  const form = dateFormOf(date);
  const hasFlow = Boolean(recordField(spec.target, 'flow'));
  const forms = (['exact', 'clock', 'dotted', 'unix', 'since', 'flow', 'column'] as DateForm[]).filter((one) => one !== 'flow' || hasFlow || form === 'flow');
  const set = (changed: DateRule | undefined) => spec.set(changed ? { ...rule, date: changed } : without(rule, 'date'));
  return html`<div class="date-rows">
    ${select(ctx, { id: `${id}-date`, label: words.date, value: form, options: forms.map((one) => [one, words.dates[one]!] as const), onInput: (to) => set(dateIn(to as DateForm, date, spec.zone)) })}
    ${date && form !== 'unix'
      ? html`<div class="fields">
          ${form === 'since' ? field(ctx, { id: `${id}-base`, label: words.base, type: 'date', value: String(date.base ?? ''), onInput: (base) => set({ ...date, base }) }) : nothing}
          ${form !== 'clock' && form !== 'dotted' ? select(ctx, { id: `${id}-unit`, label: words.unit, value: date.unit ?? 'days', options: Object.entries(words.units), onInput: (unit) => set({ ...date, unit }) }) : nothing}
          ${field(ctx, { id: `${id}-zone`, label: words.zone, mono: true, value: date.zone ?? '', placeholder: 'UTC', onInput: (zone) => set(zone ? { ...date, zone } : without(date, 'zone')) })}
        </div>`
      : nothing}
    ${date && form === 'column' ? periods(ctx, id, label, date, set) : nothing}
  </div>`;
}

function periods(ctx: ShellContext, id: string, label: string, date: DateRule, set: (date: DateRule) => void): unknown {
  const words = mappingTexts[ctx.language];
  const base = date.base;
  if (!isObject(base)) return nothing;
  const { column, map } = base as { column: string; map: Record<string, string> };
  return html`${field(ctx, { id: `${id}-base-column`, label: words.baseColumn, mono: true, value: column, onInput: (text) => set({ ...date, base: { column: text, map } }) })}
    <lms-pairs .ctx=${ctx} .label=${`${words.base}: ${label}`} .words=${words.basePairs} .value=${map} .onChange=${(pairs: Record<string, string>) => set({ ...date, base: { column, map: pairs } })}></lms-pairs>`;
}
