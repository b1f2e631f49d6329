/** What a run reads next time, what it does with what is gone, and with a row that is refused. */

import type { FieldProblem } from '@kit/api';
import { html, nothing, type TemplateResult } from 'lit';
import type { ShellContext } from '../context';
import { check, field, select } from '../forms';
import { editTexts } from './edit-texts';
import type { Watermark } from './model';
import { wrong } from './problems';
import type { Typed } from './route-form';

export interface RunRulesSpec {
  typed: Typed;
  theirs: Partial<Typed>;
  columns: readonly string[];
  takesWatermark: boolean;
  /** False: a request holds a part of the records, so what is gone isn't known. */
  mayFollow: boolean;
  wrongAt: (pointer: string) => FieldProblem | undefined;
  set: (change: Partial<Typed>) => void;
}

export function runRules(ctx: ShellContext, spec: RunRulesSpec): TemplateResult {
  const words = editTexts[ctx.language];
  const { typed, theirs } = spec;
  return html`${watermark(ctx, spec)}
    ${radios(ctx, { name: 'deletions', label: words.deletions, values: ['keep', 'follow'], words: words.deletionsOf, hints: spec.mayFollow ? words.deletionsHint : { ...words.deletionsHint, follow: words.deletionsNot }, disabled: spec.mayFollow || typed.deletions === 'follow' ? [] : ['follow'], value: typed.deletions, problem: spec.wrongAt('/deletions'), theirs: theirs.deletions && words.deletionsOf[theirs.deletions], set: (value) => spec.set({ deletions: value as Typed['deletions'] }) })}
    ${typed.deletions === 'follow'
      ? field(ctx, { id: 'max-deleted', label: words.maxDeleted, hint: words.maxDeletedHint, value: String(typed.maxDeletedPercent), problem: spec.wrongAt('/maxDeletedPercent'), theirs: theirs.maxDeletedPercent === undefined ? undefined : String(theirs.maxDeletedPercent), onInput: (value) => spec.set({ maxDeletedPercent: value.trim() }) })
      : nothing}
    ${radios(ctx, { name: 'on-error', label: words.onError, values: ['skip', 'stop'], words: words.onErrorOf, hints: words.onErrorHint, disabled: [], value: typed.onError, problem: spec.wrongAt('/onError'), theirs: theirs.onError && words.onErrorOf[theirs.onError], set: (value) => spec.set({ onError: value as Typed['onError'] }) })}`;
}

function watermark(ctx: ShellContext, spec: RunRulesSpec): TemplateResult {
  const words = editTexts[ctx.language];
  const mark = spec.typed.watermark;
  if (!spec.takesWatermark && !mark) return html`<p class="hint">${words.watermarkNot}</p>`;
  const set = (change: Partial<Watermark>) => spec.set({ watermark: { ...mark!, ...change } });
  const theirs = spec.theirs.watermark;
  return html`${check(ctx, {
      id: 'watermark',
      label: words.watermark,
      hint: words.watermarkHint,
      checked: mark !== null,
      problem: mark ? undefined : spec.wrongAt('/watermark'),
      theirs: theirs === undefined ? undefined : (theirs?.column ?? ''),
      onChange: (on) => spec.set({ watermark: on ? { column: '', type: 'time', overlapSeconds: 0, ordered: false } : null }),
    })}
    ${mark
      ? html`<div class="stack conversion">
          <div class="fields">
            <div class="field">
              <label for="mark-column">${words.watermarkColumn}</label>
              <input class="input mono" id="mark-column" list="known-columns" autocomplete="off" spellcheck="false" aria-invalid=${spec.wrongAt('/watermark/column') ? 'true' : nothing} aria-describedby="mark-hint mark-wrong" .value=${mark.column} @input=${(event: InputEvent) => set({ column: (event.target as HTMLInputElement).value })} />
              <datalist id="known-columns">${spec.columns.map((one) => html`<option value=${one}></option>`)}</datalist>
              <p class="hint" id="mark-hint">${words.watermarkColumnHint}</p>
              ${wrong(ctx, 'mark-wrong', spec.wrongAt('/watermark/column'))}
            </div>
            ${select(ctx, { id: 'mark-type', label: words.watermarkType, value: mark.type, options: Object.entries(words.watermarkTypes), problem: spec.wrongAt('/watermark/type'), onInput: (type) => set({ type: type as Watermark['type'] }) })}
          </div>
          ${mark.type === 'text' ? nothing : field(ctx, { id: 'overlap', label: words.overlap, hint: words.overlapHint, value: String(mark.overlapSeconds), problem: spec.wrongAt('/watermark/overlapSeconds'), onInput: (value) => set({ overlapSeconds: value.trim() as unknown as number }) })}
          ${check(ctx, { id: 'ordered', label: words.ordered, hint: words.orderedHint, checked: mark.ordered, onChange: (ordered) => set({ ordered }) })}
        </div>`
      : nothing}`;
}

interface RadiosSpec {
  name: string;
  label: string;
  values: readonly string[];
  words: Record<string, string>;
  hints: Record<string, string>;
  disabled: readonly string[];
  value: string;
  problem?: FieldProblem;
  theirs?: string;
  set: (value: string) => void;
}

function radios(ctx: ShellContext, spec: RadiosSpec): TemplateResult {
  return html`<fieldset class="radios" aria-describedby=${spec.problem ? `${spec.name}-wrong` : nothing}>
    <legend class="sub">${spec.label}</legend>
    ${spec.values.map(
      (value) =>
        html`<div class="radio">
          <input type="radio" name=${spec.name} id="${spec.name}-${value}" value=${value} .checked=${spec.value === value} ?disabled=${spec.disabled.includes(value)} aria-describedby="${spec.name}-${value}-h" aria-invalid=${spec.problem && spec.value === value ? 'true' : nothing} @change=${() => spec.set(value)} />
          <label for="${spec.name}-${value}">${spec.words[value]}</label>
          <p class="hint" id="${spec.name}-${value}-h">${spec.hints[value]}</p>
        </div>`,
    )}
    ${wrong(ctx, `${spec.name}-wrong`, spec.problem)} ${spec.theirs ? html`<p class="theirs">${editTexts[ctx.language].theirs(spec.theirs)}</p>` : nothing}
  </fieldset>`;
}
