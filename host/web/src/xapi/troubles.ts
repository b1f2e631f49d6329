import { save } from '@kit/clipboard';
import { icon } from '@kit/icons';
import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { may } from '../context';
import { address } from '../route';
import { ShellPart, nextPage, refused, type Gathered } from '../view';
import { wholeCsv } from './csv';
import { grouped, sourcePath, type Trouble, type TroubleGroup, type XapiSource } from './intake';
import { mayReadOriginals } from './original';
import { xapiTexts } from './texts';
import css from './xapi.css?inline';

const idsShown = 20;
const groupsAtOnce = 20;

/** Statements that are no record yet, by what is to be done. Tells `xapi-retried` when they are tried again. */
@customElement('lms-xapi-troubles')
export class XapiTroubles extends ShellPart {
  static override styles = [...ShellPart.styles, unsafeCSS(css)];
  @property({ attribute: false }) organization = '';
  @property({ attribute: false }) source!: XapiSource;
  @property({ attribute: false }) troubles!: Gathered<Trouble>;
  /** Names of the organization's connections. */
  @property({ attribute: false }) connections: readonly string[] = [];
  @state() private problem: unknown = null;
  @state() private shown = groupsAtOnce;
  @state() private busy = false;
  @state() private told = '';

  private get words() {
    return xapiTexts[this.ctx.language];
  }
  private get canRetry(): boolean {
    return this.ctx.session.serverAdmin || may(this.ctx.session, this.organization, 'methodist');
  }
  private get path(): string {
    return sourcePath(this.organization, this.source.name);
  }

  override render(): TemplateResult {
    const { words, troubles } = this;
    const { locale } = this.ctx;
    const groups = grouped(troubles.items);
    if (groups.length === 0)
      return html`<section class="panel" aria-labelledby="troubles">
        <div class="panel-head"><div><h2 id="troubles">${words.troublesTitle}</h2><p class="with-sign ok-text">${icon('okc', 's')}${words.troublesNone}</p></div></div>
        ${this.told ? html`<p class="told-line">${this.told}</p>` : nothing}
      </section>`;
    return html`<section class="panel" aria-labelledby="troubles">
      <div class="panel-head">
        <div><h2 id="troubles">${words.troublesTitle}</h2><p>${words.troublesLead}</p></div>
        <div class="btns">
          <button class="btn small" type="button" ?disabled=${!this.canRetry} aria-describedby=${this.canRetry ? nothing : 'retry-why'} aria-busy=${this.busy ? 'true' : nothing} @click=${() => void this.retry()}>${icon('refresh', 's')}${words.retry}</button>
          <button class="btn small" type="button" @click=${() => void this.download()}>${icon('down', 's')}${words.download}</button>
        </div>
        ${this.canRetry ? nothing : html`<p class="small muted" id="retry-why">${words.retryForbidden} ${mayReadOriginals(this.ctx, this.organization) ? nothing : words.originalForbidden}</p>`}
      </div>
      ${this.told ? html`<p class="told-line">${this.told}</p>` : nothing}
      ${this.problem ? html`<div class="help">${refused(this.ctx, this.problem)}</div>` : nothing}
      <ul class="groups">${groups.slice(0, this.shown).map((group) => this.group(group))}</ul>
      ${groups.length > this.shown
        ? html`<div class="foot-acts"><p class="small muted">${words.groupsShown(locale.number(this.shown), locale.number(groups.length))}</p><button class="btn small" type="button" @click=${() => (this.shown += groupsAtOnce)}>${this.shell.more}</button></div>`
        : nothing}
      ${troubles.next && groups.length <= this.shown
        ? html`<div class="foot-acts"><p class="small muted">${words.moreTroublesText(locale.number(troubles.items.length))}</p><button class="btn small" type="button" @click=${() => void this.more()}>${this.shell.more}</button></div>`
        : nothing}
    </section>`;
  }

  private group(group: TroubleGroup): TemplateResult {
    const { words, source } = this;
    const { locale } = this.ctx;
    const count = group.statements.length;
    const shown = group.statements.slice(0, idsShown);
    const latest = group.statements.reduce((last, one) => (new Date(one.storedAt) > new Date(last.storedAt) ? one : last));
    return html`<li>
      <h3>
        ${group.state === 'waiting' ? html`<span class="badge warn">${icon('clock')}${words.waits}</span>` : html`<span class="badge bad">${icon('excl')}${words.withError}</span>`}
        ${group.kind ? html`<span>${words.missing[group.kind] ?? words.missingOther(group.kind)} <code>${group.record}</code></span>` : html`<span>${group.reason}</span>`}
      </h3>
      <p class="num">${locale.count(count, words.statements)}</p>
      <p class="what">
        ${group.kind ? words.bring(words.bringKinds[group.kind] ?? words.bringOther, source.references || source.name) : nothing} ${group.fix}
      </p>
      ${group.kind ? this.whence() : nothing}
      <lms-xapi-original .ctx=${this.ctx} .organization=${this.organization} .source=${this.path} .statement=${latest.id} .label=${words.originalOf(locale.moment(latest.storedAt))}></lms-xapi-original>
      <details class="more">
        <summary>${icon('chev', 's')}${words.ids}</summary>
        <dl class="pairs id-list">
          <dt>${words.rule}</dt><dd>${group.rule || this.shell.unknown}</dd>
          <dt>${words.column}</dt><dd>${group.column || this.shell.unknown}${group.value ? html`: <code>${group.value}</code>` : nothing}</dd>
          <dt>${words.latestOf}</dt><dd>${locale.moment(latest.storedAt)}</dd>
        </dl>
        <ul class="id-list">
          ${shown.map((one) => html`<li><code>${one.id}</code> <span class="faint">${locale.moment(one.storedAt)}</span></li>`)}
          ${count > shown.length ? html`<li class="muted">${words.idsMore(locale.number(count - shown.length))}</li>` : nothing}
        </ul>
      </details>
    </li>`;
  }

  /** Where what is missing comes from. */
  private whence(): unknown {
    const { words, source } = this;
    if (!source.references || source.references === source.name) return html`<p class="what muted">${words.ownReferences}</p>`;
    if (!this.connections.includes(source.references)) return nothing;
    return html`<p class="ways"><a href=${address('org', this.organization, 'connections', source.references)}>${words.toConnection(source.references)}</a></p>`;
  }

  private async retry(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await this.attempt(async () => {
      await this.ctx.api.post(`${this.path}/retry`);
      this.told = this.words.retried;
      this.ctx.say(this.told);
      this.dispatchEvent(new CustomEvent('xapi-retried'));
    });
    this.busy = false;
  }

  private async more(): Promise<void> {
    await this.attempt(async () => {
      this.troubles = await nextPage(this.ctx, `${this.path}/troubles`, this.troubles, { limit: '1000' });
    });
  }

  private async download(): Promise<void> {
    await this.attempt(async () => save(await wholeCsv(this.ctx.api, `${this.path}/troubles`), `${this.source.name}-troubles.csv`));
  }

  private async attempt(what: () => Promise<void>): Promise<void> {
    this.problem = null;
    try {
      await what();
    } catch (error) {
      this.problem = error;
    }
  }
}
