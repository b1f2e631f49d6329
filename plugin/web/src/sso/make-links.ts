/** Makes a learner's link, which is shown this once, or a whole flow's as a table. Event: made. */

import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { organizationPath } from '@kit/api';
import { copy, save } from '@kit/clipboard';
import { Part, baseStyle, failure } from '@kit/element';
import { icon } from '@kit/icons';
import { filterStyle } from '../footprint/lists/list-part';
import type { FlowRecord } from '../footprint/lists/names';
import ssoCss from './sso.css?inline';
import { texts } from './texts';
import { contours, type Client, type Contour, type MadeLinks } from './types';

/** How many rows of the server's table have a link, and how many have none. */
export function countLinks(table: string): { made: number; skipped: number } {
  const rows = table.split('\n').filter((line) => line.trim() !== '').length - 1;
  const made = table.split('/u2035/sso/join?t=').length - 1;
  return { made, skipped: Math.max(0, rows - made) };
}

@customElement('u2035-sso-make')
export class SsoMakeLinks extends Part {
  static override styles = [baseStyle, filterStyle, unsafeCSS(ssoCss)];

  @property({ attribute: false }) flows: FlowRecord[] = [];
  @property({ attribute: false }) clients: Client[] = [];
  /** The own id of the learner whose link is wanted, where one came with a wish. */
  @property() wanted = '';
  @state() private forFlow = false;
  @state() private externalId = '';
  @state() private flow = '';
  @state() private contour: Contour = 'production';
  @state() private days = '7';
  @state() private again = false;
  @state() private busy = false;
  @state() private fault: { field: 'who' | 'days'; text: string } | null = null;
  @state() private wrong: unknown = null;
  @state() private made: MadeLinks | null = null;
  @state() private table = '';

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('wanted') && this.wanted) this.externalId = this.wanted;
  }

  private get barred(): string {
    const words = texts[this.ctx.language];
    return this.clients.find((one) => one.contour === this.contour)?.configured ? '' : words.notSetUp(words.contours[this.contour]);
  }

  private readonly make = async (event: Event): Promise<void> => {
    event.preventDefault();
    const words = texts[this.ctx.language];
    if (this.busy) return;
    if (this.barred) {
      this.ctx.say(this.barred, true);
      return;
    }
    const days = Number(this.days);
    const who = this.forFlow ? (this.flow ? '' : words.flowNeeded) : this.externalId.trim() ? '' : words.learnerIdNeeded;
    this.fault = who ? { field: 'who', text: who } : Number.isInteger(days) && days >= 1 && days <= 90 ? null : { field: 'days', text: words.daysWrong };
    if (this.fault) {
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    this.busy = true;
    this.wrong = this.made = null;
    this.table = '';
    const address = `${organizationPath(this.ctx.organization)}/u2035/sso/links`;
    const common = { contour: this.contour, hours: days * 24, again: this.again };
    try {
      if (this.forFlow) {
        const text = (await this.ctx.api.post<string>(address, { ...common, flow: this.flow }, { accept: 'text/csv' })).data;
        const { made, skipped } = countLinks(text);
        save(new Blob([text], { type: 'text/csv' }), 'sso-links.csv');
        this.table = words.madeTable(this.ctx.locale, made, skipped, 'sso-links.csv');
        this.ctx.say(this.table);
      } else this.made = (await this.ctx.api.post<MadeLinks>(address, { ...common, externalIds: [this.externalId.trim()] })).data;
      this.dispatchEvent(new CustomEvent('made'));
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('.told')?.focus();
    } catch (error) {
      this.wrong = error;
    }
    this.busy = false;
  };

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const { barred, fault } = this;
    const radio = (name: string, checked: boolean, pick: () => void, label: string) =>
      html`<label class="pick"><input type="radio" name=${name} .checked=${checked} @change=${pick} />${label}</label>`;
    return html`<section class="panel" aria-labelledby="make">
      <div class="panel-head"><h2 id="make">${words.makeTitle}</h2></div>
      <form class="panel-body" novalidate @submit=${this.make}>
        <fieldset class="form"><legend>${words.forWhom}</legend>
          <div class="radios">${radio('who', !this.forFlow, () => (this.forFlow = false), words.forOne)}${radio('who', this.forFlow, () => (this.forFlow = true), words.forFlow)}</div>
        </fieldset>
        <div class="fields">
          ${this.forFlow ? this.flowField() : this.learnerField()}
          <div class="field">
            <label for="days">${words.days}</label>
            <input class="input short" id="days" inputmode="numeric" autocomplete="off" .value=${this.days} aria-invalid=${fault?.field === 'days' ? 'true' : nothing} aria-describedby="days-says" @input=${(event: Event) => (this.days = (event.target as HTMLInputElement).value)} />
            ${this.hint('days', words.daysHint)}
          </div>
        </div>
        <fieldset class="form"><legend>${words.contour}</legend>
          <div class="radios">${[...contours].reverse().map((one) => radio('contour', this.contour === one, () => (this.contour = one), words.contours[one]))}</div>
        </fieldset>
        <label class="pick"><input type="checkbox" .checked=${this.again} @change=${(event: Event) => (this.again = (event.target as HTMLInputElement).checked)} />${words.again}</label>
        <div class="btns">
          <button class="btn primary" type="submit" aria-disabled=${barred ? 'true' : nothing} aria-busy=${this.busy ? 'true' : nothing} aria-describedby="make-says">
            ${this.busy ? html`<span class="spin" aria-hidden="true"></span>${words.makingLinks}` : html`${icon(this.forFlow ? 'table' : 'link')}${this.forFlow ? words.makeTable : words.make}`}
          </button>
          <span class="grow small muted" id="make-says">${barred || words.replaces}</span>
          ${barred ? html`<button class="btn" type="button" @click=${() => this.ctx.go('')}>${words.toSettings}</button>` : nothing}
        </div>
        ${this.wrong ? failure(this.ctx, this.wrong) : nothing} ${this.outcome()}
      </form>
    </section>`;
  }

  private hint(field: 'who' | 'days', text: string): TemplateResult {
    const { fault } = this;
    return fault?.field === field ? html`<p class="small bad-text" id=${`${field}-says`} role="alert">${fault.text}</p>` : html`<p class="hint" id=${`${field}-says`}>${text}</p>`;
  }

  private learnerField(): TemplateResult {
    const words = texts[this.ctx.language];
    return html`<div class="field">
      <label for="who">${words.learnerId}</label>
      <input class="input mono" id="who" autocomplete="off" spellcheck="false" .value=${this.externalId} aria-invalid=${this.fault?.field === 'who' ? 'true' : nothing} aria-describedby="who-says" @input=${(event: Event) => (this.externalId = (event.target as HTMLInputElement).value)} />
      ${this.hint('who', words.learnerIdHint)}
    </div>`;
  }

  private flowField(): TemplateResult {
    const words = texts[this.ctx.language];
    return html`<div class="field">
      <label for="flow">${words.flow}</label>
      <div class="select">
        <select class="input" id="flow" aria-invalid=${this.fault?.field === 'who' ? 'true' : nothing} aria-describedby="who-says" @change=${(event: Event) => (this.flow = (event.target as HTMLSelectElement).value)}>
          <option value="">${words.chooseFlow}</option>
          ${this.flows.map((one) => html`<option value=${one.id} ?selected=${one.id === this.flow}>${one.title || one.id}</option>`)}
        </select>
        ${icon('chevd', 's')}
      </div>
      ${this.hint('who', '')}
    </div>`;
  }

  private outcome(): unknown {
    const { ctx, made } = this;
    const words = texts[ctx.language];
    if (this.table) return html`<div class="note ok told" tabindex="-1">${icon('okc')}<p>${this.table}</p></div>`;
    if (!made) return nothing;
    const [one] = made.items;
    if (!one) return html`<div class="note warn told" tabindex="-1" role="alert">${icon('alert')}<div><p class="note-head">${words.madeNone}</p><p>${made.skipped.map((left) => left.reason).join(' ')}</p></div></div>`;
    return html`<div class="note ok told" tabindex="-1">
      ${icon('okc')}
      <div class="made">
        <p class="note-head">${words.madeOne(one.name || one.learnerExternalId, ctx.locale.moment(one.expiresAt))}</p>
        <p>${words.madeOnce}</p>
        <code id="link">${one.url}</code>
        <div class="btns"><button class="btn small" type="button" @click=${() => void this.copyLink(one.url)}>${icon('copy', 's')}${words.copyLink}</button></div>
      </div>
    </div>`;
  }

  private async copyLink(url: string): Promise<void> {
    const words = texts[this.ctx.language];
    this.ctx.say((await copy(url, this.renderRoot.querySelector<HTMLElement>('#link'))) === 'copied' ? words.linkCopied : words.selected);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-sso-make': SsoMakeLinks;
  }
}
