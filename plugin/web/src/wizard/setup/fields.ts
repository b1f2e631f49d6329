/** Fields of the forms: what is typed, what is saved (dots and the last four characters), and what is wrong at the field. */

import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '@kit/icons';
import type { Draft, Fault, Faults, Field } from '../rules';
import type { SetupTexts } from './texts';

export interface FieldHost {
  readonly words: SetupTexts;
  readonly draft: Draft;
  /** What is stored and may be shown; a field that is left alone isn't sent. */
  readonly stored?: (name: Field) => string | undefined;
  /** The last characters of a secret that is stored: an empty field keeps it. */
  readonly storedEnd?: (name: Field) => string | undefined;
  readonly faults: Faults;
  readonly revealed: ReadonlySet<Field>;
  /** Nothing can be changed now. */
  readonly locked: boolean;
  input(name: Field, value: string): void;
  reveal(name: Field): void;
  setMode(mode: Draft['mode']): void;
  submit(): void;
}

export interface FieldSpec {
  name: Field;
  label?: string;
  hint?: string;
  secret?: boolean;
  wide?: boolean;
  placeholder?: string;
  below?: unknown;
  /** Where the fault is told that this field shares with its neighbour. */
  toldAt?: string;
}

export function dots(lastFour: string): string {
  return `•••••••• ${lastFour}`;
}

export function field(host: FieldHost, spec: FieldSpec): TemplateResult {
  const { words, faults, revealed, locked } = host;
  const { name, secret } = spec;
  const end = host.storedEnd?.(name);
  const hint = end === undefined ? spec.hint : words.kept(end);
  const id = `f-${name}`;
  const label = spec.label ?? words.fieldLabels[name];
  const fault = faults[name];
  const shown = !secret || revealed.has(name);
  const described = [hint ? `${id}-hint` : '', fault ? (spec.toldAt ?? `${id}-err`) : ''].filter(Boolean).join(' ');
  const input = html`<input
    class="input mono"
    id=${id}
    name=${name}
    type=${shown ? 'text' : 'password'}
    .value=${live(host.draft.values[name] ?? host.stored?.(name) ?? '')}
    ?readonly=${locked}
    placeholder=${spec.placeholder ?? nothing}
    autocomplete=${secret ? 'new-password' : 'off'}
    autocapitalize="off"
    spellcheck="false"
    aria-invalid=${fault ? 'true' : nothing}
    aria-describedby=${described || nothing}
    @input=${(event: Event) => host.input(name, (event.target as HTMLInputElement).value)}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Enter' && !event.isComposing) host.submit();
    }}
  />`;
  return html`<div class=${spec.wide ? 'field wide' : 'field'}>
    <label for=${id}>${label}</label>
    ${secret
      ? html`<div class="input-wrap">
          ${input}<button class="peek" type="button" aria-controls=${id} aria-label=${shown ? words.hideField(label) : words.showField(label)} @click=${() => host.reveal(name)}>
            ${shown ? words.hide : words.show}
          </button>
        </div>`
      : input}
    ${hint ? html`<p class="hint" id=${`${id}-hint`}>${hint}</p>` : nothing}
    ${fault && !spec.toldAt ? faultBlock(words, fault, `${id}-err`) : nothing} ${spec.below ?? nothing}
  </div>`;
}

export function savedField(words: SetupTexts, spec: { id: string; label: string; value: string; wide?: boolean; edit?: (() => void) | null }): TemplateResult {
  return html`<div class=${spec.wide ? 'field wide' : 'field'}>
    <label for=${spec.id}>${spec.label}</label>
    <div class="input-wrap">
      <input class="input mono saved" id=${spec.id} .value=${spec.value} readonly />
      ${spec.edit ? html`<button class="peek" type="button" aria-label=${words.changeField(spec.label)} @click=${spec.edit}>${words.change}</button>` : nothing}
    </div>
  </div>`;
}

/** Cause and fix; `title` where they are of a step and not of a field alone. */
export function faultBlock(words: SetupTexts, fault: Fault & { title?: string; observed?: string }, id: string, extra: unknown = nothing): TemplateResult {
  return html`<div class="field-error" id=${id} role="alert">
    ${fault.title ? html`<h3>${icon('excl')}${fault.title}</h3>` : nothing}
    <dl class="cause">
      <dt>${words.cause}</dt>
      <dd>${fault.observed ? html`<code>${fault.observed}</code> ` : nothing}${fault.reason}</dd>
      ${fault.fix ? html`<dt>${words.fix}</dt><dd>${fault.fix}</dd>` : nothing}
    </dl>
    ${extra}
  </div>`;
}

/** Basic as it stands in the letter, or its two halves. */
export function basicFields(host: FieldHost, label: string, hint = ''): TemplateResult {
  const { words, draft, faults } = host;
  // One and the same thing is wrong with the two halves: told once, below both.
  const shared = faults.key && faults.key === faults.secret ? faults.key : undefined;
  const toldAt = shared ? 'f-pair-err' : undefined;
  const mode = (name: Draft['mode'], text: string) =>
    html`<button type="button" aria-pressed=${draft.mode === name ? 'true' : 'false'} ?disabled=${host.locked} @click=${() => host.setMode(name)}>${text}</button>`;
  return html`<div class="stack-s">
    <div class="seg" role="group" aria-label=${words.mode}>${mode('basic', words.modeBasic)}${mode('pair', words.modePair)}</div>
    ${draft.mode === 'basic'
      ? field(host, { name: 'basic', label, secret: true, hint: hint || words.basicHint })
      : html`<div class="fields">${field(host, { name: 'key', secret: true, hint, toldAt })}${field(host, { name: 'secret', secret: true, toldAt })}</div>
        ${shared ? faultBlock(words, shared, 'f-pair-err') : nothing}`}
  </div>`;
}
