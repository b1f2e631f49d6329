import type { Language } from '@kit/locale';
import { icon } from '@kit/icons';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { ShellPart } from './view';

const minutesOffered = [60, 1440, 10080, 0];

const ru = {
  keep: { '0': 'больше не действует', '60': 'ещё час', '1440': 'ещё сутки', '10080': 'ещё неделю' } as Record<string, string>,
  nowHint: 'Отправитель получает отказ, пока у него не заменено. Выбирайте, если прежнее узнал посторонний.',
};
const en: typeof ru = {
  keep: { '0': 'no longer', '60': 'for an hour more', '1440': 'for a day more', '10080': 'for a week more' },
  nowHint: 'The sender is refused until it is replaced there. Choose this if somebody else knows the one before.',
};
const texts: Record<Language, typeof ru> = { ru, en };

/** Asks, before a secret is replaced, how long the one before stays good. Give it `ask()`: minutes, or null: it is not to be replaced. */
@customElement('lms-keep-old')
export class KeepOld extends ShellPart {
  static override styles = [
    ...ShellPart.styles,
    css`
      .radio { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 2px var(--u-3); align-items: start; min-height: 24px; }
      .radio > .hint { grid-column: 2; }
    `,
  ];
  @property() heading = '';
  @property() text = '';
  /** "The token before is good …" */
  @property() legend = '';
  @property() action = '';
  @state() private minutes = minutesOffered[0]!;
  @query('dialog') private box!: HTMLDialogElement;
  private answer: (minutes: number | null) => void = () => {};

  async ask(): Promise<number | null> {
    this.minutes = minutesOffered[0]!;
    await this.updateComplete;
    this.box.returnValue = '';
    this.box.showModal();
    return new Promise((answer) => (this.answer = answer));
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    return html`<dialog aria-labelledby="h" aria-describedby="t" @close=${() => this.answer(this.box.returnValue === 'yes' ? this.minutes : null)}>
      <form method="dialog">
        <div class="dialog-head">
          <span class="sign">${icon('key')}</span>
          <div><h2 id="h">${this.heading}</h2><p id="t">${this.text}</p></div>
        </div>
        <div class="dialog-body">
          <fieldset class="choices">
            <legend class="sub">${this.legend}</legend>
            ${minutesOffered.map(
              (minutes) => html`<div class="radio">
                <input type="radio" name="keep" id="keep-${minutes}" value=${minutes} .checked=${minutes === this.minutes} aria-describedby=${minutes === 0 ? 'keep-now' : nothing} @change=${() => (this.minutes = minutes)} />
                <label for="keep-${minutes}">${words.keep[String(minutes)]}</label>
                ${minutes === 0 ? html`<p class="hint" id="keep-now">${words.nowHint}</p>` : nothing}
              </div>`,
            )}
          </fieldset>
        </div>
        <div class="dialog-foot">
          <button class="btn" value="no" autofocus>${this.ctx.kit.cancel}</button>
          <button class="btn danger" value="yes">${this.action}</button>
        </div>
      </form>
    </dialog>`;
  }
}
