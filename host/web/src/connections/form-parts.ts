/** The parts of the form of a connection: its name, the settings of its kind, when it works. */

import type { FieldProblem } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import type { ShellContext } from '../context';
import { check, field, select } from '../forms';
import type { Draft, Typed } from './draft';
import { sourceField } from './fields';
import { formTexts } from './form-texts';
import { isBrought, type Connection, type SourceField } from './model';
import { problemAt } from './refusals';
import { cronOf, isOwn, own, rhythmOf, type Every } from './rhythm';
import { isAsked, isRare, leadsElsewhere, type Values } from './values';

export interface FormState {
  ctx: ShellContext;
  kind: string;
  isNew: boolean;
  typed: Typed;
  begun: Typed;
  known: Connection | null;
  theirs: { draft: Partial<Draft>; values: Values };
  problem: unknown;
  setDraft: (change: Partial<Draft>) => void;
  setValue: (name: string, value: string | null) => void;
}

function at(form: FormState, pointer: string): FieldProblem | undefined {
  return problemAt(form.ctx.language, form.problem, pointer);
}

export function mainFields(form: FormState): TemplateResult {
  const { ctx, typed, theirs } = form;
  const words = formTexts[ctx.language];
  return html`<fieldset>
    <legend>${words.main}</legend>
    ${field(ctx, { id: 'title', label: words.titleLabel, hint: words.titleHint, value: typed.draft.title, problem: at(form, '/title'), theirs: theirs.draft.title, onInput: (title) => form.setDraft({ title }) })}
    ${form.isNew ? field(ctx, { id: 'name', label: words.nameLabel, hint: words.nameHint, mono: true, value: typed.draft.name, problem: at(form, '/name'), onInput: (name) => form.setDraft({ name }) }) : nothing}
  </fieldset>`;
}

export function settingsFields(form: FormState, fields: readonly SourceField[]): TemplateResult {
  const { ctx, kind, typed, begun, known, theirs } = form;
  const words = formTexts[ctx.language];
  const asked = fields.filter((one) => isAsked(kind, one, typed.values) || at(form, `/settings/${one.name}`));
  const isFolded = (one: SourceField) => isRare(kind, one);
  const draw = (one: SourceField) =>
    sourceField(ctx, one, {
      values: typed.values,
      kept: known?.settings ?? {},
      problem: (name) => at(form, `/settings/${name}`),
      theirs: (name) => theirs.values[name] ?? undefined,
      secretsAgain: known !== null && leadsElsewhere(fields, begun.values, typed.values),
      onInput: form.setValue,
    });
  const folded = asked.filter(isFolded);
  // Nothing that is given, wrong or changed by another stays out of sight.
  const open = folded.some((one) => at(form, `/settings/${one.name}`) || theirs.values[one.name] !== undefined || (begun.values[one.name] ?? '') !== (one.type === 'choice' ? (one.fallback ?? '') : ''));
  return html`<fieldset>
    <legend>${isBrought(kind) ? words.settingsOfBrought : words.settingsOf}</legend>
    ${asked.filter((one) => !isFolded(one)).map(draw)}
    ${folded.length ? html`<details class="more fold" ?open=${open}><summary>${icon('chev', 's')}${words.rare}</summary><div class="form">${folded.map(draw)}</div></details>` : nothing}
  </fieldset>`;
}

export function workFields(form: FormState): TemplateResult {
  const { ctx, typed, theirs } = form;
  const words = formTexts[ctx.language];
  const { draft } = typed;
  return html`<fieldset>
    <legend>${words.work}</legend>
    ${check(ctx, {
      id: 'enabled',
      label: words.enabled,
      hint: words.enabledHint,
      checked: draft.enabled,
      problem: at(form, '/enabled'),
      theirs: theirs.draft.enabled === undefined ? undefined : words.yesNo[theirs.draft.enabled ? 'yes' : 'no'],
      onChange: (enabled) => form.setDraft({ enabled }),
    })}
    ${isBrought(form.kind) ? html`<p class="hint">${words.everyBroughtHint}</p>` : scheduleFields(form)}
  </fieldset>`;
}

function scheduleFields(form: FormState): TemplateResult {
  const { ctx, typed, theirs } = form;
  const words = formTexts[ctx.language];
  const { cron, zone } = typed.draft;
  const rhythm = isOwn(cron) ? { ...rhythmOf(cron), every: 'cron' as Every } : rhythmOf(cron);
  const set = (every: Every, time: string) => form.setDraft({ cron: every === 'cron' ? own(cron.trim()) : cronOf({ every, time }) });
  return html`${select(ctx, {
      id: 'every',
      label: words.every,
      hint: words.everyHint,
      value: rhythm.every,
      options: (['never', 'day', 'workday', 'hour', 'cron'] as const).map((every) => [every, words.rhythms[every]] as const),
      theirs: theirs.draft.cron,
      onInput: (every) => set(every as Every, rhythm.time),
    })}
    ${rhythm.every === 'never'
      ? nothing
      : html`<div class="two">
          ${rhythm.every === 'cron'
            ? field(ctx, { id: 'cron', label: words.cronLabel, hint: words.cronHint, mono: true, value: isOwn(cron) ? cron.slice(1) : cron, problem: at(form, '/schedule/cron'), onInput: (text) => form.setDraft({ cron: own(text) }) })
            : timeField(form, rhythm.every, rhythm.time, (time) => set(rhythm.every, time))}
          ${field(ctx, { id: 'zone', label: words.zone, hint: words.zoneHint, mono: true, value: zone, problem: at(form, '/schedule/zone'), theirs: theirs.draft.zone, onInput: (text) => form.setDraft({ zone: text }) })}
        </div>`}`;
}

function timeField(form: FormState, every: Every, time: string, set: (time: string) => void): TemplateResult {
  const words = formTexts[form.ctx.language];
  return html`<div class="field">
    <label for="time">${words.at}</label>
    <input class="input" id="time" type="time" required .value=${time} aria-describedby=${every === 'hour' ? 'time-hint' : nothing} @change=${(event: Event) => (event.target as HTMLInputElement).value && set((event.target as HTMLInputElement).value)} />
    ${every === 'hour' ? html`<p class="hint" id="time-hint">${words.minuteOf}</p>` : nothing}
  </div>`;
}
