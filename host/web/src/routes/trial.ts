import { ApiError, newKey } from '@kit/api';
import { baseStyle } from '@kit/element';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { badge } from '../badge';
import { empty, refused, ShellPart, viewStyle } from '../view';
import { textArea } from '../connections/fields';
import { shownText } from '../connections/values';
import { isBrought, takes, type SourceKind, type Trial, type TrialRow } from './model';
import { recordField } from './record-fields';
import { choiceWords, fieldWordsOf } from './record-words';
import { diagnoses } from './run-view';
import { routeTexts } from './texts';
import { routeStyle } from './style';

const mostSample = 1_400_000;

/** Ten rows as they would arrive: each as it came, beside the record it becomes, with what is wrong. */
@customElement('lms-route-trial')
export class RouteTrial extends ShellPart {
  static override styles = [baseStyle, viewStyle, routeStyle];
  @property({ attribute: false }) resource = '';
  @property({ attribute: false }) kind: SourceKind | null = null;
  @property({ attribute: false }) target = '';
  /** Columns are paths of the mapping's own: no news. */
  @property({ type: Boolean }) arePaths = false;
  /** False: the form above has more than what is tried. */
  @property({ type: Boolean }) saved = true;
  /** Why it can't be tried; empty: it can. */
  @property({ attribute: false }) whyNot = '';
  @property({ attribute: false }) onTrial: (trial: Trial) => void = () => {};
  @state() private trial: Trial | null = null;
  @state() private problem: unknown = null;
  @state() private busy = false;
  @state() private sample = '';
  @state() private file: File | null = null;
  /** The route's request may change the source: whoever tries it is asked first. */
  @state() private asksToSend = false;
  @state() private lacks = '';
  private asked = '';

  private get words() {
    return routeTexts[this.ctx.language];
  }

  /** A sample of what would be brought is typed, or a file. */
  private get takesText(): boolean {
    return takes(this.kind, 'request');
  }
  private get takesFile(): boolean {
    return takes(this.kind, 'upload');
  }

  /** Starts it, and brings the person to what comes of it. */
  async begin(): Promise<void> {
    await this.updateComplete;
    this.scrollIntoView({ block: 'start' });
    const needsSample = (this.takesText && !this.sample) || (this.takesFile && !this.file);
    if (needsSample) return this.renderRoot.querySelector<HTMLElement>('#sample')?.focus();
    await this.run();
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
    this.scrollIntoView({ block: 'start' });
  }

  private async run(sends = false): Promise<void> {
    if (this.busy || this.whyNot) return;
    this.lacks = '';
    const body = await this.body();
    if (!body) return;
    const key = (this.asked = newKey());
    this.asksToSend = false;
    this.busy = true;
    this.problem = null;
    try {
      const { data } = await this.ctx.api.post<Trial>(`${this.resource}/try`, sends ? { ...body, sends } : body);
      if (key !== this.asked) return;
      this.trial = data;
      this.onTrial(data);
      const { locale } = this.ctx;
      this.ctx.say(this.words.trialSummary(locale.number(data.rows.length), locale.number(data.rows.filter((row) => row.outcome === 'rejected').length)));
    } catch (error) {
      if (error instanceof ApiError && error.field('/sends')) this.asksToSend = true;
      else this.problem = error;
    }
    this.busy = false;
    await this.updateComplete;
  }

  /** Null: a sample is missing, and it says so. */
  private async body(): Promise<Record<string, string> | null> {
    if (this.takesText) {
      if (!this.sample.trim()) this.lacks = this.words.sampleNone;
      return this.lacks ? null : { sample: this.sample };
    }
    if (!this.takesFile) return {};
    if (!this.file) this.lacks = this.words.sampleNone;
    else if (this.file.size > mostSample) this.lacks = this.words.sampleBig;
    if (this.lacks) return null;
    const bytes = new Uint8Array(await this.file!.arrayBuffer());
    let binary = '';
    for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    return { sampleBase64: btoa(binary) };
  }

  override render(): TemplateResult {
    const { words, trial, whyNot } = this;
    return html`<section class="panel" aria-labelledby="trial-title">
      <div class="panel-head">
        <div><h2 id="trial-title" tabindex="-1">${words.trial}</h2><p class="small muted">${words.trialLead}</p></div>
        <button class="btn" type="button" aria-disabled=${whyNot ? 'true' : nothing} aria-describedby=${whyNot ? 'trial-why' : nothing} aria-busy=${this.busy ? 'true' : nothing} @click=${() => void this.run()}>${this.busy ? html`<span class="spin" aria-hidden="true"></span>` : icon('play', 's')}${words.tryNow}</button>
      </div>
      ${whyNot || !this.saved || isBrought(this.kind) || this.problem || this.asksToSend || trial
        ? html`<div class="panel-body stack-s">
            ${whyNot ? html`<p class="small muted" id="trial-why">${whyNot}</p>` : nothing} ${this.saved ? nothing : html`<p class="small warn-text">${words.trySaved}</p>`}
            ${whyNot ? nothing : this.sampleField()} ${this.problem ? refused(this.ctx, this.problem) : nothing}
            ${this.asksToSend
              ? html`<div class="stack-s" role="alert"><p class="warn-text">${words.trySends}</p>
                  <button class="btn" type="button" @click=${() => void this.run(true)}>${words.trySend}</button></div>`
              : nothing}
            ${trial ? this.told(trial) : nothing}
          </div>`
        : nothing}
      ${trial?.rows.length ? html`<ol class="tried" aria-label=${words.trial}>${trial.rows.map((row) => this.row(row))}</ol>` : nothing}
    </section>`;
  }

  private sampleField(): unknown {
    const { words } = this;
    const problem = this.lacks ? { pointer: '', reason: this.lacks.replace(/\.$/, ''), fix: '' } : undefined;
    if (this.takesText) return textArea(this.ctx, { id: 'sample', label: words.sample, hint: words.sampleHint, mono: true, value: this.sample, problem, onInput: (text) => (this.sample = text) }, 6);
    if (!this.takesFile) return nothing;
    return html`<div class="field">
      <label for="sample">${words.sampleFile}</label>
      <input class="input" id="sample" type="file" aria-invalid=${problem ? 'true' : nothing} aria-describedby="sample-hint sample-wrong" @change=${(event: Event) => (this.file = (event.target as HTMLInputElement).files?.[0] ?? null)} />
      <p class="hint" id="sample-hint">${words.sampleFileHint}</p>
      ${problem ? html`<p class="wrong" id="sample-wrong">${icon('excl', 's')}<span>${this.lacks}</span></p>` : nothing}
    </div>`;
  }

  private told(trial: Trial): TemplateResult {
    const { words } = this;
    const bad = trial.rows.some((row) => row.outcome !== 'rejected' && row.outcome !== '') ? 'warn' : 'bad';
    return html`${diagnoses(this.ctx, trial.diagnoses, bad)}
      ${trial.columns.length && !this.arePaths ? html`<p class="small muted">${words.columnsFound}: ${trial.columns.map((one, i) => html`${i ? ', ' : ''}<code>${one}</code>`)}</p>` : nothing}
      ${trial.rows.length === 0 && trial.diagnoses.length === 0 ? empty('inbox', words.trialNoneTitle, words.countsNever) : nothing}`;
  }

  private row(row: TrialRow): TemplateResult {
    const { words } = this;
    const wrong = new Set(row.errors.flatMap((error) => error.column.split(',')));
    return html`<li>
      <div class="tried-head"><h3>${row.place}</h3>${this.outcome(row.outcome)}</div>
      ${row.errors.length
        ? html`<ul class="reasons">
            ${row.errors.map((error) => html`<li>${icon('excl', 's')}<span>${error.column ? html`<code>${error.column}</code>${error.value ? html` = <code>${error.value}</code>` : nothing}: ` : nothing}<b>${this.said(error.reason)}</b>. ${error.fix}</span></li>`)}
          </ul>`
        : nothing}
      <div class="tried-pair">
        <div>
          <h4>${words.came}</h4>
          <dl class="pairs">
            ${Object.entries(row.source).map(([column, value]) => html`<dt class="mono ${wrong.has(column) ? 'is-wrong' : ''}">${column}${wrong.has(column) ? html`<span class="sr"> (${words.wrongField})</span>` : nothing}</dt><dd class="mono">${value === null ? html`<span class="faint">${words.emptyValue}</span>` : value}</dd>`)}
          </dl>
        </div>
        <div><h4>${words.becomes}</h4>${row.record ? this.record(row.record) : html`<p class="small muted">${words.becomesNothing}</p>`}</div>
      </div>
    </li>`;
  }

  private record(record: Record<string, unknown>): TemplateResult {
    const kind = String(record.kind ?? this.target);
    return html`<dl class="pairs">
      ${Object.entries(record)
        .filter(([name]) => name !== 'kind')
        .map(([name, value]) => html`<dt>${name === 'externalId' ? this.words.externalId : fieldWordsOf(this.ctx.language, kind, name).label}</dt><dd>${this.value(kind, name, value)}</dd>`)}
    </dl>`;
  }

  private value(kind: string, name: string, value: unknown): unknown {
    const known = recordField(kind, name);
    const { language, locale } = this.ctx;
    if (typeof value === 'boolean') return choiceWords(language, String(value));
    if (Array.isArray(value)) return value.join(', ');
    if (known?.type === 'time' && typeof value === 'string') return html`<time datetime=${value}>${locale.day(value)}, ${locale.exactTime(value)}</time>`;
    if (known?.type === 'enum') return choiceWords(language, String(value));
    if (typeof value === 'number') return value.toLocaleString(language, { maximumFractionDigits: 10 });
    return shownText(value);
  }

  private outcome(outcome: string): TemplateResult {
    const { words } = this;
    const text = words.outcomes[outcome] ?? (outcome || words.outcomeNone);
    if (outcome === 'rejected') return badge('bad', 'excl', text);
    if (outcome === 'created' || outcome === 'updated') return badge('ok', 'okc', text);
    return badge('', outcome === 'unchanged' ? 'check' : 'minus', text);
  }

  private said(reason: string): string {
    return reason.replace(/[.\s]+$/, '').replace(/^./, (first) => first.toUpperCase());
  }
}
