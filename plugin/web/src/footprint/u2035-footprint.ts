import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Page, failure, loading } from '@kit/element';
import { askedOf, stepsOf } from '@kit/way';
import { texts } from './texts';
import { sections, type SectionName } from './sections';

/**
 * What was sent and what is missing. `path` names the section, what it shows and what its list is narrowed to: "" (the morning),
 * "quarantine/ID", "quarantine?run=12", …
 * Attribute `menu`: draws tabs for its sections, for platforms whose own menu has none.
 */
@customElement('u2035-footprint')
export class U2035Footprint extends Page {
  @property({ type: Boolean }) menu = false;
  @state() private ready: SectionName | null = null;
  @state() private broken: unknown = null;

  private get section(): SectionName {
    const name = stepsOf(this.path).split('/')[0] || 'morning';
    return name in sections ? (name as SectionName) : 'morning';
  }
  private get rest(): string {
    return stepsOf(this.path).split('/').slice(1).join('/');
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.ready !== this.section && !this.broken) void this.loadSection();
  }

  private async loadSection(): Promise<void> {
    const section = this.section;
    try {
      await sections[section].load();
      if (section === this.section) this.ready = section;
    } catch (error) {
      this.broken = error;
    }
  }

  override render(): TemplateResult {
    const words = texts[this.language];
    return html`${this.liveRegions()}
      ${this.menu
        ? html`<nav class="tabs" aria-label=${words.sections}>
            ${(Object.keys(sections) as SectionName[]).map(
              (name) =>
                html`<a href="#" aria-current=${name === this.section ? 'page' : nothing} @click=${(event: Event) => this.open(event, name)}>${words.names[name]}</a>`,
            )}
          </nav>`
        : nothing}
      ${this.broken
        ? failure(this.context, this.broken, () => (this.broken = null))
        : this.ready === this.section
          ? sections[this.section].draw(this.context, this.rest, askedOf(this.path))
          : loading(this.context)}`;
  }

  private open(event: Event, name: SectionName): void {
    event.preventDefault();
    this.go(name === 'morning' ? '' : name);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-footprint': U2035Footprint;
  }
}
