import { everyItem, organizationPath, pause } from '@kit/api';
import { icon } from '@kit/icons';
import { personOf } from '@kit/session';
import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import '../confirm';
import type { Confirm } from '../confirm';
import { may } from '../context';
import '../keep-old';
import type { KeepOld } from '../keep-old';
import { actorWords } from '../journal/actor';
import { address } from '../route';
import { ShellPart, View, crumbs, firstPage, note, refused, type Gathered } from '../view';
import './forms-table';
import { sourcePath, states, totalsOf, type RuleSetName, type State, type StatementForm, type Totals, type Trouble, type XapiSource } from './intake';
import { xapiTexts } from './texts';
import './troubles';
import './values';
import css from './xapi.css?inline';

interface Loaded {
  source: XapiSource;
  etag: string;
  forms: StatementForm[];
  troubles: Gathered<Trouble>;
  rules: RuleSetName[];
  connections: string[];
  changedBy: string;
}

const main: State[] = ['mapped', 'waiting', 'rejected', 'unmatched'];
const lookEvery = 5000;
const lookSoon = 2000;

/** A source: what has come of its statements, what is to be done, and where its three values go. */
@customElement('lms-xapi-source')
export class XapiSourceView extends View<Loaded> {
  static override styles = [...ShellPart.styles, unsafeCSS(css)];
  @state() private problem: unknown = null;
  @state() private secret = '';
  @state() private rotatedText = '';
  /** Looks left after something was begun that goes on in the background. */
  private looks = 0;
  private watching = false;
  @query('lms-confirm') private confirm!: Confirm;
  @query('lms-keep-old') private keepOld!: KeepOld;

  private get words() {
    return xapiTexts[this.ctx.language];
  }
  private get canEdit(): boolean {
    return this.ctx.session.serverAdmin || may(this.ctx.session, this.organization, 'organization-admin');
  }
  private get resource(): string {
    return sourcePath(this.organization, this.path);
  }

  protected override async load(signal: AbortSignal): Promise<Loaded> {
    const { api } = this.ctx;
    const [{ data: source, etag }, forms, troubles, rules, connections] = await Promise.all([
      api.get<XapiSource>(this.resource, { signal }),
      everyItem<StatementForm>(api, `${this.resource}/forms`, { signal }),
      firstPage<Trouble>(this.ctx, `${this.resource}/troubles`, { limit: '1000' }, signal),
      everyItem<RuleSetName>(api, '/api/v1/xapi-rules', { signal }),
      everyItem<{ name: string }>(api, `${organizationPath(this.organization)}/connections`, { signal }),
    ]);
    const changedBy = source.changedBy.includes(':') ? actorWords(this.ctx.language, source.changedBy) : await personOf(api, source.changedBy);
    return { source, etag, forms, troubles, rules, connections: connections.map((one) => one.name), changedBy };
  }

  protected override willUpdate(changed: PropertyValues): void {
    // Of another source it is nobody's secret.
    if (changed.has('path') || changed.has('organization')) this.secret = this.rotatedText = '';
    super.willUpdate(changed);
  }
  protected override updated(): void {
    void this.watch();
  }

  /** While the first statement is awaited, or something goes on in the background. */
  private async watch(): Promise<void> {
    if (this.watching) return;
    this.watching = true;
    while (this.isConnected && this.data && !this.error && this.somethingGoesOn()) {
      // What a person has just begun is looked for sooner.
      await pause(this.looks > 0 ? lookSoon : lookEvery);
      if (document.visibilityState === 'hidden' || !this.isConnected || !this.data) continue;
      this.looks = Math.max(0, this.looks - 1);
      await this.refresh();
    }
    this.watching = false;
  }
  private somethingGoesOn(): boolean {
    const { source, forms } = this.data!;
    return this.looks > 0 || source.remapping || (source.enabled && forms.length === 0);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.secret = '';
    this.rotatedText = '';
  }

  protected override wayHere(): TemplateResult {
    return crumbs(this.shell.views.xapi, address('org', this.organization, 'xapi'), this.heading());
  }
  protected override heading(): string {
    return this.data?.source.title || this.path;
  }
  protected override lead(): unknown {
    if (!this.data) return nothing;
    const { words } = this;
    const { locale } = this.ctx;
    const totals = totalsOf(this.data.forms);
    const open = totals.waiting + totals.rejected;
    if (totals.taken === 0) return nothing;
    return html`<p class="lead">
      ${open > 0 ? words.someWaits(locale.count(open, words.statements)) : totals.unmatched > 0 ? nothing : words.allGood(locale.count(totals.taken, words.statements))}
      ${totals.unmatched > 0 ? words.unmatchedLead(locale.count(totals.unmatched, words.statements)) : nothing}
    </p>`;
  }
  protected override actions(): TemplateResult {
    const { words } = this;
    return html`<div class="btns">
      <button class="btn" type="button" @click=${() => void this.look()}>${icon('refresh')}${words.refresh}</button>
      ${this.canEdit
        ? html`<a class="btn" href=${address('org', this.organization, 'xapi', this.path, 'edit')}>${words.edit}</a>`
        : html`<button class="btn" type="button" disabled aria-describedby="edit-why">${words.edit}</button><span class="small muted grow" id="edit-why">${words.adminOnly}</span>`}
    </div>`;
  }

  protected override draw({ source, forms, troubles, connections }: Loaded): TemplateResult {
    const { words, ctx, organization } = this;
    const totals = totalsOf(forms);
    return html`<div class="stack">
        ${this.problem ? refused(ctx, this.problem) : nothing}
        ${source.remapping ? note('refresh', 'now', words.remappingTitle, words.remappingText) : nothing}
        ${source.enabled ? nothing : note('minus', 'warn', words.disabledTitle, words.disabledText)}
        ${totals.taken === 0 && source.enabled ? note('clock', 'now', words.waitingForFirst, words.waitingForFirstText) : nothing}
        ${totals.taken === 0 ? nothing : this.tiles(totals)}
        ${totals.taken === 0 ? this.values(source) : nothing}
        ${totals.taken === 0
          ? nothing
          : html`<lms-xapi-troubles .ctx=${ctx} .organization=${organization} .source=${source} .troubles=${troubles} .connections=${connections} @xapi-retried=${() => this.lookOn(5)}></lms-xapi-troubles>
              <lms-xapi-forms .ctx=${ctx} .organization=${organization} .source=${source} .forms=${forms}></lms-xapi-forms>
              ${this.values(source)}`}
        ${this.facts(source)}
      </div>
      <lms-confirm .ctx=${ctx}></lms-confirm>
      <lms-keep-old .ctx=${ctx} .heading=${words.rotateTitle} .text=${words.rotateText} .legend=${words.rotateKeep} .action=${words.rotate}></lms-keep-old>`;
  }

  private tiles(totals: Totals): TemplateResult {
    const { words } = this;
    const { locale } = this.ctx;
    const rest = states.filter((one) => !main.includes(one) && totals[one] > 0);
    const tone = (one: State) => (totals[one] === 0 || one === 'mapped' ? '' : one === 'rejected' ? 'bad' : 'warn');
    const signs = { mapped: 'okc', waiting: 'clock', rejected: 'excl', unmatched: 'split' } as const;
    return html`<section class="panel">
      <dl class="tiles">
        <div class="tile"><dt>${icon('down')}${words.taken}</dt><dd class="number">${locale.number(totals.taken)}</dd><dd class="caption">${totals.latestAt ? `${words.latestOf}: ${locale.moment(totals.latestAt)}` : words.takenHint}</dd></div>
        ${main.map((one) => html`<div class="tile ${tone(one)}"><dt>${icon(signs[one as keyof typeof signs])}${words.states[one]}</dt><dd class="number">${locale.number(totals[one])}</dd><dd class="caption">${words.stateHints[one]}</dd></div>`)}
      </dl>
      ${rest.length
        ? html`<p class="foot-acts small muted">${words.others}: ${rest.map((one, i) => html`${i ? '; ' : ''}${words.states[one].toLowerCase()} ${locale.number(totals[one])} (${words.stateHints[one]})`)}</p>`
        : nothing}
    </section>`;
  }

  private values(source: XapiSource): TemplateResult {
    const { words } = this;
    return html`<section class="panel" aria-labelledby="values">
      <div class="panel-head"><div><h2 id="values" tabindex="-1">${words.addressTitle}</h2><p>${words.addressLead}</p></div></div>
      <div class="panel-body stack">
        ${this.secret ? note('okc', 'ok', words.rotatedTitle, html`${this.rotatedText} ${words.once}`) : nothing}
        <lms-xapi-values .ctx=${this.ctx} .source=${source} .secret=${this.secret}></lms-xapi-values>
        <div class="btns">
          <button class="btn" type="button" ?disabled=${!this.canEdit} aria-describedby=${this.canEdit ? nothing : 'rotate-why'} @click=${() => void this.rotate()}>${icon('key')}${words.rotate}</button>
          ${this.canEdit ? nothing : html`<p class="small muted grow" id="rotate-why">${words.rotateForbidden}</p>`}
        </div>
      </div>
    </section>`;
  }

  private facts(source: XapiSource): TemplateResult {
    const { words } = this;
    const rules = source.rules ? words.ownRules : words.readyRules(this.data!.rules.find((one) => one.name === source.ruleSet)?.title ?? source.ruleSet);
    const references = source.references || source.name;
    return html`<section class="panel" aria-labelledby="facts">
      <div class="panel-head"><h2 id="facts">${words.factsTitle}</h2></div>
      <div class="panel-body stack">
        <dl class="facts wide">
          <dt>${words.name}</dt><dd><code>${source.name}</code></dd>
          <dt>${words.rules}</dt>
          <dd>
            ${rules}
            ${source.rules ? html`<details class="more"><summary>${icon('chev', 's')}${words.showRules}</summary><pre class="raw" tabindex="0">${JSON.stringify(source.rules, null, 2)}</pre></details>` : nothing}
          </dd>
          <dt>${words.references}</dt>
          <dd>
            ${references === source.name
              ? words.itself
              : this.data!.connections.includes(references)
                ? html`<a href=${address('org', this.organization, 'connections', references)}>${words.toConnection(references)}</a>`
                : html`<code>${references}</code>`}
          </dd>
          <dt>${words.origins}</dt><dd>${source.origins.length ? source.origins.map((one) => html`<div><code>${one}</code></div>`) : html`<span class="absent">${words.noOrigins}</span>`}</dd>
          <dt>${words.changed}</dt><dd>${words.changedBy(this.ctx.locale.moment(source.changedAt), this.data!.changedBy)}</dd>
        </dl>
        <div>
          <div class="btns">
            <button class="btn" type="button" ?disabled=${!this.canEdit || source.remapping} aria-describedby="remap-why" @click=${() => void this.remap()}>${icon('refresh')}${words.remap}</button>
            <button class="btn danger-quiet" type="button" ?disabled=${!this.canEdit} aria-describedby=${this.canEdit ? nothing : 'remap-why'} @click=${() => void this.erase()}>${words.remove}</button>
          </div>
          <p class="hint below" id="remap-why">${this.canEdit ? (source.remapping ? words.remappingText : words.remapHint) : words.adminOnly}</p>
        </div>
      </div>
    </section>`;
  }

  private lookOn(times: number): void {
    this.looks = times;
    void this.watch();
  }

  private async look(): Promise<void> {
    await this.refresh();
    if (!this.error) this.ctx.say(this.words.refreshed);
  }

  private async rotate(): Promise<void> {
    const minutes = await this.keepOld.ask();
    if (minutes === null) return;
    await this.attempt(async () => {
      const { data, etag } = await this.ctx.api.post<XapiSource>(`${this.resource}/rotate`, { keepOldMinutes: minutes });
      this.secret = data.secret;
      this.rotatedText = data.previousUntil ? this.words.rotatedUntil(this.ctx.locale.moment(data.previousUntil)) : this.words.rotatedNow;
      this.data = { ...this.data!, source: { ...data, secret: `…${data.secret.slice(-4)}` }, etag };
      this.ctx.say(this.words.rotatedTitle);
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('#values')?.focus();
    });
  }

  private async remap(): Promise<void> {
    const { words } = this;
    if (!(await this.confirm.ask(words.remapTitle, words.remapText, words.remap))) return;
    await this.attempt(async () => {
      const { data } = await this.ctx.api.post<XapiSource>(`${this.resource}/remap`);
      this.data = { ...this.data!, source: data };
      this.ctx.say(words.remapStarted);
      this.lookOn(3);
    });
  }

  private async erase(): Promise<void> {
    const { words } = this;
    const title = this.heading();
    if (!(await this.confirm.ask(words.removeTitle(title), words.removeText, words.remove))) return;
    await this.attempt(async () => {
      await this.ctx.api.delete(this.resource, { ifMatch: this.data!.etag });
      this.ctx.go(address('org', this.organization, 'xapi'));
      this.ctx.say(words.removed(title));
    });
  }

  private async attempt(what: () => Promise<void>): Promise<void> {
    this.problem = null;
    try {
      await what();
    } catch (error) {
      this.problem = error;
      // Somebody else was before: what it is now, beside why it wasn't done.
      await this.refresh();
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
    }
  }
}
