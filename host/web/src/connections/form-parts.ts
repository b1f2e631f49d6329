/** The parts of the form of a connection: its name, the settings of its kind, when it works. */

import type { FieldProblem } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import type { ShellContext } from '../context';
import { check, field } from '../forms';
import { scheduleField } from '../routes/schedule-field';
import type { Draft, Typed } from './draft';
import { sourceField } from './fields';
import { formTexts } from './form-texts';
import { isBrought, type Connection, type SourceField, type SourceKind } from './model';
import { problemAt } from './refusals';
import { isAsked, isRare, leadsElsewhere, type Values } from './values';

export interface FormState {
  ctx: ShellContext;
  kind: SourceKind | null;
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
  const asked = fields.filter((one) => isAsked(one, fields, (name) => typed.values[name]) || at(form, `/settings/${one.name}`));
  const draw = (one: SourceField) =>
    sourceField(ctx, one, {
      values: typed.values,
      kept: known?.settings ?? {},
      problem: (name) => at(form, `/settings/${name}`),
      theirs: (name) => theirs.values[name] ?? undefined,
      secretsAgain: known !== null && leadsElsewhere(fields, begun.values, typed.values),
      onInput: (name, value) => form.setValue(name, value as string | null),
    });
  const folded = asked.filter(isRare);
  // Nothing that is given, wrong or changed by another stays out of sight.
  const open = folded.some((one) => at(form, `/settings/${one.name}`) || theirs.values[one.name] !== undefined || (begun.values[one.name] ?? '') !== (one.type === 'choice' ? (one.fallback ?? '') : ''));
  return html`<fieldset>
    <legend>${isBrought(kind) ? words.settingsOfBrought : words.settingsOf}</legend>
    ${asked.filter((one) => !isRare(one)).map(draw)}
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
    ${isBrought(form.kind) ? html`<p class="hint">${words.everyBroughtHint}</p>` : schedule(form)}
  </fieldset>`;
}

function schedule(form: FormState): TemplateResult {
  const { ctx, typed, theirs } = form;
  const words = formTexts[ctx.language];
  const { cron, zone, ownCron } = typed.draft;
  return scheduleField(ctx, {
    schedule: cron || ownCron ? { cron, zone } : null,
    ownCron,
    label: words.every,
    never: words.never,
    hint: words.everyHint,
    problem: (name) => (name ? at(form, `/schedule/${name}`) : undefined),
    theirs: theirs.draft.cron ?? theirs.draft.zone,
    set: (to, own) => form.setDraft({ cron: to?.cron ?? '', zone: to?.zone ?? zone, ownCron: own }),
  });
}
