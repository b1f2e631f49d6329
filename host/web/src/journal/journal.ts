import { save } from '@kit/clipboard';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { may } from '../context';
import { field, select } from '../forms';
import { endOfDay } from '../people/people';
import { View, firstPage, moreButton, nextPage, refused, type Gathered } from '../view';
import { actorWords } from './actor';
import { journalTexts } from './texts';
import './verify';

interface Entry {
  id: string;
  at: string;
  organization: string;
  actor: string;
  clientAddress: string;
  action: string;
  actionText?: string;
  subject: string;
  details: Record<string, unknown>;
  requestId: string;
}

interface Filter {
  action: string;
  actor: string;
  from: string;
  to: string;
}
const nothingAsked: Filter = { action: '', actor: '', from: '', to: '' };

/** An organization's journal, or without one the server's. */
@customElement('lms-journal')
export class Journal extends View<Gathered<Entry>> {
  @state() private typed: Filter = nothingAsked;
  @state() private asked: Filter = nothingAsked;
  @state() private problem: unknown = null;

  private get words() {
    return journalTexts[this.ctx.language];
  }
  private get resource(): string {
    return this.organization ? `/api/v1/organizations/${this.organization}/journal` : '/api/v1/journal';
  }
  protected override forbidden(): string {
    const { session } = this.ctx;
    if (session.serverAdmin) return '';
    if (!this.organization) return this.shell.forbiddenServer;
    return may(session, this.organization, 'organization-admin') ? '' : this.shell.forbiddenRole(this.shell.roles['organization-admin']);
  }
  // Its own key: a language is no reason to read it again, but a filter is.
  protected override key(): string {
    return `${this.organization} ${JSON.stringify(this.asked)} ${this.ctx.language}`;
  }
  protected override load(signal: AbortSignal): Promise<Gathered<Entry>> {
    return firstPage<Entry>(this.ctx, this.resource, this.query(), signal);
  }
  protected override heading(): string {
    return this.organization ? this.words.organizationTitle : this.words.serverTitle;
  }
  protected override lead(): TemplateResult {
    return html`<p class="lead">${this.words.lead}</p>`;
  }
  protected override actions(): TemplateResult {
    return html`<div class="btns">
      <button class="btn" type="button" @click=${() => void this.download()}>${icon('down')}${this.words.download}</button>
      ${this.organization ? nothing : html`<lms-journal-verify .ctx=${this.ctx}></lms-journal-verify>`}
    </div>`;
  }

  private query(): Record<string, string> {
    const { zone } = this.ctx.locale;
    const { action, actor, from, to } = this.asked;
    return {
      ...(action ? { action } : {}),
      ...(actor ? { actor } : {}),
      // The day is the organization's: from its first moment, to its last.
      ...(from ? { from: endOfDay(from, zone).replace('T23:59:59', 'T00:00:00') } : {}),
      ...(to ? { to: endOfDay(to, zone) } : {}),
    };
  }

  protected override draw(list: Gathered<Entry>): TemplateResult {
    const { words } = this;
    const filtered = JSON.stringify(this.asked) !== JSON.stringify(nothingAsked);
    return html`${this.problem ? refused(this.ctx, this.problem) : nothing}
      <section class="panel">
        ${this.tools(filtered)}
        ${list.items.length === 0
          ? html`<div class="empty">${icon('book')}<h2>${words.noneTitle}</h2><p>${filtered ? words.nothingFound : words.noneText}</p></div>`
          : html`<div class="table-wrap">
                <table class="stackable">
                  <thead><tr><th scope="col">${words.at}</th><th scope="col">${words.action}</th><th scope="col">${words.actor}</th>${this.organization ? nothing : html`<th scope="col">${words.organization}</th>`}<th scope="col">${words.details}</th></tr></thead>
                  <tbody>${list.items.map((entry) => this.row(entry))}</tbody>
                </table>
              </div>
              ${moreButton(this.ctx, list, () => void this.more())}`}
      </section>`;
  }

  private tools(filtered: boolean): TemplateResult {
    const { words, typed } = this;
    const set = (change: Partial<Filter>) => (this.typed = { ...this.typed, ...change });
    return html`<form class="tools" @submit=${this.filter}>
      ${select(this.ctx, { id: 'kind', label: words.kind, value: typed.action, options: [['', words.everything], ...words.kinds], onInput: (action) => set({ action }) })}
      ${field(this.ctx, { id: 'from', label: words.from, type: 'date', value: typed.from, onInput: (from) => set({ from }) })}
      ${field(this.ctx, { id: 'to', label: words.to, type: 'date', value: typed.to, onInput: (to) => set({ to }) })}
      ${field(this.ctx, { id: 'actor', label: words.who, placeholder: words.whoHint, value: typed.actor, mono: true, onInput: (actor) => set({ actor }) })}
      <div class="btns">
        <button class="btn" type="submit">${words.show}</button>
        ${filtered ? html`<button class="btn quiet" type="button" @click=${() => (this.typed = this.asked = nothingAsked)}>${words.clear}</button>` : nothing}
      </div>
    </form>`;
  }

  private row(entry: Entry): TemplateResult {
    const { words } = this;
    const { locale, language } = this.ctx;
    const text = entry.actionText;
    const known = Object.entries(entry.details);
    const nameOf = (id: string) => this.ctx.organizations.find((one) => one.id === id)?.legalName ?? id;
    return html`<tr>
      <td class="num"><time datetime=${entry.at}>${locale.day(entry.at)}, ${locale.exactTime(entry.at)}</time></td>
      <td data-label=${words.action}><div>${text ? html`<b>${text}</b>` : html`<code>${entry.action}</code>`}<small class="mono">${entry.subject}</small></div></td>
      <td data-label=${words.actor}>${actorWords(language, entry.actor)}</td>
      ${this.organization ? nothing : html`<td data-label=${words.organization}>${entry.organization ? nameOf(entry.organization) : html`<span class="faint">${words.oneServer}</span>`}</td>`}
      <td data-label=${words.details}>
        <details class="more">
          <summary>${icon('chev', 's')}${words.details}<span class="sr"> № ${entry.id}</span></summary>
          <dl class="pairs">
            <dt>№</dt><dd class="num">${entry.id}</dd>
            <dt>${words.action}</dt><dd class="mono">${entry.action}</dd>
            ${known.map(([name, value]) => html`<dt>${name}</dt><dd class="mono">${typeof value === 'string' ? value : JSON.stringify(value)}</dd>`)}
            ${entry.clientAddress ? html`<dt>${words.address}</dt><dd class="mono">${entry.clientAddress}</dd>` : nothing}
            ${entry.requestId ? html`<dt>${words.request}</dt><dd class="mono">${entry.requestId}</dd>` : nothing}
          </dl>
        </details>
      </td>
    </tr>`;
  }

  private filter(event: Event): void {
    event.preventDefault();
    this.asked = { ...this.typed, actor: this.typed.actor.trim() };
  }

  private async more(): Promise<void> {
    this.problem = null;
    try {
      this.data = await nextPage<Entry>(this.ctx, this.resource, this.data!, this.query());
    } catch (error) {
      this.problem = error;
    }
  }

  private async download(): Promise<void> {
    this.problem = null;
    try {
      const { blob } = await this.ctx.api.download(this.resource, { accept: 'text/csv', query: { ...this.query(), limit: 1000 } });
      save(blob, `${this.organization || 'server'}-journal.csv`);
    } catch (error) {
      this.problem = error;
    }
  }
}
