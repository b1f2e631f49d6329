/** One record: its suggestions with their reasons, or an id typed by hand. Events: accepted, changed (the row as it is now), step, closed. */

import { css, html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { until } from 'lit/directives/until.js';
import { Part, baseStyle, failure } from '@kit/element';
import { icon } from '@kit/icons';
import { personOf, sessionOf } from '@kit/session';
import { withAsked } from '@kit/way';
import matchCss from './match.css?inline';
import { nameOf, originOf, sureBadge } from './match-rows';
import { accept, say } from './accept';
import { bodyOf, bulkOf, isU2035Id, rejectedIn, restoredIn, surenessOf } from './suggest';
import { texts } from './texts';
import type { Contour, Lacking, Match, Rejection, RowCode, Suggestion, What } from './types';

const byHand = 'by-hand';

@customElement('u2035-match-panel')
export class MatchPanel extends Part {
  static override styles = [
    baseStyle,
    unsafeCSS(matchCss),
    css`
      .head { display: flex; align-items: flex-start; justify-content: space-between; gap: var(--u-2); padding: var(--u-4) var(--u-5); border-bottom: 1px solid var(--u-line); }
      .head h2 { overflow-wrap: anywhere; }
      .tools { display: flex; flex: none; }
      .tools .back .i { rotate: 180deg; }
      .middle { display: grid; gap: var(--u-5); padding: var(--u-5); }
      .choices { display: grid; gap: var(--u-2); }
      legend { margin-bottom: var(--u-3); }
      .choice { display: grid; grid-template-columns: 18px minmax(0, 1fr) auto; gap: 2px var(--u-3); align-items: start; padding: var(--u-3); border: 1px solid var(--u-line); border-radius: var(--u-r-m); cursor: pointer; }
      .choice:hover { background: var(--u-sunken); }
      .choice:has(:checked) { border-color: var(--u-accent); background: var(--u-accent-soft); }
      .choice input { margin-top: 1px; }
      .choice b { font-variant-numeric: tabular-nums; font-weight: var(--u-w-medium); overflow-wrap: anywhere; }
      .choice small { grid-column: 2 / -1; color: var(--u-ink-2); font-size: var(--u-fs-s); overflow-wrap: anywhere; }
      .rejected { display: grid; gap: var(--u-2); } .rejected h3 { font-size: var(--u-fs-s); }
      .rejected li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px var(--u-3); align-items: center; padding: var(--u-2) var(--u-3); border: 1px dashed var(--u-line); border-radius: var(--u-r-m); list-style: none; }
      .rejected b { font-variant-numeric: tabular-nums; font-weight: var(--u-w-medium); } .rejected small { grid-column: 1 / -1; color: var(--u-ink-2); font-size: var(--u-fs-s); overflow-wrap: anywhere; }
      .hand { padding-left: calc(18px + var(--u-6)); }
      .foot { display: grid; gap: var(--u-3); padding: var(--u-3) var(--u-5) var(--u-4); border-top: 1px solid var(--u-line); background: var(--u-sunken); border-radius: 0 0 var(--u-r-l) var(--u-r-l); }
      .foot .btn { flex: 1 1 auto; white-space: normal; }
      :host([sheet]) .panel { min-height: 100dvh; border: 0; border-radius: 0; } :host([sheet]) .foot { border-radius: 0; }
    `,
  ];

  @property() what: What = 'learners';
  @property() contour: Contour = 'production';
  @property({ attribute: false }) record!: Lacking;
  @property({ type: Number }) place = 0;
  @property({ type: Number }) total = 0;
  @property({ attribute: false }) mayAccept = true;
  @state() private value = '';
  @state() private typed = '';
  @state() private fault = '';
  @state() private refused: RowCode = '';
  @state() private busy = false;
  @state() private wrong: unknown = null;
  @query('h2') private readonly heading!: HTMLElement;
  private shown = '';

  override focus(): void {
    void this.updateComplete.then(() => this.heading.focus());
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const key = `${this.contour} ${this.record.kind} ${this.record.id}`;
    if (this.shown === key) return;
    this.shown = key;
    // What a person has to look at isn't chosen for them.
    this.value = bulkOf(this.record)?.value ?? (this.record.suggestions.length === 0 ? byHand : '');
    this.typed = this.fault = '';
    this.refused = '';
    this.wrong = null;
    this.busy = false;
  }

  private get picked(): Suggestion | null {
    return this.record.suggestions.find((one) => one.value === this.value) ?? null;
  }

  private readonly take = async (): Promise<void> => {
    if (this.busy || !this.mayAccept) return;
    const { ctx, record } = this;
    const words = texts[ctx.language];
    const value = this.value === byHand ? this.typed.trim() : this.value;
    this.fault = this.value === byHand && !isU2035Id(value) ? words.valueWrong : this.value === '' ? words.chooseValue : '';
    if (this.fault) {
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>(this.value === byHand ? '#typed' : '.choice input')?.focus();
      return;
    }
    this.busy = true;
    this.wrong = null;
    this.refused = '';
    try {
      const match = await accept(ctx, this.what, bodyOf(this.what, this.contour, [{ row: record, value }]));
      const row = match.rows?.[0];
      if (row?.state === 'refused') this.refused = row.code;
      else {
        ctx.say(words.acceptedOne(nameOf(ctx, record), value));
        this.dispatchEvent(new CustomEvent<Match>('accepted', { detail: match }));
      }
    } catch (error) {
      this.wrong = error;
    }
    this.busy = false;
  };

  override render(): TemplateResult {
    const { ctx, record } = this;
    const words = texts[ctx.language];
    const button = (label: string, mark: 'chev' | 'x', click: () => void, extra = '', off = false) =>
      html`<button class="btn quiet icon small ${extra}" type="button" aria-label=${label} title=${label} ?disabled=${off} @click=${click}>${icon(mark)}</button>`;
    return html`<div class="panel">
      <div class="head">
        <div>
          <p class="caption">${this.place > 0 ? words.place(ctx.locale, this.place, this.total) : nothing}</p>
          <h2 tabindex="-1">${nameOf(ctx, record)}</h2>
          <p class="small muted">${words.kinds[record.kind]}</p>
        </div>
        <div class="tools">
          ${button(words.previous, 'chev', () => this.tell('step', -1), 'back', this.place <= 1)}${button(words.next, 'chev', () => this.tell('step', 1), '', this.place >= this.total)}${button(words.close, 'x', () => this.tell('closed'))}
        </div>
      </div>
      <form class="middle" id="decide" novalidate @submit=${(event: Event) => (event.preventDefault(), void this.take())}>
        <dl class="facts">
          ${record.parent ? html`<dt>${words.stands[this.what]}</dt><dd>${record.parent}</dd>` : nothing}
          <dt>${words.inOwn}</dt><dd><code>${record.externalId || '—'}</code></dd>
          ${this.what === 'learners' ? html`<dt>${words.contour}</dt><dd>${words.contours[this.contour]}</dd>` : nothing}
        </dl>
        ${this.choices()} ${this.record.rejected.length > 0 ? this.rejections() : nothing}
        ${this.refused ? html`<div class="note bad" role="alert">${icon('excl')}<div><p class="note-head">${words.states.refused}</p><p>${words.codes[this.refused]}</p></div></div>` : nothing}
        ${this.wrong ? failure(ctx, this.wrong) : nothing}
      </form>
      ${this.foot()}
    </div>`;
  }

  private choices(): TemplateResult {
    const { ctx, record } = this;
    const words = texts[ctx.language];
    const radio = (value: string) =>
      html`<input type="radio" name="value" .checked=${this.value === value} ?disabled=${!this.mayAccept} @change=${() => ((this.value = value), (this.fault = ''))} />`;
    const picked = this.picked;
    const warning = picked && surenessOf(picked) === 'check' ? (picked.reason === 'same-email' ? words.emailWarning : words.severalWarning) : '';
    return html`<fieldset class="choices">
      <legend>${words.candidates}</legend>
      ${record.suggestions.map(
        (one) => html`<label class="choice">${radio(one.value)}<b>${one.value}</b>${sureBadge(ctx, one)}<small>${[one.text, originOf(ctx, one), one.unique || record.suggestions.length > 1 ? '' : words.alsoOthers].filter(Boolean).join(' · ')}</small></label>`,
      )}
      ${warning ? html`<div class="note warn">${icon('alert')}<p>${warning}</p></div>` : nothing}
      <label class="choice">${radio(byHand)}<b>${words.byHand}</b></label>
      ${this.value === byHand
        ? html`<div class="field hand">
            <label for="typed">${words.value[this.what]}</label>
            <input class="input mono" id="typed" inputmode="numeric" autocomplete="off" maxlength="19" .value=${this.typed} ?readonly=${!this.mayAccept} aria-invalid=${this.fault ? 'true' : nothing} aria-describedby="typed-says" @input=${(event: Event) => (this.typed = (event.target as HTMLInputElement).value)} />
            <p class=${this.fault ? 'small bad-text' : 'hint'} id="typed-says" role=${this.fault ? 'alert' : nothing}>${this.fault || words.valueHint}</p>
          </div>`
        : this.fault
          ? html`<p class="small bad-text" role="alert">${this.fault}</p>`
          : nothing}
    </fieldset>`;
  }

  private foot(): TemplateResult {
    const words = texts[this.ctx.language];
    const { picked } = this;
    return html`<div class="foot">
      <div class="btns">
        <button class="btn primary" type="submit" form="decide" aria-disabled=${this.mayAccept ? nothing : 'true'} aria-busy=${this.busy ? 'true' : nothing} aria-describedby=${this.mayAccept ? nothing : 'may-not'}>
          ${this.busy ? html`<span class="spin" aria-hidden="true"></span>${words.accepting}` : html`${icon('check')}${words.accept}`}
        </button>
        ${picked && this.mayAccept ? html`<button class="btn danger-quiet" id="reject" type="button" aria-describedby="reject-means" @click=${() => void this.reject(picked)}>${words.reject}</button>` : nothing}
      </div>
      ${this.what === 'learners' && this.mayAccept && this.record.externalId ? html`<button class="btn quiet small" type="button" id="sso-link" @click=${this.toLink}>${icon('key', 's')}${words.ssoLink}</button>` : nothing}
      ${this.mayAccept ? nothing : html`<p class="small muted" id="may-not">${words.adminOnly}</p>`}
      ${picked && this.mayAccept ? html`<p class="caption" id="reject-means">${words.rejectMeans}</p>` : nothing}
    </div>`;
  }

  /** The learner tells their unti_id themselves, by signing in. */
  private readonly toLink = (): void => {
    const { ctx, record } = this;
    if (!ctx.go(withAsked('links', { learner: record.externalId }, { learner: '' }), { element: 'u2035-sso' })) ctx.say(texts[ctx.language].elsewhereSso, true);
  };

  private rejections(): TemplateResult {
    const { ctx, record } = this;
    const words = texts[ctx.language];
    return html`<section class="rejected" aria-labelledby="no">
      <h3 id="no">${words.rejectedOnes}</h3>
      <ul>
        ${record.rejected.map(
          (one) => html`<li>
            <b>${one.value}</b>
            ${this.mayAccept ? html`<button class="btn quiet small" type="button" aria-label=${words.restoreValue(one.value)} @click=${() => void this.restore(one)}>${words.restore}</button>` : html`<span></span>`}
            <small>${[one.text, originOf(ctx, one)].filter(Boolean).join(' · ')}<br />${until(personOf(ctx.api, one.rejectedBy), one.rejectedBy)}, ${ctx.locale.moment(one.rejectedAt)}</small>
          </li>`,
        )}
      </ul>
    </section>`;
  }

  private async reject(one: Suggestion): Promise<void> {
    const { record } = this;
    const by = (await sessionOf(this.ctx.api)).login ?? '';
    await this.tellServer('reject', one.value, texts[this.ctx.language].rejected, (state) => {
      const after = rejectedIn(record, one, by, new Date().toISOString());
      return state === 'not-suggested' ? { ...after, rejected: record.rejected } : after;
    });
  }

  private async restore(one: Rejection): Promise<void> {
    const { record } = this;
    await this.tellServer('unreject', one.value, texts[this.ctx.language].restored, () => restoredIn(record, one));
  }

  private async tellServer(word: 'reject' | 'unreject', value: string, told: string, after: (state: string) => Lacking): Promise<void> {
    if (this.busy || !this.mayAccept) return;
    const { record } = this;
    this.busy = true;
    this.wrong = null;
    try {
      const became = await say(this.ctx, word, this.what, this.contour, record, value);
      this.ctx.say(told);
      // What is chosen beforehand is chosen anew, of what is left.
      if (this.record === record) this.shown = '';
      this.dispatchEvent(new CustomEvent<{ was: Lacking; now: Lacking }>('changed', { detail: { was: record, now: after(became) } }));
      this.focus();
    } catch (error) {
      this.wrong = error;
    }
    this.busy = false;
  }

  private tell(name: 'step' | 'closed', by = 0): void {
    this.dispatchEvent(new CustomEvent(name, { detail: by }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-match-panel': MatchPanel;
  }
}
