import { copy, save } from '@kit/clipboard';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { badge } from '../badge';
import { note, refused } from '../view';
import { connectionPath, curlOf, operationOf, type Listening, type ListeningRoute } from './brought';
import { LoadedPart } from './part';
import './requests';
import './token';

interface Loaded {
  listening: Listening;
  document: Parameters<typeof operationOf>[0];
}

/** A listening connection: its addresses with examples, its token, and what was sent. */
@customElement('lms-listening')
export class ListeningView extends LoadedPart<Loaded> {
  protected override async load(signal: AbortSignal): Promise<Loaded> {
    const path = connectionPath(this.organization, this.connection);
    const [listening, document] = await Promise.all([
      this.ctx.api.get<Listening>(`${path}/listening`, { signal }),
      this.ctx.api.get<Loaded['document']>(`${path}/openapi.json`, { signal }),
    ]);
    return { listening: listening.data, document: document.data };
  }

  /** Whole, as the other system needs it. */
  private whole(path: string): string {
    return new URL(this.ctx.api.url(path), location.href).href;
  }

  protected override draw({ listening, document }: Loaded): TemplateResult {
    const { words, ctx, organization, connection } = this;
    const { routes } = listening;
    return html`<div class="stack">
      ${this.of.enabled ? nothing : note('minus', 'warn', words.disabledTitle, words.disabledListen)}
      ${this.problem ? refused(ctx, this.problem) : nothing}
      ${routes.length === 0
        ? nothing
        : html`<section class="panel" aria-labelledby="addresses">
            <div class="panel-head"><div><h2 id="addresses">${words.addressesTitle}</h2><p>${words.addressesLead}</p></div></div>
            <ul class="rows">${routes.map((route) => this.route(route, document))}</ul>
            <div class="foot-acts ways">
              <button class="btn small" type="button" @click=${() => void this.saveDocument()}>${icon('down', 's')}${words.document}</button>
            </div>
          </section>`}
      <lms-listening-token .ctx=${ctx} .organization=${organization} .connection=${connection} .listening=${listening} @token-changed=${() => void this.refresh()}></lms-listening-token>
      ${routes.length === 0 ? nothing : html`<lms-requests .ctx=${ctx} .organization=${organization} .connection=${connection} .of=${this.of} .routes=${routes}></lms-requests>`}
    </div>`;
  }

  private route(route: ListeningRoute, document: Loaded['document']): TemplateResult {
    const { words } = this;
    const title = route.title || route.name;
    const whole = this.whole(route.address);
    const operation = operationOf(document, route);
    const example = curlOf(operation?.method ?? (route.method === 'any' ? 'POST' : route.method), whole, route.format, operation?.example ?? '');
    return html`<li>
      <p class="name">${title}</p>
      <p class="state"><span class="chip">${words.methods[route.method]}</span> <span class="chip">${route.format.toUpperCase()}</span> ${route.enabled ? nothing : badge('', 'minus', words.off)}</p>
      <div class="copy-line">
        <code>${whole}</code>
        <button class="btn small" type="button" aria-label=${words.copyAddress(title)} @click=${() => void this.copy(whole)}>${icon('copy', 's')}${words.copy}</button>
      </div>
      <div class="below ways">
        <details class="more">
          <summary>${icon('chev', 's')}${words.example}</summary>
          <pre class="raw" tabindex="0">${example}</pre>
          <p class="hint">${operation?.example ? words.exampleHint : words.exampleFile}</p>
          <button class="btn small" type="button" @click=${() => void this.copy(example)}>${icon('copy', 's')}${words.copyExample}</button>
        </details>
        ${operation?.id ? html`<a href="${this.ctx.api.url('/docs')}#${operation.id}" target="_blank" rel="noopener">${words.docs} ${icon('external', 's')}<span class="sr">${words.opensHere}</span></a>` : nothing}
      </div>
    </li>`;
  }

  private async copy(text: string): Promise<void> {
    const how = await copy(text);
    this.ctx.say(how === 'copied' ? this.ctx.kit.copied : this.ctx.kit.copyByHand);
  }

  private async saveDocument(): Promise<void> {
    await this.attempt(async () => {
      const { blob } = await this.ctx.api.download(`${connectionPath(this.organization, this.connection)}/openapi.json`);
      save(blob, `${this.connection}-openapi.json`);
    });
  }
}
