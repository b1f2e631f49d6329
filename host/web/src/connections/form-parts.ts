/** The parts of the form of a connection: its name, the settings of its kind, when it works. */

import type { FieldProblem } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import type { ShellContext } from '../context';
import { check, field, select } from '../forms';
import { cronOf, nextTime, rhythmOf, type Rhythm } from '../routes/cron';
import type { Draft, Typed } from './draft';
import { sourceField } from './fields';
import { formTexts } from './form-texts';
import { isBrought, type Connection, type SourceField } from './model';
import { problemAt } from './refusals';
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

const ways = ['never', 'day', 'workday', 'hour', 'minutes', 'cron'] as const;
type Way = (typeof ways)[number];

function scheduleFields(form: FormState): TemplateResult {
  const { ctx, typed, theirs } = form;
  const words = formTexts[ctx.language];
  const { cron, zone, ownCron } = typed.draft;
  const rhythm = ownCron ? null : rhythmOf(cron);
  const every: Way = ownCron ? 'cron' : !cron ? 'never' : (rhythm?.every ?? 'cron');
  const next = cron ? nextTime(cron, zone, new Date()) : null;
  return html`${select(ctx, {
      id: 'every',
      label: words.every,
      hint: words.everyHint,
      value: every,
      options: ways.map((one) => [one, words.rhythms[one]] as const),
      theirs: theirs.draft.cron,
      onInput: (way) => form.setDraft(way === 'cron' ? { ownCron: true } : { ownCron: false, cron: way === 'never' ? '' : cronOf(usual(way as Way, rhythm)) }),
    })}
    ${every === 'never'
      ? nothing
      : html`<div class="two">
            ${rhythm ? rhythmField(form, rhythm) : field(ctx, { id: 'cron', label: words.cronLabel, hint: words.cronHint, mono: true, value: cron, problem: at(form, '/schedule/cron'), onInput: (text) => form.setDraft({ cron: text, ownCron: true }) })}
            ${field(ctx, { id: 'zone', label: words.zone, hint: words.zoneHint, mono: true, value: zone, problem: at(form, '/schedule/zone'), theirs: theirs.draft.zone, onInput: (text) => form.setDraft({ zone: text }) })}
          </div>
          ${next ? html`<p class="hint">${words.next(ctx.locale.moment(next))}</p>` : nothing}`}`;
}

function usual(way: Way, before: Rhythm): NonNullable<Rhythm> {
  if (way === 'hour') return { every: way, minute: 0 };
  if (way === 'minutes') return { every: way, minutes: 15 };
  return { every: way === 'workday' ? 'workday' : 'day', time: before && 'time' in before ? before.time : '01:30' };
}

function rhythmField(form: FormState, rhythm: NonNullable<Rhythm>): TemplateResult {
  const { ctx } = form;
  const words = formTexts[ctx.language];
  const set = (to: NonNullable<Rhythm>) => form.setDraft({ cron: cronOf(to) });
  const amount = (value: number, usualOnes: readonly number[], label: string, to: (value: number) => NonNullable<Rhythm>) => {
    const all = usualOnes.includes(value) ? usualOnes : [...usualOnes, value].sort((a, b) => a - b);
    return select(ctx, { id: 'amount', label, value: String(value), options: all.map((one) => [String(one), String(one).padStart(2, '0')] as const), onInput: (text) => set(to(Number(text))) });
  };
  if (rhythm.every === 'hour') return amount(rhythm.minute, [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55], words.minuteOfHour, (minute) => ({ every: 'hour', minute }));
  if (rhythm.every === 'minutes') return amount(rhythm.minutes, [5, 10, 15, 20, 30], words.everyMinutes, (minutes) => ({ every: 'minutes', minutes }));
  return html`<div class="field">
    <label for="time">${words.at}</label>
    <input class="input" id="time" type="time" required .value=${rhythm.time} @change=${(event: Event) => (event.target as HTMLInputElement).value && set({ ...rhythm, time: (event.target as HTMLInputElement).value })} />
  </div>`;
}
