import { everyItem } from '@kit/api';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { address } from '../route';
import { note } from '../view';
import './arrived';
import type { Arrived } from './arrived';
import { connectionPath, type Route, type SourceKind } from './brought';
import { LoadedPart } from './part';
import './upload';

/** A connection of files: uploading, the watched folder, and what has come. */
@customElement('lms-brought-files')
export class BroughtFiles extends LoadedPart<Route[]> {
  @property({ attribute: false }) kind: SourceKind | null = null;
  @state() private chosen = '';
  @query('lms-arrived') private arrived!: Arrived | null;

  protected override load(signal: AbortSignal): Promise<Route[]> {
    return everyItem<Route>(this.ctx.api, `${connectionPath(this.organization, this.connection)}/routes`, { signal });
  }

  protected override draw(routes: Route[]): TemplateResult {
    const { words, ctx, organization, connection } = this;
    const route = routes.find((one) => one.name === this.chosen) ?? routes[0];
    // What to begin with stands above, where routes are added.
    if (!route) return this.folder(routes);
    return html`<div class="stack">
      ${this.of.enabled ? nothing : note('minus', 'warn', words.disabledTitle, words.disabledFiles)}
      <lms-upload .kind=${this.kind} .ctx=${ctx} .organization=${organization} .connection=${connection} .of=${this.of} .routes=${routes} .route=${route} @route-chosen=${(event: CustomEvent<string>) => (this.chosen = event.detail)} @file-ended=${() => void this.arrived?.refresh()}></lms-upload>
      <lms-arrived .ctx=${ctx} .organization=${organization} .connection=${connection} .of=${this.of} .routes=${routes} .route=${route} @route-chosen=${(event: CustomEvent<string>) => (this.chosen = event.detail)}></lms-arrived>
      ${this.folder(routes)}
    </div>`;
  }

  private folder(routes: Route[]): TemplateResult {
    const { words } = this;
    const { locale } = this.ctx;
    const { settings } = this.of;
    const folder = String(settings.folder ?? '');
    const seconds = Number(settings.settleSeconds ?? 30);
    return html`<section class="panel" aria-labelledby="folder">
      <div class="panel-head"><h2 id="folder">${words.folderTitle}</h2></div>
      <div class="panel-body stack-s">
        ${folder === ''
          ? html`<p class="muted">${words.folderNone}</p>`
          : html`<dl class="facts wide">
              <dt>${words.folder}</dt><dd><code>${this.organization}/${folder}</code></dd>
              ${routes.length ? html`<dt>${words.folderOf}</dt><dd>${routes.map((route) => html`<div><code>${[this.organization, folder, route.prefix].filter(Boolean).join('/')}</code> <span class="muted">${route.title || route.name}, ${words.pattern(String(route.settings.pattern ?? '*'))}</span></div>`)}</dd>` : nothing}
              <dt>${words.whole}</dt><dd>${settings.arrival === 'renamed' ? words.renamed : words.stable(locale.count(seconds, words.seconds))}</dd>
              <dt>${words.after}</dt><dd>${words.afterText}</dd>
            </dl>`}
        ${this.isAdministrator ? html`<p class="small"><a href=${address('org', this.organization, 'connections', this.connection, 'edit')}>${words.folderSettings}</a></p>` : nothing}
      </div>
    </section>`;
  }
}
