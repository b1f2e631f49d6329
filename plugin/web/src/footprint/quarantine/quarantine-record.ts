/** One refused statement: cause, what to do, its whole way, and the decision. */

import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { organizationPath } from '@kit/api';
import { Part, baseStyle, failure, loading } from '@kit/element';
import { icon } from '@kit/icons';
import { flowOf, whoOf } from '../lists/row-names';
import { kindName } from '../lists/codes';
import { nameOf, type RecordWay } from '../statements/model';
import { texts as wayTexts } from '../statements/texts';
import { sourceNodes, statementNodes, type WayNode } from '../statements/way';
import '../statements/way-view';
import { saysSomething } from './choice';
import { decide, type Action } from './decide';
import { goesByItself, nextStep, type QuarantineDetail, type Verdicts } from './model';
import quarantineCss from './quarantine.css?inline';
import { texts } from './texts';

/** Events: `closed`, `step` {by}, `decided` {action, verdicts, id}. */
@customElement('u2035-quarantine-record')
export class QuarantineRecord extends Part {
  static override styles = [baseStyle, unsafeCSS(quarantineCss)];

  @property() record = '';
  /** From 1; 0: it isn't among the loaded rows. */
  @property({ type: Number }) place = 0;
  @property({ type: Number }) total = 0;
  @property({ type: Boolean }) mayDecide = false;
  @state() private one: QuarantineDetail | null = null;
  @state() private way: RecordWay | null = null;
  @state() private error: unknown = null;
  @state() private comment = '';
  @state() private force = false;
  @state() private tried = false;
  /** A discard takes a comment: the field comes with the first press, so that the cause has the room until then. */
  @state() private commenting = false;
  @state() private busy: Action | '' = '';
  @state() private dependents = '';
  @state() private said: { verdict: string; text: string } | null = null;
  @state() private refused: unknown = null;
  @query('h2') private heading!: HTMLElement | null;

  /** Where a person reads on after opening it. */
  override focus(): void {
    this.heading?.focus();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('record')) {
      this.comment = this.dependents = '';
      this.force = this.tried = this.commenting = false;
      void this.read();
    } else if (changed.has('ctx')) void this.read();
  }

  private async read(): Promise<void> {
    const asked = this.record;
    if (!asked) return;
    this.one = this.way = this.error = this.said = this.refused = null;
    const base = `${organizationPath(this.ctx.organization)}/u2035`;
    try {
      const { data } = await this.ctx.api.get<QuarantineDetail>(`${base}/quarantine/${encodeURIComponent(asked)}`);
      if (asked !== this.record) return;
      this.one = data;
      if (data.record.kind === 'statement') return;
      const way = await this.ctx.api.get<RecordWay>(`${base}/records/${data.record.kind}/${data.record.id}/way`, { query: { flow: data.flow } });
      if (asked === this.record) this.way = way.data;
    } catch (error) {
      // Without the way the cause and the decision still stand.
      if (asked === this.record && !this.one) this.error = error;
    }
  }

  override render(): TemplateResult {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    const one = this.one;
    const who = one ? whoOf(this.ctx, one, t.methodist) : '';
    const step = (by: number, words: string, name: 'chev' | 'left') =>
      html`<button class="btn quiet icon small step" type="button" aria-label=${words} ?disabled=${this.place + by < 1 || this.place + by > this.total || this.place === 0} @click=${() => this.tell('step', { by })}><span class=${name === 'left' ? 'turned' : ''}>${icon('chev')}</span></button>`;
    return html`<article class="aside panel" aria-labelledby="what" @keydown=${this.onKey}>
      <div class="panel-head">
        <div>
          <p class="small faint">${this.place > 0 ? t.place(locale.number(this.place), locale.number(this.total)) : t.record}</p>
          <h2 id="what" tabindex="-1">${one ? `${who}, ${kindName(this.ctx.language, one.kind).toLocaleLowerCase(this.ctx.language)}` : t.record}</h2>
          ${one ? html`<p class="small muted">${[nameOf(one.statement), flowOf(this.ctx, one)].filter(Boolean).join(', ')}</p>` : nothing}
        </div>
        <div class="head-btns">${step(-1, t.previous, 'left')}${step(1, t.next, 'chev')}
          <button class="btn quiet icon small" type="button" aria-label=${t.close} @click=${() => this.tell('closed')}>${icon('x')}</button>
        </div>
      </div>
      <div class="panel-body stack">
        ${this.error ? failure(this.ctx, this.error, () => void this.read()) : one ? this.body(one) : loading(this.ctx)}
      </div>
      ${one ? this.foot(one) : nothing}
    </article>`;
  }

  private body(one: QuarantineDetail): TemplateResult {
    const t = texts[this.ctx.language];
    const w = wayTexts[this.ctx.language];
    const told = this.way?.statements.find((each) => each.id === one.id);
    const nodes: WayNode[] = this.way ? [...sourceNodes(this.way, w), ...(told ? statementNodes(told, w, this.ctx.locale) : [])] : [];
    const outlook = one.outlook ? html`<div class="note now">${icon('clock')}<p>${goesByItself(one) ? html`<b>${one.outlook}</b>` : one.outlook}</p></div>` : nothing;
    const first = one.outlook !== '' && one.source.state !== 'same';
    return html`${first ? outlook : nothing}
      <div class="note ${one.state === 'open' && !first ? 'bad' : ''}">
        ${icon('excl')}
        <div>
          <h3>${one.title}</h3>
          <p class="small">${one.meaning}</p>
          ${one.reason ? html`<p class="small"><code>${one.reason}</code></p>` : nothing}
          <p class="small fix"><b>${w.fix}:</b> ${one.fix}</p>
          ${one.dependents > 0 ? html`<p class="small">${t.dependents(one.dependents, this.ctx.locale)}</p>` : nothing}
        </div>
      </div>
      ${first ? nothing : outlook}
      ${one.word
        ? html`<div class="note">${icon('text')}<div><h3>${(one.word.word === 'discard' ? t.discardedBy : t.replayedBy)(one.word.by, this.ctx.locale.moment(one.word.at))}</h3>${one.word.comment ? html`<p>${one.word.comment}</p>` : nothing}</div></div>`
        : nothing}
      <div>
        <h3 class="way-title">${t.way}</h3>
        ${this.way ? html`<u2035-way .ctx=${this.ctx} .nodes=${nodes}></u2035-way>` : nothing}
        ${one.answer?.text
          ? html`<details class="more"><summary>${icon('chev', 's')}${t.rawAnswer}</summary><pre class="raw" tabindex="0">${one.answer.text}</pre></details>`
          : nothing}
        ${one.record.kind !== 'statement'
          ? html`<p class="way-link"><a href="#" @click=${(event: Event) => this.toWay(event, one)}>${t.wholeWay}</a></p>`
          : nothing}
      </div>`;
  }

  private foot(one: QuarantineDetail): TemplateResult {
    const t = texts[this.ctx.language];
    const settled = one.statementState !== 'quarantined' ? t.settled : one.state === 'superseded' ? t.superseded : '';
    if (settled) return html`<div class="aside-foot"><p class="hint">${settled}</p></div>`;
    const why = this.mayDecide ? '' : t.why.role;
    const next = nextStep(one);
    const answers = html`${this.dependents
      ? html`<div class="note warn" role="alert">${icon('alert')}<div><h3>${t.dependentsTitle}</h3><p>${this.dependents}</p></div></div>`
      : nothing}
    ${this.said ? html`<div class="note warn" role="alert">${icon('alert')}<p>${this.said.text}</p></div>` : nothing}
    ${this.refused ? failure(this.ctx, this.refused) : nothing}`;
    const button = (action: Action, look: string, words: unknown, stop: string) =>
      html`<button class="btn ${look}" type="button" data-act=${action} aria-disabled=${stop ? 'true' : nothing} aria-describedby=${stop ? 'why' : nothing} aria-expanded=${action === 'discard' ? String(this.commenting) : nothing} aria-busy=${this.busy === action ? 'true' : nothing} @click=${() => (stop ? undefined : void this.act(action))}>${words}</button>`;
    const hint = (words: string) => (words ? html`<p class="hint" id="why">${words}</p>` : nothing);
    if (one.word)
      return html`<div class="aside-foot">
        ${answers}
        <div class="btns">${button('restore', next === 'restore' ? 'primary' : '', t.restore, why)}</div>
        ${hint(why)}
      </div>`;
    const gone = next === 'replay' ? '' : goesByItself(one) ? t.noReplay.changed : t.noReplay.gone;
    return html`<div class="aside-foot">
      ${answers}
      ${one.conflict && !gone
        ? html`<div><label class="pick-line"><input type="checkbox" .checked=${this.force} aria-describedby=${this.said ? nothing : 'force'} @change=${(event: Event) => (this.force = (event.target as HTMLInputElement).checked)} /> ${t.force}</label>${this.said ? nothing : html`<p class="hint" id="force">${t.forceWhy}</p>`}</div>`
        : nothing}
      ${this.commenting ? this.commentField() : nothing}
      <div class="btns">
        ${button('replay', next === 'replay' && !this.commenting ? 'primary' : '', html`${icon('refresh')}${t.replay}`, why || gone)}
        ${button('discard', next === 'discard' || this.commenting ? 'danger' : 'danger-quiet', this.dependents ? t.dependentsAnyway : this.commenting ? t.discardWith : t.discard, why)}
      </div>
      ${hint(why || gone)}
    </div>`;
  }

  private commentField(): TemplateResult {
    const t = texts[this.ctx.language];
    const short = this.tried && !saysSomething(this.comment);
    return html`<div class="field">
      <label for="comment">${t.comment} <span class="faint plain">${t.commentNeed}</span></label>
      <textarea class="input" id="comment" rows="2" maxlength="1000" placeholder=${t.commentPlaceholder} aria-invalid=${short ? 'true' : nothing} aria-describedby=${short ? 'short' : nothing} .value=${this.comment} @input=${(event: Event) => (this.comment = (event.target as HTMLTextAreaElement).value)}></textarea>
      ${short ? html`<p class="bad-text small" id="short" role="alert">${t.commentShort}</p>` : nothing}
    </div>`;
  }

  private async act(action: Action): Promise<void> {
    const one = this.one;
    if (!one || this.busy || !this.mayDecide) return;
    this.said = this.refused = null;
    if (action === 'discard' && !saysSomething(this.comment)) {
      this.tried = this.commenting;
      this.commenting = true;
      await this.updateComplete;
      this.renderRoot.querySelector('textarea')?.focus();
      return;
    }
    this.busy = action;
    try {
      const answer = await decide(this.ctx, action, { statements: [one.id] }, {
        comment: this.comment.trim(),
        force: action === 'replay' && this.force,
        dependents: action === 'discard' && this.dependents !== '',
      });
      if (answer.kind === 'dependents') this.dependents = texts[this.ctx.language].dependents(one.dependents, this.ctx.locale);
      else if (answer.kind === 'changed') this.said = { verdict: 'changed', text: answer.detail };
      else if (answer.verdicts.done === 0) this.said = answer.verdicts.items[0] ?? null;
      else this.tell('decided', { action, verdicts: answer.verdicts, id: one.id });
    } catch (error) {
      this.refused = error;
    }
    this.busy = '';
  }

  private toWay(event: Event, one: QuarantineDetail): void {
    event.preventDefault();
    this.ctx.go(`statements/record/${one.record.kind}/${one.record.id}/${one.flow}`);
  }

  private tell(name: string, detail: { by?: number; action?: Action; verdicts?: Verdicts; id?: string } = {}): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.tell('closed');
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-quarantine-record': QuarantineRecord;
  }
}
