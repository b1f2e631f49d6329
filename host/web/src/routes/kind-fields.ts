/** The settings of a route, drawn from what the server says of its kind's fields (GET /source-kinds). */

import type { FieldProblem } from '@kit/api';
import { html, type TemplateResult } from 'lit';
import type { ShellContext } from '../context';
import { check, field, select, type FieldSpec } from '../forms';
import type { Settings, SourceField } from './model';
import { wrong } from './problems';
import { editTexts } from './edit-texts';
import './pairs';

export interface SettingSpec {
  kind: string;
  settings: Settings;
  problem: (name: string) => FieldProblem | undefined;
  theirs: (name: string) => string | undefined;
  onInput: (name: string, value: unknown) => void;
}

export function settingField(ctx: ShellContext, one: SourceField, spec: SettingSpec): TemplateResult {
  const words = editTexts[ctx.language];
  const value = spec.settings[one.name];
  const text = shownText(value);
  const common = {
    id: `setting-${one.name}`,
    label: one.title,
    hint: sentences(one.hint, one.fallback && one.type !== 'choice' && one.type !== 'flag' ? words.usual(one.fallback) : ''),
    optional: one.required ? undefined : words.optional,
    problem: spec.problem(one.name),
    theirs: spec.theirs(one.name),
  };
  const onInput = (typed: string) => spec.onInput(one.name, typed);
  switch (one.type) {
    case 'flag':
      return check(ctx, { ...common, checked: value === undefined ? one.fallback === 'true' : value === true || value === 'true', onChange: (on) => spec.onInput(one.name, on) });
    case 'choice': {
      const named = words.choices[`${spec.kind}.${one.name}`] ?? words.choices[one.name] ?? {};
      const choices = (one.choices ?? []).map((choice) => [choice, named[choice] ?? choice] as const);
      return select(ctx, { ...common, value: text || (one.fallback ?? ''), options: one.fallback ? choices : [['', words.notChosen], ...choices], onInput });
    }
    case 'map':
      return html`<div class="field wide">
        <p class="label">${one.title} <span class="optional">${words.optional}</span></p>
        ${common.hint ? html`<p class="hint">${common.hint}</p>` : ''}
        <lms-pairs .ctx=${ctx} .label=${one.title} .words=${words.pairs} .value=${(typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>} .onChange=${(pairs: Record<string, string | null>) => spec.onInput(one.name, pairs)}></lms-pairs>
        ${wrong(ctx, `${common.id}-wrong`, common.problem)}
      </div>`;
    case 'list':
      return textArea(ctx, { ...common, wide: true, value: Array.isArray(value) ? value.join('\n') : text, onInput: (typed) => spec.onInput(one.name, typed.split('\n').map((line) => line.trim()).filter(Boolean)) }, 3);
    case 'multiline':
      return textArea(ctx, { ...common, wide: true, mono: true, value: text, placeholder: one.example, onInput }, one.name === 'query' ? 12 : 5);
    default:
      return field(ctx, { ...common, value: text, placeholder: one.example, mono: true, onInput });
  }
}

export function textArea(ctx: ShellContext, spec: FieldSpec, rows: number): TemplateResult {
  const ids = [spec.hint ? `${spec.id}-hint` : '', spec.problem ? `${spec.id}-wrong` : '', spec.theirs === undefined ? '' : `${spec.id}-theirs`].filter(Boolean).join(' ');
  return html`<div class="field ${spec.wide ? 'wide' : ''}">
    <label for=${spec.id}>${spec.label}${spec.optional ? html` <span class="optional">${spec.optional}</span>` : ''}</label>
    <textarea
      class="input ${spec.mono ? 'mono' : ''}"
      id=${spec.id}
      rows=${rows}
      spellcheck=${spec.mono ? 'false' : 'true'}
      autocapitalize="none"
      autocomplete="off"
      placeholder=${spec.placeholder ?? ''}
      .value=${spec.value}
      aria-invalid=${spec.problem ? 'true' : 'false'}
      aria-describedby=${ids}
      @input=${(event: InputEvent) => spec.onInput((event.target as HTMLTextAreaElement).value)}
    ></textarea>
    ${spec.hint ? html`<p class="hint" id="${spec.id}-hint">${spec.hint}</p>` : ''} ${wrong(ctx, `${spec.id}-wrong`, spec.problem)}
    ${spec.theirs === undefined ? '' : html`<p class="theirs" id="${spec.id}-theirs">${editTexts[ctx.language].theirs(spec.theirs)}</p>`}
  </div>`;
}

export function shownText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** As it is sent: what is empty is left out, a number is one where it can be read as one. The server refuses the rest, at its field. */
export function sentSettings(fields: readonly SourceField[], settings: Settings): Settings {
  const result: Settings = { ...settings };
  for (const { name, type } of fields) {
    const value = settings[name];
    if (value === '' || value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)) delete result[name];
    else if (type === 'number' && typeof value === 'string') {
      const number = Number(value.trim().replace(',', '.'));
      if (Number.isFinite(number)) result[name] = number;
    } else if (type === 'flag' && typeof value === 'string') result[name] = value === 'true';
  }
  return result;
}

/** The server tells no conditions between fields: of its own kinds these are asked for only where they say something. */
const conditions: Record<string, Record<string, (text: (name: string) => string) => boolean>> = {
  http: {
    body: (text) => ['POST', 'PUT', 'DELETE'].includes(text('method')),
    bodyType: (text) => ['POST', 'PUT', 'DELETE'].includes(text('method')),
    pageParameter: (text) => ['page', 'offset', 'cursor'].includes(text('paging')),
    pageSizeParameter: (text) => ['page', 'offset', 'cursor'].includes(text('paging')),
    pageSize: (text) => ['page', 'offset', 'cursor'].includes(text('paging')),
    firstPage: (text) => text('paging') === 'page',
    nextPath: (text) => ['cursor', 'link'].includes(text('paging')),
    totalPath: (text) => text('paging') !== 'none',
    morePath: (text) => text('paging') !== 'none',
    notFoundEnds: (text) => text('paging') !== 'none',
  },
  files: {
    delimiter: (text) => text('format') === 'csv',
    sheet: (text) => text('format') === 'xlsx',
    headerRow: (text) => text('format') === 'xlsx',
    items: (text) => ['json', 'xml'].includes(text('format')),
    encoding: (text) => text('format') !== 'xlsx',
  },
};
const rare: Record<string, string[]> = {
  sql: ['timeoutSeconds'],
  http: ['headers', 'charset', 'itemsOptional', 'watermarkForm', 'watermarkZone', 'watermarkFirst'],
  odata: ['orderBy', 'key', 'paging', 'pageSize', 'count', 'watermarkType', 'options'],
  listen: ['encoding'],
};

/** What holds something is always shown: nothing is sent that isn't seen. */
export function isAsked(kind: string, one: SourceField, fields: readonly SourceField[], settings: Settings): boolean {
  const text = (name: string) => shownText(settings[name]) || (fields.find((other) => other.name === name)?.fallback ?? '');
  const own = shownText(settings[one.name]);
  return (own !== '' && own !== '{}') || (conditions[kind]?.[one.name]?.(text) ?? true);
}
export function isRare(kind: string, one: SourceField): boolean {
  return !one.required && (rare[kind]?.includes(one.name) ?? false);
}

function sentences(...parts: (string | undefined)[]): string | undefined {
  return parts.filter(Boolean).map((part) => `${part!.replace(/[.\s]+$/, '')}.`).join(' ') || undefined;
}
