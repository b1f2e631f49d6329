import { ApiError } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { address } from '../route';
import { ShellPart, refused } from '../view';
import { checks } from './checks';
import { connectionPath, nameOf, takes, type Connection, type SourceKind } from './model';
import { connectionTexts } from './texts';
import { isKept } from './values';

/** Asks by what goes and what stays, then deletes the connection. The first focus is on "cancel". */
@customElement('lms-connection-remove')
export class ConnectionRemove extends ShellPart {
  @property({ attribute: false }) organization = '';
  @property({ attribute: false }) connection: Connection | null = null;
  @property({ attribute: false }) kind: SourceKind | null = null;
  @property({ attribute: false }) routes = 0;
  @state() private problem: unknown = null;
  @state() private busy = false;
  @query('dialog') private box!: HTMLDialogElement;

  private get words() {
    return connectionTexts[this.ctx.language];
  }

  async ask(): Promise<void> {
    this.problem = null;
    await this.updateComplete;
    this.box.showModal();
  }

  override render(): TemplateResult {
    const { words, connection } = this;
    if (!connection) return html``;
    const row = (sign: 'x' | 'check', text: string) => html`<li>${icon(sign, 's')}<span>${text}</span></li>`;
    return html`<dialog role="alertdialog" aria-labelledby="h" aria-describedby="t" @cancel=${(event: Event) => this.busy && event.preventDefault()}>
      <div class="dialog-head">
        <span class="sign">${icon('alert')}</span>
        <div><h2 id="h">${words.removeTitle(nameOf(connection))}</h2><p id="t">${words.removeText}</p></div>
      </div>
      <div class="dialog-body">
        <div class="ledger2">
          <div>
            <h3>${words.goes}</h3>
            <ul class="ticks bad-text">
              ${row('x', words.goesConnection)}
              ${this.routes ? row('x', words.goesRoutes(this.ctx.locale.count(this.routes, words.routeForms))) : nothing}
              ${this.routes ? row('x', words.goesRuns) : nothing}
              ${Object.values(connection.settings).some(isKept) ? row('x', words.goesSecrets) : nothing}
              ${takes(this.kind, 'request') ? row('x', words.goesTokens) : nothing}
            </ul>
          </div>
          <div>
            <h3>${words.stays}</h3>
            <ul class="ticks">${row('check', words.staysRecords)}${row('check', words.staysSource)}${row('check', words.staysJournal)}</ul>
          </div>
        </div>
        ${this.problem ? refused(this.ctx, this.problem) : nothing}
      </div>
      <div class="dialog-foot">
        <button class="btn" type="button" autofocus @click=${() => this.box.close()}>${this.ctx.kit.cancel}</button>
        <button class="btn danger" type="button" aria-busy=${this.busy ? 'true' : nothing} @click=${() => void this.erase(connection)}>${words.remove}</button>
      </div>
    </dialog>`;
  }

  private async erase(connection: Connection): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      const path = connectionPath(this.organization, connection.name);
      await this.ctx.api.delete(path, { ifMatch: `"${connection.revision}"` });
      checks.forget(path);
      this.box.close();
      this.ctx.say(this.words.removed(nameOf(connection)));
      this.ctx.go(address('org', this.organization, 'connections'));
    } catch (error) {
      if (error instanceof ApiError && error.status === 412) {
        // Whoever deletes should see what it has become first.
        this.box.close();
        this.dispatchEvent(new CustomEvent('changed-meanwhile'));
      } else this.problem = error;
    }
    this.busy = false;
  }
}
