/** The form of a kind of source, or of a ready-made set, drawn from what the server says of its fields. */

import type { FieldProblem } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import type { ShellContext } from '../context';
import { check, field, select, type FieldSpec } from '../forms';
import { fieldWords } from '../refusals';
import { formTexts } from './form-texts';
import type { SourceField } from './model';
import { erased, isKept, type Values } from './values';

export interface FieldsSpec {
  values: Values;
  /** What the server keeps: of a secret its last four characters. */
  kept: Record<string, unknown>;
  problem: (name: string) => FieldProblem | undefined;
  theirs?: (name: string) => string | undefined;
  /** Secrets must be given again: the connection would lead elsewhere. */
  secretsAgain?: boolean;
  onInput: (name: string, value: string | null) => void;
}

export function sourceField(ctx: ShellContext, one: SourceField, spec: FieldsSpec): TemplateResult {
  const words = formTexts[ctx.language];
  const value = spec.values[one.name];
  const common = {
    id: `setting-${one.name}`,
    label: one.title,
    hint: hintOf(ctx, one),
    optional: one.required ? undefined : words.optional,
    problem: spec.problem(one.name),
    theirs: spec.theirs?.(one.name),
  };
  const onInput = (typed: string) => spec.onInput(one.name, typed);
  switch (one.type) {
    case 'flag':
      return check(ctx, { ...common, checked: value === 'true', onChange: (on) => onInput(String(on)) });
    case 'choice': {
      const choices = (one.choices ?? []).map((choice) => [choice, words.choices[choice] ?? choice] as const);
      // Nothing chosen is a choice where the server has no usual one.
      const none = one.fallback ? [] : [['', one.required ? words.choose : words.notChosen] as const];
      return select(ctx, { ...common, value: value ?? '', options: [...none, ...choices], onInput });
    }
    case 'secret':
      return secretField(ctx, one, spec, common);
    case 'multiline':
    case 'list':
    case 'map':
      return textArea(ctx, { ...common, value: value ?? '', placeholder: one.example, mono: one.type !== 'list', rows: one.type === 'multiline' ? 5 : 3, onInput });
    default:
      return field(ctx, { ...common, value: value ?? '', placeholder: one.example, mono: true, onInput });
  }
}

function hintOf(ctx: ShellContext, one: SourceField): string | undefined {
  const words = formTexts[ctx.language];
  const usual = one.fallback && one.type !== 'choice' && one.type !== 'flag' ? words.usual(one.fallback) : '';
  const lines = one.type === 'list' ? words.oneALine : one.type === 'map' ? words.pairALine : '';
  return [one.hint, lines, usual].filter(Boolean).map((part) => `${part!.replace(/[.\s]+$/, '')}.`).join(' ') || undefined;
}

/** Kept secrets are never on the page: their last four characters stand for them until another is typed. */
function secretField(ctx: ShellContext, one: SourceField, spec: FieldsSpec, common: Pick<FieldSpec, 'id' | 'label' | 'hint' | 'optional' | 'problem'>): TemplateResult {
  const words = formTexts[ctx.language];
  const kept = spec.kept[one.name];
  const value = spec.values[one.name];
  const set = (typed: string | null) => spec.onInput(one.name, typed);
  if (!isKept(kept)) return field(ctx, { ...common, type: 'password', autocomplete: 'new-password', value: value ?? '', onInput: set });
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
      ${wrong(ctx, common.id, common.problem)}
    </div>`;
  return html`<div class="stack-s">
    ${field(ctx, { ...common, optional: undefined, hint: again ? words.secretAgain : words.secretNew, type: 'password', autocomplete: 'new-password', value: value ?? '', onInput: set })}
    ${again ? nothing : html`<div class="btns"><button class="btn quiet small" type="button" @click=${() => set(null)}>${words.keepOld}</button></div>`}
  </div>`;
}

interface AreaSpec extends FieldSpec {
  rows: number;
}
function textArea(ctx: ShellContext, spec: AreaSpec): TemplateResult {
  const ids = [spec.hint ? `${spec.id}-hint` : '', spec.problem ? `${spec.id}-wrong` : ''].filter(Boolean).join(' ');
  return html`<div class="field wide">
    <label for=${spec.id}>${spec.label}${spec.optional ? html` <span class="optional">${spec.optional}</span>` : nothing}</label>
    <textarea
      class="input ${spec.mono ? 'mono' : ''}"
      id=${spec.id}
      rows=${spec.rows}
      spellcheck="false"
      autocapitalize="none"
      placeholder=${spec.placeholder ?? nothing}
      .value=${spec.value}
      aria-invalid=${spec.problem ? 'true' : nothing}
      aria-describedby=${ids || nothing}
      @input=${(event: InputEvent) => spec.onInput((event.target as HTMLTextAreaElement).value)}
    ></textarea>
    ${spec.hint ? html`<p class="hint" id="${spec.id}-hint">${spec.hint}</p>` : nothing}${wrong(ctx, spec.id, spec.problem)}
  </div>`;
}

function wrong(ctx: ShellContext, id: string, problem?: FieldProblem): unknown {
  if (!problem) return nothing;
  const { reason, fix } = fieldWords(ctx.language, problem);
  return html`<p class="wrong" id="${id}-wrong">${icon('excl', 's')}<span>${reason}. ${fix}</span></p>`;
}
