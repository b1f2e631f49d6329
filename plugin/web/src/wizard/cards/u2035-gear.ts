import { css, html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Part, baseStyle } from '@kit/element';
import { icon } from '@kit/icons';
import type { Card, Wizard } from '../model';
import wizardCss from '../wizard.css?inline';
import { texts, type CardsTexts } from './texts';

/** The gear of a card: an exclamation mark and a hint where nothing can be changed any more. Event: act. */
@customElement('u2035-gear')
export class U2035Gear extends Part {
  // As wide as its button, and the menu as wide as the card around it allows: not a container of its own.
  static override styles = [baseStyle, unsafeCSS(wizardCss), css`:host { container: none; flex: none; }`];

  @property({ attribute: false }) card!: Card;
  @property({ attribute: false }) wizard: Wizard | undefined;
  @state() private open = false;

  private get words(): CardsTexts {
    return texts[this.ctx.language];
  }
  private get button(): HTMLButtonElement {
    return this.renderRoot.querySelector<HTMLButtonElement>('.gear')!;
  }
  private get items(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLButtonElement>('[role="menuitem"]')];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.outside);
  }
  private readonly outside = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.toggle(false);
  };

  private toggle(open: boolean): void {
    this.open = open;
    if (open) document.addEventListener('pointerdown', this.outside);
    else document.removeEventListener('pointerdown', this.outside);
  }
  private async openOn(index: number): Promise<void> {
    this.toggle(true);
    await this.updateComplete;
    this.items.at(index)?.focus();
  }

  private choose(what: 'replace' | 'disconnect', allowed = true): void {
    if (!allowed) return;
    // The dialog gives the focus back to where it was: to the gear, not to an item that is gone.
    this.button.focus();
    this.toggle(false);
    this.dispatchEvent(new CustomEvent('act', { detail: what }));
  }

  private keys(event: KeyboardEvent): void {
    const { items } = this;
    const at = items.indexOf(this.shadowRoot!.activeElement as HTMLButtonElement);
    const to = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      items[to]?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault();
      this.button.focus();
      this.toggle(false);
    }
  }

  override render(): TemplateResult {
    const { words, card } = this;
    const active = card.status === 'active';
    return html`<button
        class=${this.open ? 'btn icon gear open' : 'btn icon gear'}
        type="button"
        aria-haspopup="menu"
        aria-expanded=${this.open ? 'true' : 'false'}
        aria-label=${active ? words.gearHint(card.title) : words.gear(card.title)}
        aria-describedby=${active ? 'gear-hint' : nothing}
        title=${active ? (card.hint ?? nothing) : nothing}
        @click=${() => (this.open ? this.toggle(false) : void this.openOn(0))}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          void this.openOn(event.key === 'ArrowDown' ? 0 : -1);
        }}
      >
        ${icon('gear')}${active ? html`<span class="excl" aria-hidden="true">!</span>` : nothing}
      </button>
      ${active ? html`<span class="sr" id="gear-hint">${card.hint}</span>` : nothing}
      ${this.open
        ? html`<div class="menu" @keydown=${(event: KeyboardEvent) => this.keys(event)}>
            ${active && card.hint ? html`<p class="menu-hint">${icon('excl')}<span>${card.hint}</span></p>` : nothing}
            <ul role="menu" aria-label=${words.actions(card.title)}>
              ${active ? html`<li role="none">${this.replaceItem()}</li>` : nothing}
              <li role="none">
                <button type="button" role="menuitem" class="bad" tabindex="-1" @click=${() => this.choose('disconnect')}>
                  ${icon('plug')}<b>${words.disconnect}</b><small>${words.disconnectText}</small>
                </button>
              </li>
            </ul>
          </div>`
        : nothing}`;
  }

  private replaceItem(): TemplateResult {
    const { words, wizard } = this;
    const allowed = wizard?.canReplaceKey === true;
    return html`<button type="button" role="menuitem" tabindex="-1" aria-disabled=${allowed ? nothing : 'true'} @click=${() => this.choose('replace', allowed)}>
      ${icon('key')}<b>${words.replace}</b><small>${allowed ? words.replaceText : wizard ? words.replaceOff : words.replaceUnknown}</small>
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-gear': U2035Gear;
  }
}
