/** A search box that turns what a person typed into something a list can be asked for: a statement, a learner, or words. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { Part, baseStyle } from '@kit/element';
import { icon } from '@kit/icons';
import { fullName, namesOf, type LearnerRecord } from './names';
import { texts } from './texts';

export type Asked = { statement: string } | { text: string };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function readSearch(typed: string): Asked | null {
  const text = typed.trim();
  if (text === '') return null;
  return uuid.test(text) ? { statement: text.toLowerCase() } : { text };
}

/** Events: `found-statement` {id}, `found-learner` {id}, `found-words` {text} (only with `words`), `cleared`. */
@customElement('u2035-learner-search')
export class LearnerSearch extends Part {
  static override styles = [
    baseStyle,
    css`
      .line { display: flex; gap: var(--u-2); }
      .search { flex: 1; min-width: 0; }
      .hint, .btns { margin-top: var(--u-1); }
    `,
  ];

  @property() label = '';
  @property() hint = '';
  /** What is no learner is searched for as words. */
  @property({ type: Boolean }) words = false;
  @state() private choices: LearnerRecord[] = [];
  @state() private nobody = '';
  @state() private busy = false;
  @query('input') private input!: HTMLInputElement;

  clear(): void {
    this.input.value = '';
    this.choices = [];
    this.nobody = '';
  }

  override render(): TemplateResult {
    const t = texts[this.ctx.language];
    return html`<form role="search" @submit=${this.submit}>
        <div class="line">
          <div class="search">
            ${icon('search')}
            <input class="input" type="search" placeholder=${this.hint} aria-label=${this.label} @input=${this.typed} />
          </div>
          <button class="btn" type="submit" aria-busy=${this.busy ? 'true' : nothing}>${t.find}</button>
        </div>
      </form>
      ${this.nobody ? html`<p class="hint" role="status">${t.nobody(this.nobody)}</p>` : nothing}
      ${this.choices.length > 0
        ? html`<div role="group" aria-label=${t.foundMany}>
            <p class="hint">${t.foundMany}</p>
            <div class="btns">
              ${this.choices.map(
                (one) =>
                  html`<button class="btn small" type="button" @click=${() => this.choose(one.id)}>${fullName(one) || one.externalId} <span class="faint">${one.untiId ?? one.externalId}</span></button>`,
              )}
            </div>
          </div>`
        : nothing}`;
  }

  private tell(name: string, detail: object = {}): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  private choose(id: string): void {
    this.choices = [];
    this.tell('found-learner', { id });
  }

  private readonly typed = (): void => {
    // The cross of a search field empties it: the list comes back without another press.
    if (this.input.value === '') {
      this.clear();
      this.tell('cleared');
    }
  };

  private readonly submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const asked = readSearch(this.input.value);
    this.choices = [];
    this.nobody = '';
    if (!asked) return this.tell('cleared');
    if ('statement' in asked) return this.tell('found-statement', { id: asked.statement });
    this.busy = true;
    const found = await namesOf(this.ctx).findLearners(asked.text);
    this.busy = false;
    if (found.length === 1) return this.choose(found[0]!.id);
    if (found.length > 1) this.choices = found;
    else if (this.words) this.tell('found-words', { text: asked.text });
    else this.nobody = asked.text;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-learner-search': LearnerSearch;
  }
}
