import type { FieldProblem } from '@kit/api';
import { copy } from '@kit/clipboard';
import { baseStyle } from '@kit/element';
import { icon } from '@kit/icons';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { check, field, focusWrong, select } from '../forms';
import { ShellPart, viewStyle } from '../view';
import { conditionRows } from './condition-rows';
import { textArea } from '../connections/fields';
import { columnsOf, conditionsOf, missingOf, readMapping, ruleOf, rulesOf, targetOf, withConditions, withMissing, withRule, withTarget, without, type Rule } from './mapping';
import { mappingTexts } from './mapping-texts';
import type { Mapping } from './model';
import { at } from './problems';
import { recordFields, recordKinds } from './record-fields';
import { kindWords } from './record-words';
import { ruleRow } from './rule-row';
import { routeStyle } from './style';

/** Optional fields without a rule are folded when there are more of them than a person looks through at once. */
const seenAtOnce = 8;

/** Which field of ours comes from where; and the same as one text. */
@customElement('lms-mapping')
export class MappingEditor extends ShellPart {
  static override styles = [baseStyle, viewStyle, routeStyle];
  @property({ attribute: false }) mapping: Mapping = {};
  @property({ attribute: false }) problems: readonly FieldProblem[] = [];
  @property({ attribute: false }) columns: readonly string[] = [];
  @property({ type: Boolean }) arePaths = false;
  @property({ attribute: false }) connection = '';
  @property({ attribute: false }) zone = 'Europe/Moscow';
  @property({ attribute: false }) onChange: (mapping: Mapping) => void = () => {};
  @state() private text: string | null = null;
  @state() private textWrong = false;
  @state() private copied = '';
  /** Decided when the records are chosen: a field doesn't jump away while it is written. */
  private folded = new Set<string>();
  private foldedOf = '';
  /** What was said of records chosen before, for whoever chooses them again. */
  private readonly chosenBefore = new Map<string, Mapping>();

  private get words() {
    return mappingTexts[this.ctx.language];
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const target = targetOf(this.mapping);
    if (this.foldedOf === target) return;
    this.foldedOf = target;
    const unset = (recordFields[target] ?? []).filter((one) => !one.required && !ruleOf(this.mapping, one.name));
    this.folded = new Set(unset.length > seenAtOnce ? unset.map((one) => one.name) : []);
  }

  /** To the first rule that is wrong, opening what hides it. */
  async focusWrong(): Promise<boolean> {
    await this.updateComplete;
    const found = this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]');
    for (let box = found?.closest('details'); box; box = box.parentElement?.closest('details') ?? null) box.open = true;
    focusWrong(this.renderRoot);
    return Boolean(found);
  }

  private async focusOn(selector: string): Promise<void> {
    // The form draws first, then what it hands down here.
    await new Promise(requestAnimationFrame);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  private set(mapping: Mapping): void {
    this.text = null;
    this.onChange(mapping);
  }

  override render(): TemplateResult {
    const { words, mapping, arePaths } = this;
    const target = targetOf(mapping);
    const problem = this.problems.find((one) => one.pointer === '/mapping' || one.pointer === '/mapping/target');
    const options = recordKinds.includes(target) || !target ? recordKinds : [...recordKinds, target];
    const offered = [...new Set([...this.columns, ...(arePaths ? columnsOf(mapping) : [])])];
    return html`<div class="stack">
      ${select(this.ctx, {
        id: 'target',
        label: words.target,
        value: target,
        options: [...(target ? [] : [['', words.targetNone] as const]), ...options.map((kind) => [kind, kindWords(this.ctx.language, kind)] as const)],
        problem,
        onInput: (kind) => this.choose(kind),
      })}
      <p class="hint">${arePaths ? words.leadPaths : words.lead} ${arePaths ? nothing : this.columns.length ? words.columnsKnown(this.ctx.locale.number(this.columns.length)) : words.columnsUnknown}</p>
      <datalist id="columns">${offered.map((one) => html`<option value=${one}></option>`)}</datalist>
      ${target ? this.fields(target) : html`<p class="muted">${words.noTarget}</p>`}
      ${target ? html`${conditionRows(this.ctx, { conditions: conditionsOf(mapping), problem: at(this.problems, '/mapping/when'), set: (all) => this.set(withConditions(this.mapping, all)), focus: (selector) => void this.focusOn(selector) })} ${this.rest()}` : nothing}
      ${this.json()}
    </div>`;
  }

  private choose(kind: string): void {
    const { mapping } = this;
    this.chosenBefore.set(targetOf(mapping), mapping);
    const known = this.chosenBefore.get(kind);
    // Of what was said meanwhile the fields that both have.
    const next = withTarget(mapping, kind);
    this.set(known ? { ...next, fields: { ...rulesOf(known), ...rulesOf(next) }, ...(known.content ? { content: known.content } : {}) } : next);
  }

  private fields(target: string): TemplateResult {
    const { words, mapping } = this;
    const known = recordFields[target] ?? [];
    const others = Object.keys(rulesOf(mapping)).filter((name) => !known.some((one) => one.name === name));
    const inSight = known.filter((one) => !this.folded.has(one.name)).sort((a, b) => Number(b.required) - Number(a.required));
    const folded = known.filter((one) => this.folded.has(one.name));
    const row = (name: string, required: boolean) => this.row(target, name, required);
    return html`<div class="rules">
        ${row('externalId', true)} ${target === 'files' ? row('content', true) : nothing} ${inSight.map((one) => row(one.name, one.required))} ${others.map((name) => row(name, false))}
      </div>
      ${folded.length
        ? html`<details class="more">
            <summary>${icon('chev', 's')}${words.otherFields(this.ctx.locale.count(folded.length, words.fieldForms))}</summary>
            <div class="rules">${folded.map((one) => row(one.name, false))}</div>
          </details>`
        : nothing}`;
  }

  private row(target: string, name: string, required: boolean): TemplateResult {
    const top = name === 'externalId' || name === 'content';
    return ruleRow(this.ctx, {
      target,
      name,
      required,
      known: recordFields[target]?.find((one) => one.name === name),
      rule: ruleOf(this.mapping, name),
      problem: at(this.problems, `/mapping/${top ? '' : 'fields/'}${name}`),
      arePaths: this.arePaths,
      zone: this.zone,
      set: (rule: Rule | undefined) => this.set(withRule(this.mapping, name, rule)),
    });
  }

  private rest(): TemplateResult {
    const { words, mapping, ctx } = this;
    const lines = (name: string) => (Array.isArray(mapping[name]) ? (mapping[name] as unknown[]).map(String).join('\n') : '');
    const listOf = (text: string) => text.split('\n').map((line) => line.trim()).filter(Boolean);
    const some = missingOf(mapping).length || mapping.decimalComma || mapping.source || lines('assumed');
    return html`<details class="more" ?open=${Boolean(some)}>
      <summary>${icon('chev', 's')}${words.rest}</summary>
      <div class="stack conversion">
        ${textArea(ctx, { id: 'missing', label: words.missing, hint: words.missingHint, mono: true, value: missingOf(mapping).join('\n'), problem: at(this.problems, '/mapping/missing'), onInput: (text) => this.set(withMissing(this.mapping, listOf(text))) }, 2)}
        ${check(ctx, { id: 'comma', label: words.decimalComma, hint: words.decimalCommaHint, checked: mapping.decimalComma === true, problem: at(this.problems, '/mapping/decimalComma'), onChange: (on) => this.set(on ? { ...this.mapping, decimalComma: true } : without(this.mapping, 'decimalComma')) })}
        ${field(ctx, { id: 'source', label: words.source, hint: words.sourceHint(this.connection), mono: true, value: typeof mapping.source === 'string' ? mapping.source : '', problem: at(this.problems, '/mapping/source'), onInput: (source) => this.set(source ? { ...this.mapping, source } : without(this.mapping, 'source')) })}
        ${textArea(ctx, { id: 'assumed', label: words.assumed, hint: words.assumedHint, value: lines('assumed'), problem: at(this.problems, '/mapping/assumed'), onInput: (text) => this.set(text ? { ...this.mapping, assumed: text.split('\n') } : without(this.mapping, 'assumed')) }, 3)}
      </div>
    </details>`;
  }

  private json(): TemplateResult {
    const { words } = this;
    const text = this.text ?? JSON.stringify(this.mapping, null, 2);
    return html`<details class="more json">
      <summary>${icon('code', 's')}${words.json}</summary>
      <div class="stack-s conversion">
        ${textArea(
          this.ctx,
          { id: 'json', label: words.jsonLabel, hint: words.jsonHint, mono: true, value: text, problem: this.textWrong ? { pointer: '', reason: words.jsonWrong, fix: '' } : undefined, onInput: (typed) => ((this.text = typed), (this.textWrong = false)) },
          14,
        )}
        <div class="btns">
          <button class="btn small" type="button" @click=${() => void this.copy(text)}>${icon('copy', 's')}${words.copy}</button>
          <button class="btn small" type="button" @click=${() => this.take(text)}>${icon('check', 's')}${words.take}</button>
          ${this.copied ? html`<span class="small ok-text grow">${this.copied}</span>` : nothing}
        </div>
      </div>
    </details>`;
  }

  private async copy(text: string): Promise<void> {
    const area = this.renderRoot.querySelector<HTMLTextAreaElement>('#json');
    const done = await copy(text);
    if (done === 'selected') area?.select();
    this.copied = done === 'copied' ? this.ctx.kit.copied : this.ctx.kit.copyByHand;
    this.ctx.say(this.copied);
  }

  private take(text: string): void {
    const mapping = readMapping(text);
    this.textWrong = mapping === null;
    if (!mapping) return void this.updateComplete.then(() => focusWrong(this.renderRoot));
    this.foldedOf = '\0';
    this.set(mapping);
    this.copied = this.words.taken;
    this.ctx.say(this.words.taken);
  }
}
