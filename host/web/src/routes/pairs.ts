import { icon } from '@kit/icons';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyle } from '@kit/element';
import { ShellPart, viewStyle } from '../view';
import { routeStyle } from './style';

export interface PairWords {
  left: string;
  right: string;
  add: string;
  remove: string;
  none?: string;
}

type Pairs = [left: string, right: string][];

/** Names and their texts, a row each: parameters of a query, headers, the values of a mapping. An empty text is null where `emptyIsNull`. */
@customElement('lms-pairs')
export class PairsField extends ShellPart {
  static override styles = [baseStyle, viewStyle, routeStyle];
  @property({ attribute: false }) value: Record<string, unknown> = {};
  @property({ attribute: false }) words!: PairWords;
  @property({ attribute: false }) label = '';
  @property({ attribute: false }) suggestions: readonly string[] = [];
  @property({ type: Boolean }) emptyIsNull = false;
  @property({ attribute: false }) onChange: (value: Record<string, string | null>) => void = () => {};
  @state() private pairs: Pairs = [];

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // A row that is being written has no name yet: only what comes from elsewhere is taken over.
    if (changed.has('value') && JSON.stringify(pairsOf(this.value)) !== JSON.stringify(pairsOf(this.told(this.pairs)))) this.pairs = pairsOf(this.value);
  }

  private told(pairs: Pairs): Record<string, string | null> {
    return Object.fromEntries(pairs.filter(([left, right]) => left !== '' || (this.emptyIsNull && right !== '')).map(([left, right]) => [left, right === '' && this.emptyIsNull ? null : right]));
  }
  private set(pairs: Pairs): void {
    this.pairs = pairs;
    this.onChange(this.told(pairs));
  }

  override render(): TemplateResult {
    const { words, pairs } = this;
    return html`<div class="pairs-field" role="group" aria-label=${this.label}>
      ${pairs.length === 0 && words.none ? html`<p class="hint">${words.none}</p>` : nothing}
      ${pairs.map(
        ([left, right], i) =>
          html`<div class="pair">
            <input class="input mono" aria-label="${words.left}, ${i + 1}" placeholder=${words.left} spellcheck="false" autocomplete="off" .value=${left} @input=${(event: InputEvent) => this.change(i, 0, event)} />
            <span aria-hidden="true">${icon('right', 's')}</span>
            <input class="input mono" aria-label="${words.right}, ${i + 1}" placeholder=${words.right} spellcheck="false" autocomplete="off" list=${this.suggestions.length ? 'suggestions' : nothing} .value=${right} @input=${(event: InputEvent) => this.change(i, 1, event)} />
            <button class="btn icon quiet" type="button" aria-label="${words.remove}: ${left || i + 1}" @click=${() => void this.drop(i)}>${icon('x', 's')}</button>
          </div>`,
      )}
      <datalist id="suggestions">${this.suggestions.map((one) => html`<option value=${one}></option>`)}</datalist>
      <button class="btn small add" type="button" @click=${() => void this.add()}>${icon('plus', 's')}${words.add}</button>
    </div>`;
  }

  private change(at: number, side: 0 | 1, event: InputEvent): void {
    const text = (event.target as HTMLInputElement).value;
    this.set(this.pairs.map((pair, i) => (i === at ? (side === 0 ? [text, pair[1]] : [pair[0], text]) : pair)));
  }
  private async add(): Promise<void> {
    this.pairs = [...this.pairs, ['', '']];
    await this.updateComplete;
    const rows = this.renderRoot.querySelectorAll<HTMLElement>('.pair input:first-child');
    rows[rows.length - 1]?.focus();
  }
  private async drop(at: number): Promise<void> {
    this.set(this.pairs.filter((_, i) => i !== at));
    await this.updateComplete;
    const buttons = this.renderRoot.querySelectorAll<HTMLElement>('.pair .btn');
    (buttons[Math.min(at, buttons.length - 1)] ?? this.renderRoot.querySelector<HTMLElement>('.add'))?.focus();
  }
}

function pairsOf(value: Record<string, unknown>): Pairs {
  return Object.entries(value).map(([left, right]) => [left, right === null || right === undefined ? '' : String(right)]);
}
