/** One field of a mapping: what it is, and where its value is from. */

import type { FieldProblem } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import type { ShellContext } from '../context';
import { check, field } from '../forms';
import { dateRows } from './date-rows';
import { inMode, isObject, modeOf, textOf, withText, without, type Rule, type RuleMode } from './mapping';
import { mappingTexts } from './mapping-texts';
import type { RecordField } from './record-fields';
import { choiceWords, fieldWordsOf } from './record-words';
import { wrong } from './problems';

export interface RuleSpec {
  target: string;
  /** "externalId" and "content" are rules as well. */
  name: string;
  known?: RecordField;
  required: boolean;
  rule: Rule | undefined;
  problem?: FieldProblem;
  /** Columns are paths into an item. */
  arePaths: boolean;
  zone: string;
  set: (rule: Rule | undefined) => void;
}

export function ruleRow(ctx: ShellContext, given: RuleSpec): TemplateResult {
  // What must be given is asked for at once.
  const spec = given.required && !given.rule ? { ...given, rule: { column: '' } } : given;
  const words = mappingTexts[ctx.language];
  const { name, known, rule, problem } = spec;
  const { label, meaning } = fieldWordsOf(ctx.language, spec.target, name, known?.to);
  const id = `rule-${name}`;
  const mode = modeOf(rule);
  const modes = modesOf(spec);
  const modeWord = (one: RuleMode) => (one === 'column' && spec.arePaths ? words.path : (words.modes[one] ?? one));
  const isUnknown = !known && name !== 'externalId' && name !== 'content';
  return html`<div class="map-row ${mode === 'none' ? 'unset' : ''}" role="group" aria-labelledby="${id}-l">
    <div class="rule-name">
      <p id="${id}-l"><span class="strong">${label}</span> <code>${name}</code>${spec.required ? html` <span class="chip">${words.required}</span>` : nothing}</p>
      ${meaning || isUnknown ? html`<p class="hint" id="${id}-h">${isUnknown ? words.unknownField : meaning}</p>` : nothing}
    </div>
    <div class="rule-how">
      <span class="select">
        <select class="input" id="${id}-mode" aria-label=${words.from(label)} aria-invalid=${problem && mode === 'none' ? 'true' : nothing} aria-describedby=${[meaning || isUnknown ? `${id}-h` : '', problem ? `${id}-wrong` : ''].filter(Boolean).join(' ') || nothing} @change=${(event: Event) => spec.set(inMode(rule, (event.target as HTMLSelectElement).value as RuleMode))}>
          ${modes.map((one) => html`<option value=${one} ?selected=${one === mode} .selected=${one === mode}>${modeWord(one)}</option>`)}
        </select>
        ${icon('chevd', 's')}
      </span>
      ${valueControl(ctx, spec, id, label)} ${wrong(ctx, `${id}-wrong`, problem)}
      ${known?.type === 'time' && (mode === 'column' || mode === 'template') ? dateRows(ctx, id, label, spec) : nothing} ${conversion(ctx, spec, id)}
    </div>
  </div>`;
}

function modesOf({ name, target, required, rule }: RuleSpec): RuleMode[] {
  const modes: RuleMode[] = [...(required ? [] : ['none' as const]), 'column', 'template'];
  if (name !== 'externalId' && name !== 'content') modes.push('constant');
  if (target === 'results' && name === 'success') modes.push('derive');
  // What the REST would refuse stays visible where it is there.
  const own = modeOf(rule);
  return modes.includes(own) ? modes : [...modes, own];
}

function valueControl(ctx: ShellContext, spec: RuleSpec, id: string, label: string): unknown {
  const words = mappingTexts[ctx.language];
  const { rule, known, problem } = spec;
  const mode = modeOf(rule);
  if (!rule || mode === 'none') return nothing;
  if (mode === 'derive') return html`<p class="hint">${words.derived}</p>`;
  const isPath = mode === 'column' && spec.arePaths;
  const name = `${isPath ? words.valueOf.path : (words.valueOf[mode] ?? '')}: ${label}`;
  const described = [problem ? `${id}-wrong` : '', mode === 'template' && !textOf(rule).includes('{') ? `${id}-t` : ''].filter(Boolean).join(' ') || nothing;
  const set = (text: string) => spec.set(withText(rule, text));
  const choices = choicesOf(known);
  if (mode === 'constant' && choices)
    return html`<span class="select">
      <select class="input" id="${id}-value" aria-label=${name} aria-invalid=${problem ? 'true' : nothing} aria-describedby=${described} @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
        ${[...(choices.includes(textOf(rule)) ? [] : [textOf(rule)]), ...choices].map((one) => html`<option value=${one} ?selected=${one === textOf(rule)} .selected=${one === textOf(rule)}>${one ? choiceWords(ctx.language, one) : words.choose}</option>`)}
      </select>
      ${icon('chevd', 's')}
    </span>`;
  return html`<input class="input mono" id="${id}-value" aria-label=${name} placeholder=${isPath ? words.placeholders.path! : (words.placeholders[mode] ?? '')} list=${mode === 'column' ? 'columns' : nothing} autocomplete="off" spellcheck="false" autocapitalize="none" aria-invalid=${problem ? 'true' : nothing} aria-describedby=${described} .value=${textOf(rule)} @input=${(event: InputEvent) => set((event.target as HTMLInputElement).value)} />
    ${mode === 'template' && !textOf(rule).includes('{') ? html`<p class="hint" id="${id}-t">${words.templateHint}</p>` : nothing}`;
}

function choicesOf(known: RecordField | undefined): readonly string[] | undefined {
  return known?.choices ?? (known?.type === 'bool' ? ['true', 'false'] : undefined);
}

/** Value map, lower case, files that never change: what most fields need none of, folded. */
function conversion(ctx: ShellContext, spec: RuleSpec, id: string): unknown {
  const words = mappingTexts[ctx.language];
  const { rule, known, name } = spec;
  const mode = modeOf(rule);
  if (!rule || (mode !== 'column' && mode !== 'template')) return nothing;
  if (name === 'content') return check(ctx, { id: `${id}-immutable`, label: words.immutable, hint: words.immutableHint, checked: rule.immutable === true, onChange: (on) => spec.set(on ? { ...rule, immutable: true } : without(rule, 'immutable')) });
  const choices = choicesOf(known);
  const map = isObject(rule.map) ? rule.map : {};
  const has = [Object.keys(map).length ? words.hasMap : '', rule.lower ? words.hasLower : '', rule.optional ? words.hasOptional : ''].filter(Boolean);
  const setMap = (pairs: Record<string, string | null>) => spec.set(Object.keys(pairs).length ? { ...rule, map: pairs } : without(rule, 'map', 'otherwise'));
  const isText = !known || known.type === 'text' || known.type === 'list' || known.type === 'ref';
  return html`<details class="more">
    <summary>${icon('chev', 's')}${words.more}${has.length ? html`: ${has.join(', ')}` : nothing}<span class="sr"> ${fieldWordsOf(ctx.language, spec.target, name).label}</span></summary>
    <div class="stack-s conversion">
      <div class="field">
        <p class="label">${words.map}</p>
        <p class="hint">${words.mapHint}${choices ? html` ${words.mapHere(choices.map((one) => (choiceWords(ctx.language, one) === one ? one : `${one} — ${choiceWords(ctx.language, one)}`)).join(', '))}` : nothing}</p>
        <lms-pairs .ctx=${ctx} .label=${words.map} .words=${words.mapPairs} .value=${map} .suggestions=${choices ?? []} .emptyIsNull=${true} .onChange=${setMap}></lms-pairs>
      </div>
      ${Object.keys(map).length
        ? field(ctx, { id: `${id}-otherwise`, label: words.otherwise, hint: words.otherwiseHint, mono: true, value: rule.otherwise ?? '', onInput: (text) => spec.set(text ? { ...rule, otherwise: text } : without(rule, 'otherwise')) })
        : nothing}
      ${name === 'externalId' ? nothing : check(ctx, { id: `${id}-optional`, label: words.optional, hint: words.optionalHint, checked: rule.optional === true, onChange: (on) => spec.set(on ? { ...rule, optional: true } : without(rule, 'optional')) })}
      ${isText || rule.lower ? check(ctx, { id: `${id}-lower`, label: words.lower, hint: words.lowerHint, checked: rule.lower === true, onChange: (on) => spec.set(on ? { ...rule, lower: true } : without(rule, 'lower')) }) : nothing}
    </div>
  </details>`;
}
