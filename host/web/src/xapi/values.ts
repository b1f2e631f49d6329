/** The address, the key and the secret that another system is given, and where each system wants them. */

import { copy } from '@kit/clipboard';
import { icon } from '@kit/icons';
import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ShellPart } from '../view';
import { guideTexts } from './guide-texts';
import { basicOf, endpointAddress, type XapiSource } from './intake';
import { xapiTexts } from './texts';
import css from './xapi.css?inline';

type System = keyof (typeof guideTexts)['ru']['systems'];
const systemOf: Record<string, System> = { logstore_xapi: 'moodle', h5p: 'h5p', packages: 'packages' };

@customElement('lms-xapi-values')
export class XapiValues extends ShellPart {
  static override styles = [...ShellPart.styles, unsafeCSS(css)];
  @property({ attribute: false }) source!: XapiSource;
  /** Whole, right after it was made; else it isn't known to anybody. */
  @property({ attribute: false }) secret = '';
  @state() private copied = '';

  private get words() {
    return xapiTexts[this.ctx.language];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.secret = '';
  }

  override render(): TemplateResult {
    const { words, source, secret } = this;
    return html`<div class="values">
        ${this.value('endpoint', words.endpoint, endpointAddress(this.ctx.api.url(''), source.endpoint))}
        ${this.value('key', words.key, source.key)}
        ${secret
          ? this.value('secret', words.secret, secret)
          : html`<div class="value">
              <span class="label">${words.secret}</span>
              <div class="once"><code class="hidden-secret">•••• ${source.secret.replace('…', '')}</code></div>
              <p class="hint">${words.secretHidden(source.secret.replace('…', ''))}</p>
              ${source.previousUntil && new Date(source.previousUntil) > new Date() ? html`<p class="small warn-text">${words.rotatedUntil(this.ctx.locale.moment(source.previousUntil))}</p>` : nothing}
            </div>`}
        ${this.copied ? html`<p class="small ok-text">${this.copied}</p>` : nothing}
      </div>
      ${this.guides()}`;
  }

  private value(id: string, label: string, value: string, hint = ''): TemplateResult {
    const { words } = this;
    return html`<div class="value">
      <span class="label">${label}</span>
      <div class="once">
        <code id=${id}>${value}</code>
        <button class="btn" type="button" aria-label=${words.copyWhat(label)} @click=${() => void this.copy(id, label, value)}>${icon('copy')}${words.copy}</button>
      </div>
      ${hint ? html`<p class="hint">${hint}</p>` : nothing}
    </div>`;
  }

  private guides(): TemplateResult {
    const guide = guideTexts[this.ctx.language];
    const fitting = this.source.rules ? undefined : systemOf[this.source.ruleSet];
    return html`<div class="guides">
      <h3>${guide.title}</h3>
      ${(Object.keys(guide.systems) as System[])
        .sort((a, b) => Number(b === fitting) - Number(a === fitting))
        .map(
          (system) => html`<details class="more" ?open=${system === fitting}>
            <summary>${icon('chev', 's')}${guide.systems[system].title}</summary>
            <ol class="steps">${guide.systems[system].steps.map((step) => html`<li>${step}</li>`)}</ol>
            ${system !== 'packages' ? nothing : this.secret ? this.value('basic', this.words.basic, basicOf(this.source.key, this.secret), this.words.basicHint) : html`<p class="hint">${guide.secretOfAuth}</p>`}
          </details>`,
        )}
    </div>`;
  }

  private async copy(id: string, label: string, value: string): Promise<void> {
    const how = await copy(value, this.renderRoot.querySelector<HTMLElement>(`#${id}`));
    this.copied = how === 'copied' ? `${this.ctx.kit.copied}: ${label}` : this.ctx.kit.copyByHand;
    this.ctx.say(this.copied);
  }
}
