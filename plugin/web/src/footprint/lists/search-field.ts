/** What a list is searched by: one field, asked when a person has stopped typing. Event `search` with the words. */

import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { Part, baseStyle } from '@kit/element';
import { icon } from '@kit/icons';

const pauseMs = 350;
/** The server takes 200 bytes: Cyrillic letters have two. */
const longest = 100;

@customElement('u2035-search')
export class SearchField extends Part {
  static override styles = [baseStyle, css`:host { display: block; container: none; flex: 1 1 260px; min-width: 0; }`];

  @property() label = '';
  @property() hint = '';
  /** What the list is searched by now. */
  @property() words = '';
  @query('input') private readonly input!: HTMLInputElement;
  private told = '';
  private timer = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.timer);
  }

  protected override updated(changed: PropertyValues): void {
    // What comes back of what was typed must not take away what has been typed since.
    if (!changed.has('words') || this.words === this.told) return;
    window.clearTimeout(this.timer);
    this.told = this.input.value = this.words;
  }

  override render(): TemplateResult {
    return html`<div class="search">
      ${icon('search')}
      <input class="input" type="search" maxlength=${longest} autocomplete="off" spellcheck="false" placeholder=${this.hint} aria-label=${this.label} @input=${this.typed} @keydown=${this.key} />
    </div>`;
  }

  private readonly typed = (): void => {
    window.clearTimeout(this.timer);
    // The cross empties it: the list comes back at once.
    if (this.input.value === '') this.tell();
    else this.timer = window.setTimeout(this.tell, pauseMs);
  };

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    window.clearTimeout(this.timer);
    this.tell();
  };

  private readonly tell = (): void => {
    const words = this.input.value.trim().replace(/\s+/g, ' ');
    if (words === this.told) return;
    this.told = words;
    this.dispatchEvent(new CustomEvent<string>('search', { detail: words }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-search': SearchField;
  }
}
