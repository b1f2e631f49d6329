/** Fields of forms: label, hint, the server's reason at the field it concerns, and what another person has put there meanwhile. */

import { ApiError, type FieldProblem } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import type { ShellContext } from './context';
import { fieldWords } from './refusals';
import { texts } from './texts';

export interface FieldSpec {
  id: string;
  label: string;
  value: string;
  hint?: unknown;
  problem?: FieldProblem;
  /** What stands on the server by now, when somebody else has changed it. */
  theirs?: string;
  type?: 'text' | 'password' | 'email' | 'tel' | 'url' | 'date';
  autocomplete?: string;
  mono?: boolean;
  wide?: boolean;
  optional?: string;
  readOnly?: boolean;
  min?: string;
  placeholder?: string;
  onInput: (value: string) => void;
}

export function field(ctx: ShellContext, spec: FieldSpec): TemplateResult {
  const described = describe(ctx, spec);
  return html`<div class="field ${spec.wide ? 'wide' : ''}">
    <label for=${spec.id}>${spec.label}${spec.optional ? html` <span class="optional">${spec.optional}</span>` : nothing}</label>
    <input
      class="input ${spec.mono ? 'mono' : ''}"
      id=${spec.id}
      type=${spec.type ?? 'text'}
      .value=${spec.value}
      ?readonly=${spec.readOnly}
      min=${spec.min ?? nothing}
      placeholder=${spec.placeholder ?? nothing}
      autocomplete=${spec.autocomplete ?? 'off'}
      autocapitalize=${spec.type && spec.type !== 'text' ? 'none' : nothing}
      spellcheck=${spec.mono || spec.type ? 'false' : nothing}
      aria-invalid=${spec.problem ? 'true' : nothing}
      aria-describedby=${described.ids || nothing}
      @input=${(event: InputEvent) => spec.onInput((event.target as HTMLInputElement).value)}
    />
    ${described.parts}
  </div>`;
}

export interface SelectSpec extends Omit<FieldSpec, 'type' | 'autocomplete' | 'readOnly'> {
  options: readonly (readonly [value: string, text: string])[];
  disabled?: boolean;
}

export function select(ctx: ShellContext, spec: SelectSpec): TemplateResult {
  const described = describe(ctx, spec);
  return html`<div class="field ${spec.wide ? 'wide' : ''}">
    <label for=${spec.id}>${spec.label}</label>
    <span class="select">
      <select
        class="input"
        id=${spec.id}
        ?disabled=${spec.disabled}
        aria-invalid=${spec.problem ? 'true' : nothing}
        aria-describedby=${described.ids || nothing}
        @change=${(event: Event) => spec.onInput((event.target as HTMLSelectElement).value)}
      >
        ${spec.options.map(([value, text]) => html`<option value=${value} ?selected=${value === spec.value} .selected=${value === spec.value}>${text}</option>`)}
      </select>
      ${icon('chevd', 's')}
    </span>
    ${described.parts}
  </div>`;
}

export interface CheckSpec {
  id: string;
  label: string;
  checked: boolean;
  hint?: unknown;
  disabled?: boolean;
  problem?: FieldProblem;
  theirs?: string;
  onChange: (checked: boolean) => void;
}

export function check(ctx: ShellContext, spec: CheckSpec): TemplateResult {
  const described = describe(ctx, spec);
  return html`<div class="check field">
    <input
      type="checkbox"
      id=${spec.id}
      .checked=${spec.checked}
      ?disabled=${spec.disabled}
      aria-invalid=${spec.problem ? 'true' : nothing}
      aria-describedby=${described.ids || nothing}
      @change=${(event: Event) => spec.onChange((event.target as HTMLInputElement).checked)}
    />
    <label for=${spec.id}>${spec.label}</label>
    ${described.parts}
  </div>`;
}

function describe(ctx: ShellContext, spec: { id: string; hint?: unknown; problem?: FieldProblem; theirs?: string }): { ids: string; parts: unknown } {
  const words = spec.problem ? fieldWords(ctx.language, spec.problem) : null;
  const ids = [spec.hint ? `${spec.id}-hint` : '', spec.problem ? `${spec.id}-wrong` : '', spec.theirs === undefined ? '' : `${spec.id}-theirs`];
  return {
    ids: ids.filter(Boolean).join(' '),
    parts: html`${spec.hint ? html`<p class="hint" id="${spec.id}-hint">${spec.hint}</p>` : nothing}
    ${words ? html`<p class="wrong" id="${spec.id}-wrong">${icon('excl', 's')}<span>${words.reason}${words.fix ? html`. ${words.fix}` : '.'}</span></p>` : nothing}
    ${spec.theirs === undefined
      ? nothing
      : html`<p class="theirs" id="${spec.id}-theirs">${texts[ctx.language].nowThere(spec.theirs || texts[ctx.language].emptyValue)}</p>`}`,
  };
}

/** What a refusal says of one field; of a list ("/roles/0/organization") whatever of it is wrong. */
export function problemOf(error: unknown, pointer: string): FieldProblem | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return error.problem.errors?.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`));
}

/** Fields that somebody else has changed since they were shown here, and that differ from what stands in the form. */
export function changedByOthers<T extends object>(before: T, now: T, typed: T): Partial<T> {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const changed: Partial<T> = {};
  for (const key of Object.keys(now) as (keyof T)[])
    if (!same(before[key], now[key]) && !same(now[key], typed[key])) changed[key] = now[key];
  return changed;
}

/** What a person changed goes over what is there now; all else is as it is there now. */
export function rebased<T extends object>(before: T, now: T, typed: T): T {
  const result = { ...now };
  for (const key of Object.keys(now) as (keyof T)[])
    if (JSON.stringify(before[key]) !== JSON.stringify(typed[key])) result[key] = typed[key];
  return result;
}

/** To the first field that is wrong. */
export function focusWrong(root: ParentNode): void {
  root.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
