/** Which rows a mapping takes: conditions that hold together. */

import type { FieldProblem } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import type { ShellContext } from '../context';
import type { Condition } from './mapping';
import { mappingTexts } from './mapping-texts';
import { wrong } from './problems';

export interface ConditionsSpec {
  conditions: readonly Condition[];
  problem?: FieldProblem;
  set: (conditions: Condition[]) => void;
  /** The focus goes where the person goes on: to a new condition, or to where another can be added. */
  focus: (selector: string) => void;
}

type How = 'in' | 'notIn' | 'missing' | 'given';

export function conditionRows(ctx: ShellContext, spec: ConditionsSpec): TemplateResult {
  const words = mappingTexts[ctx.language];
  const { conditions } = spec;
  const change = (i: number, condition: Condition) => spec.set(conditions.map((one, k) => (k === i ? condition : one)));
  return html`<fieldset class="conditions" aria-describedby=${spec.problem ? 'when-wrong' : nothing}>
    <legend class="sub">${words.conditions}</legend>
    <p class="hint">${conditions.length ? words.conditionsHint : words.conditionsNone}</p>
    ${conditions.map((one, i) => {
      const how = howOf(one);
      return html`<div class="condition">
        <input class="input mono" list="columns" autocomplete="off" spellcheck="false" aria-label=${words.conditionColumn(i + 1)} placeholder=${words.placeholders.column!} .value=${one.column ?? ''} @input=${(event: InputEvent) => change(i, { ...one, column: (event.target as HTMLInputElement).value })} />
        <span class="select">
          <select class="input" aria-label=${words.conditionHow(i + 1)} @change=${(event: Event) => change(i, conditionOf(one.column, (event.target as HTMLSelectElement).value as How, one.in ?? one.notIn ?? []))}>
            ${(['in', 'notIn', 'missing', 'given'] as const).map((value) => html`<option value=${value} ?selected=${value === how} .selected=${value === how}>${words.conditionIs[value]}</option>`)}
          </select>
          ${icon('chevd', 's')}
        </span>
        ${how === 'in' || how === 'notIn'
          ? html`<input class="input mono" autocomplete="off" spellcheck="false" aria-label=${words.conditionValues(i + 1)} placeholder=${words.valuesHint} .value=${(one[how] ?? []).join('; ')} @change=${(event: Event) => change(i, conditionOf(one.column, how, valuesOf((event.target as HTMLInputElement).value)))} />`
          : html`<span></span>`}
        <button class="btn icon quiet" type="button" aria-label=${words.removeCondition(i + 1)} @click=${() => (spec.set(conditions.filter((_, k) => k !== i)), spec.focus('#add-condition'))}>${icon('x', 's')}</button>
      </div>`;
    })}
    ${wrong(ctx, 'when-wrong', spec.problem)}
    <div><button class="btn small" id="add-condition" type="button" @click=${() => (spec.set([...conditions, { column: '', in: [] }]), spec.focus('.condition:nth-last-of-type(2) > .input'))}>${icon('plus', 's')}${words.addCondition}</button></div>
  </fieldset>`;
}

function howOf(one: Condition): How {
  if (one.in) return 'in';
  if (one.notIn) return 'notIn';
  return one.missing === false ? 'given' : 'missing';
}
function conditionOf(column: string, how: How, values: string[]): Condition {
  if (how === 'in' || how === 'notIn') return { column, [how]: values };
  return { column, missing: how === 'missing' };
}
/** An empty value may be asked for: "done; " takes empty cells too. */
export function valuesOf(text: string): string[] {
  return text.trim() === '' ? [] : text.split(';').map((one) => one.trim());
}
