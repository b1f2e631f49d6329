import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiError, organizationPath, type Page } from '@kit/api';
import { Part, baseStyle, failure } from '@kit/element';
import { icon } from '@kit/icons';
import { IntegrationClient, currentOf, isWizard } from '../client';
import type { Card, Wizard } from '../model';
import wizardCss from '../wizard.css?inline';
import { texts, type CardsTexts } from './texts';

interface Store {
  closedAt: string | null;
  counts: { waiting: number; quarantined: number };
}

/** «Отключить»: what goes and what stays, before it is done. Events: disconnected, changed, replace, closed. */
@customElement('u2035-disconnect')
export class U2035Disconnect extends Part {
  static override styles = [baseStyle, unsafeCSS(wizardCss)];

  @property({ attribute: false }) card!: Card;
  @property({ type: Boolean }) canReplace = false;
  @state() private counts: Store['counts'] | null = null;
  @state() private busy = false;
  @state() private problem: unknown = null;
  @state() private conflict = false;
  private version = 0;
  private wantsReplace = false;

  private get words(): CardsTexts {
    return texts[this.ctx.language];
  }
  private get dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  protected override firstUpdated(): void {
    this.version = this.card.version;
    this.dialog.showModal();
    this.renderRoot.querySelector<HTMLElement>('.cancel')!.focus();
    void this.count();
  }

  private async count(): Promise<void> {
    const path = `${organizationPath(this.ctx.organization)}/u2035/stores`;
    try {
      const { data } = await this.ctx.api.get<Page<Store>>(path, { query: { project: this.card.project } });
      this.counts = data.items.find((one) => one.closedAt === null)?.counts ?? null;
    } catch {
      // Without the figures the sentence stands without them.
    }
  }

  private async disconnect(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    this.conflict = false;
    try {
      await new IntegrationClient(this.ctx.api, this.ctx.organization, this.card.project).disconnect(this.version);
      this.dialog.close();
      this.dispatchEvent(new CustomEvent('disconnected'));
    } catch (error) {
      const current = currentOf<Wizard>(error);
      if (error instanceof ApiError && error.status === 412 && isWizard(current)) {
        this.version = current.version;
        this.conflict = true;
        this.dispatchEvent(new CustomEvent('changed'));
      } else this.problem = error;
    } finally {
      this.busy = false;
    }
  }

  override render(): TemplateResult {
    const { ctx, words, card, counts } = this;
    const records = (n: number) => ctx.locale.count(n, words.records);
    const tick = (name: 'x' | 'check', text: string) =>
      html`<li>${icon(name, 's')}<span>${text}</span></li>`;
    return html`<dialog
      class="dialog"
      role="alertdialog"
      aria-labelledby="off-title"
      aria-describedby="off-lead"
      @close=${() => this.dispatchEvent(new CustomEvent(this.wantsReplace ? 'replace' : 'closed'))}
    >
      <div class="dialog-head"><span class="sign">${icon('alert', 'l')}</span><div><h2 id="off-title">${words.disconnectTitle(card.title)}</h2><p id="off-lead">${words.disconnectLead}</p></div></div>
      <div class="dialog-body">
        <div class="ledger2">
          <div><h3 class="bad-text">${words.goes}</h3><ul class="ticks goes">${words.goesList.map((text) => tick('x', text))}</ul></div>
          <div>
            <h3 class="ok-text">${words.stays}</h3>
            <ul class="ticks stays">
              ${tick('check', words.staysDelivered)}
              ${tick('check', counts ? words.staysWaiting(records(counts.waiting), records(counts.quarantined)) : words.staysQueue)}
              ${tick('check', words.staysJournal)}
            </ul>
          </div>
        </div>
        <p class="small muted">${words.nightStops}</p>
        ${this.canReplace
          ? html`<div class="note now">${icon('key')}<p>${words.onlyKey} <button class="as-link" type="button" @click=${() => this.replace()}>${words.onlyKeyDo}</button>: ${words.onlyKeyText}</p></div>`
          : nothing}
        ${this.conflict ? html`<div class="note warn" role="alert">${icon('users')}<p>${words.changedMeanwhile}</p></div>` : nothing}
        ${this.problem ? failure(ctx, this.problem) : nothing}
      </div>
      <div class="dialog-foot">
        <button class="btn cancel" type="button" @click=${() => this.dialog.close()}>${ctx.kit.cancel}</button>
        <button class="btn danger" type="button" aria-busy=${this.busy ? 'true' : nothing} @click=${() => void this.disconnect()}>${this.busy ? words.disconnecting : words.disconnect}</button>
      </div>
    </dialog>`;
  }

  private replace(): void {
    this.wantsReplace = true;
    this.dialog.close();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-disconnect': U2035Disconnect;
  }
}
