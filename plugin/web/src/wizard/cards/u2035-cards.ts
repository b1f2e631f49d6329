import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiError, everyItem, organizationPath } from '@kit/api';
import { Part, baseStyle, failure, loading } from '@kit/element';
import { icon } from '@kit/icons';
import { IntegrationClient, currentOf, integrationsPath, isWizard } from '../client';
import type { Card, Wizard } from '../model';
import { later } from '../../later';
import wizardCss from '../wizard.css?inline';
import { roleNeeded } from '../role';
import { card, type CardHost } from './card';
import { texts, type CardsTexts } from './texts';
import './u2035-gear';

const disconnecting = later(() => import('./u2035-disconnect'));
const replacing = later(() => import('./u2035-replace'));

interface Organization {
  tariff: string;
  participation: string[];
  projects: string[];
}

/** A card per project open to the organisation. */
@customElement('u2035-cards')
export class U2035Cards extends Part implements CardHost {
  static override styles = [baseStyle, unsafeCSS(wizardCss)];

  @property({ type: Boolean }) moved = false;
  @state() private cards: Card[] | null = null;
  @state() private details: ReadonlyMap<string, Wizard> = new Map();
  @state() private facts: Organization | null = null;
  @state() private broken: unknown = null;
  @state() private problem: unknown = null;
  @state() private conflict = false;
  @state() busy = '';
  @state() private acting: { card: Card; what: 'replace' | 'disconnect' } | null = null;

  get words(): CardsTexts {
    return texts[this.ctx.language];
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('ctx')) void this.load();
  }

  protected override firstUpdated(): void {
    if (this.moved) this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }

  private async load(): Promise<void> {
    this.broken = null;
    try {
      const cards = await everyItem<Card>(this.ctx.api, integrationsPath(this.ctx.organization));
      this.cards = cards;
      if (!cards.length) this.facts = (await this.ctx.api.get<Organization>(organizationPath(this.ctx.organization))).data;
      await Promise.all(cards.filter((one) => one.status !== 'not-done').map((one) => this.loadDetails(one.project)));
    } catch (error) {
      this.broken = error;
    }
  }

  /** What a card says beyond its status; without it the card stands all the same. */
  private async loadDetails(project: string): Promise<void> {
    try {
      const { data } = await new IntegrationClient(this.ctx.api, this.ctx.organization, project).read();
      this.details = new Map(this.details).set(project, data);
    } catch {
      // The card's own facts are enough to go on.
    }
  }

  open(one: Card): void {
    if (this.busy) return;
    this.busy = one.project;
    this.problem = null;
    this.conflict = false;
    new IntegrationClient(this.ctx.api, this.ctx.organization, one.project)
      .open(one.version)
      .then(() => this.enter(one))
      .catch(async (error: unknown) => {
        const current = currentOf<Wizard>(error);
        // Somebody opened it a moment ago: that is what was wanted.
        if (isWizard(current) && current.opened > 0) return this.enter(one);
        if (error instanceof ApiError && error.status === 412) this.conflict = true;
        else this.problem = error;
        await this.load();
      })
      .finally(() => (this.busy = ''));
  }
  enter(one: Card): void {
    this.ctx.go(one.project);
  }
  scope(one: Card): void {
    this.ctx.go(`${one.project}/scope`);
  }
  act(one: Card, what: 'replace' | 'disconnect'): void {
    this.acting = { card: one, what };
  }

  private async acted(said: string): Promise<void> {
    if (said) this.ctx.say(said);
    await this.load();
  }

  override render(): TemplateResult {
    const { ctx, words, cards } = this;
    return html`<div class="page-head">
        <div class="head-main">
          <h1 tabindex="-1">${words.title}</h1>
          <p class="lead">${words.leadBefore}<strong>${words.leadStrong}</strong>.</p>
        </div>
      </div>
      ${this.problem ? html`<div class="above">${failure(ctx, this.problem)}</div>` : nothing}
      ${this.conflict ? html`<div class="note warn above" role="alert">${icon('users')}<p>${words.changedMeanwhile}</p></div>` : nothing}
      ${this.broken ? failure(ctx, this.broken, () => void this.load(), roleNeeded[ctx.language]) : !cards ? loading(ctx) : cards.length ? this.list(cards) : this.empty()} ${this.dialog()}`;
  }

  private list(cards: Card[]): TemplateResult {
    const { words } = this;
    return html`${cards.some((one) => one.status === 'active')
        ? nothing
        : html`<div class="note warn above">${icon('alert')}<div><p class="strong warn-text">${words.nothingSentTitle}</p><p>${words.nothingSent}</p></div></div>`}
      <div class="cards">${cards.map((one) => card(this, one, this.details.get(one.project)))}</div>
      <p class="small faint footnote">${words.notListed}</p>`;
  }

  private empty(): TemplateResult {
    const { words, facts } = this;
    const offered = facts && (facts.tariff === 'individual' || facts.tariff === 'professional');
    return html`<section class="panel empty">
      ${icon('plug')}
      <h2>${words.emptyTitle}</h2>
      <p>${words.nothingSent}</p>
      ${facts
        ? facts.projects.length === 0
          ? html`<p>${words.emptyNoProject}</p>`
          : html`<p>${words.emptyNoFlag} ${offered ? nothing : words.emptyTariff(words.tariffs[facts.tariff] ?? facts.tariff)}</p>`
        : nothing}
    </section>`;
  }

  private dialog(): unknown {
    if (!this.acting) return nothing;
    const { card: one, what } = this.acting;
    const close = () => (this.acting = null);
    if (what === 'disconnect')
      return disconnecting(this, () => html`<u2035-disconnect
        .ctx=${this.ctx} .card=${one} .canReplace=${this.details.get(one.project)?.canReplaceKey === true}
        @disconnected=${() => void this.acted(this.words.disconnected(one.title))}
        @changed=${() => void this.load()}
        @replace=${() => (this.acting = { card: one, what: 'replace' })}
        @closed=${close}
      ></u2035-disconnect>`);
    return replacing(this, () => html`<u2035-replace .ctx=${this.ctx} .card=${one} @replaced=${() => void this.acted('')} @closed=${close}></u2035-replace>`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-cards': U2035Cards;
  }
}
