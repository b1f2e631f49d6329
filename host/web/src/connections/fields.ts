/** The fields of a kind of source, of a connection, a route or a ready-made set, drawn from what the server says of them. */

import type { FieldProblem } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import type { ShellContext } from '../context';
import { check, field, select, type FieldSpec } from '../forms';
import { editTexts } from '../routes/edit-texts';
import '../routes/pairs';
import { wrong } from '../routes/problems';
import { formTexts } from './form-texts';
import type { SourceField } from './model';
import { erased, isKept, shownText } from './values';

export interface FieldsSpec {
  /** By name; a list or a map that is typed as lines is a text, else an array or an object. */
  values: Readonly<Record<string, unknown>>;
  /** What the server keeps: of a secret its last four characters. */
  kept: Record<string, unknown>;
  problem: (name: string) => FieldProblem | undefined;
  theirs?: (name: string) => string | undefined;
  /** Secrets must be given again: the connection would lead elsewhere. */
  secretsAgain?: boolean;
  /** null of a secret: what is kept stays. */
  onInput: (name: string, value: unknown) => void;
}

export function sourceField(ctx: ShellContext, one: SourceField, spec: FieldsSpec): TemplateResult {
  const words = formTexts[ctx.language];
  const value = spec.values[one.name];
  const text = shownText(value);
  const common = {
    id: `setting-${one.name}`,
    label: one.title,
    hint: hintOf(ctx, one, value),
    optional: one.required ? undefined : words.optional,
    problem: spec.problem(one.name),
    theirs: spec.theirs?.(one.name),
  };
  const onInput = (typed: unknown) => spec.onInput(one.name, typed);
  switch (one.type) {
    case 'flag':
      return check(ctx, { ...common, checked: (text || one.fallback) === 'true', onChange: (on) => onInput(String(on)) });
    case 'choice': {
      const choices = (one.choices ?? []).map((choice) => [choice, one.choiceTitles?.[choice] ?? choice] as const);
      // Nothing chosen is a choice where the server has no usual one.
      const none = one.fallback ? [] : [['', one.required ? words.choose : words.notChosen] as const];
      return select(ctx, { ...common, value: text || (one.fallback ?? ''), options: [...none, ...choices], onInput });
    }
    case 'secret':
      return secretField(ctx, one, spec, common);
    case 'map':
      if (typeof value !== 'string') return pairsField(ctx, common, value, onInput);
      break;
    case 'list':
      if (typeof value !== 'string') return textArea(ctx, { ...common, wide: true, value: Array.isArray(value) ? value.join('\n') : '', placeholder: one.example, onInput: (typed) => onInput(linesOf(typed)) }, 3);
      break;
    case 'multiline':
      return textArea(ctx, { ...common, wide: true, mono: true, value: text, placeholder: one.example, onInput }, one.syntax ? 12 : 5);
    default:
      return field(ctx, { ...common, value: text, placeholder: one.example, mono: true, onInput });
  }
  return textArea(ctx, { ...common, wide: true, mono: one.type === 'map', value: text, placeholder: one.example, onInput }, 3);
}

function pairsField(ctx: ShellContext, { id, label, hint, problem, optional }: Pick<FieldSpec, 'id' | 'label' | 'hint' | 'problem' | 'optional'>, value: unknown, onInput: (pairs: unknown) => void): TemplateResult {
  return html`<div class="field wide">
    <p class="label">${label} ${optional ? html`<span class="optional">${optional}</span>` : nothing}</p>
    ${hint ? html`<p class="hint">${hint}</p>` : nothing}
    <lms-pairs .ctx=${ctx} .label=${label} .words=${editTexts[ctx.language].pairs} .value=${(typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>} .onChange=${onInput}></lms-pairs>
    ${wrong(ctx, `${id}-wrong`, problem)}
  </div>`;
}

function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter(Boolean);
}

function hintOf(ctx: ShellContext, one: SourceField, value: unknown): string | undefined {
  const words = formTexts[ctx.language];
  const usual = one.fallback && one.type !== 'choice' && one.type !== 'flag' ? words.usual(one.fallback) : '';
  const lines = one.type === 'list' ? words.oneALine : one.type === 'map' && typeof value === 'string' ? words.pairALine : '';
  return [one.hint, lines, usual].filter(Boolean).map((part) => `${part!.replace(/[.\s]+$/, '')}.`).join(' ') || undefined;
}

/** Kept secrets are never on the page: their last four characters stand for them until another is typed. */
function secretField(ctx: ShellContext, one: SourceField, spec: FieldsSpec, common: Pick<FieldSpec, 'id' | 'label' | 'hint' | 'optional' | 'problem'>): TemplateResult {
  const words = formTexts[ctx.language];
  const kept = spec.kept[one.name];
  const value = spec.values[one.name];
  const set = (typed: string | null) => spec.onInput(one.name, typed);
  if (!isKept(kept)) return field(ctx, { ...common, type: 'password', autocomplete: 'new-password', value: shownText(value), onInput: set });
  const again = Boolean(spec.secretsAgain);
  if (value === erased || (value === null && !again))
    return html`<div class="field" role="group" aria-labelledby="${common.id}-label">
      <p class="label" id="${common.id}-label">${one.title}</p>
      <div class="input-row">
        <p class="kept-secret">${icon(value === erased ? 'x' : 'lock', 's')}<span>${value === erased ? words.willGo : kept.lastFour ? words.kept(kept.lastFour) : words.keptWhole}</span></p>
        ${value === erased
          ? html`<button class="btn" type="button" @click=${() => set(null)}>${words.keepOld}</button>`
          : html`<button class="btn" type="button" @click=${() => set('')}>${words.replace}</button>
              ${one.required ? nothing : html`<button class="btn" type="button" @click=${() => set(erased)}>${words.takeAway}</button>`}`}
      </div>
      ${wrong(ctx, `${common.id}-wrong`, common.problem)}
    </div>`;
  return html`<div class="stack-s">
    ${field(ctx, { ...common, optional: undefined, hint: again ? words.secretAgain : words.secretNew, type: 'password', autocomplete: 'new-password', value: shownText(value), onInput: set })}
    ${again ? nothing : html`<div class="btns"><button class="btn quiet small" type="button" @click=${() => set(null)}>${words.keepOld}</button></div>`}
  </div>`;
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
