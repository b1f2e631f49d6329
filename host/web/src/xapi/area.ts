import type { FieldProblem } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import type { ShellContext } from '../context';
import { fieldWords } from '../refusals';
import { texts } from '../texts';

interface AreaSpec {
  id: string;
  label: string;
  value: string;
  rows: number;
  hint?: string;
  optional?: string;
  mono?: boolean;
  /** Of a whole text more than one place may be wrong. */
  problems?: FieldProblem[];
  theirs?: string;
  onInput: (value: string) => void;
}

/** A field of several lines, with label, hint and reason as the others have them. */
export function area(ctx: ShellContext, spec: AreaSpec): TemplateResult {
  const { problems = [] } = spec;
  const ids = [spec.hint && `${spec.id}-hint`, problems.length && `${spec.id}-wrong`, spec.theirs !== undefined && `${spec.id}-theirs`].filter(Boolean).join(' ');
  return html`<div class="field">
    <label for=${spec.id}>${spec.label}${spec.optional ? html` <span class="optional">${spec.optional}</span>` : nothing}</label>
    <textarea
      class="input ${spec.mono ? 'mono' : ''}"
      id=${spec.id}
      rows=${spec.rows}
      spellcheck="false"
      autocapitalize="none"
      autocomplete="off"
      aria-invalid=${problems.length ? 'true' : nothing}
      aria-describedby=${ids || nothing}
      .value=${spec.value}
      @input=${(event: InputEvent) => spec.onInput((event.target as HTMLTextAreaElement).value)}
    ></textarea>
    ${spec.hint ? html`<p class="hint" id="${spec.id}-hint">${spec.hint}</p>` : nothing}
    ${problems.length ? html`<div id="${spec.id}-wrong">${problems.map((one) => reason(ctx, one))}</div>` : nothing}
    ${spec.theirs === undefined ? nothing : html`<p class="theirs" id="${spec.id}-theirs">${texts[ctx.language].nowThere(spec.theirs || texts[ctx.language].emptyValue)}</p>`}
  </div>`;
}

function reason(ctx: ShellContext, problem: FieldProblem): TemplateResult {
  const words = fieldWords(ctx.language, problem);
  // In what place of a whole text it is: below the field itself.
  const place = problem.pointer.replace(/^\/[^/]*/, '');
  const at = place ? `${place}: ` : '';
  return html`<p class="wrong">${icon('excl', 's')}<span>${at}${words.reason.replace(/^— /, '')}${words.fix ? `. ${words.fix}` : '.'}</span></p>`;
}
