import { icon } from '@kit/icons';
import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { ShellPart } from '../view';
import { xapiTexts } from './texts';
import css from './xapi.css?inline';

const keeps = [60, 1440, 10080, 0];

/** Asks how long the secret before is still good. Give it `ask()`: minutes, or null when it is not to be replaced. */
@customElement('lms-xapi-rotate')
export class XapiRotate extends ShellPart {
  static override styles = [...ShellPart.styles, unsafeCSS(css)];
  @state() private minutes = keeps[0]!;
  @query('dialog') private box!: HTMLDialogElement;
  private answer: (minutes: number | null) => void = () => {};

  async ask(): Promise<number | null> {
    this.minutes = keeps[0]!;
    await this.updateComplete;
    this.box.returnValue = '';
    this.box.showModal();
    return new Promise((answer) => (this.answer = answer));
  }

  override render(): TemplateResult {
    const words = xapiTexts[this.ctx.language];
    return html`<dialog aria-labelledby="h" aria-describedby="t" @close=${() => this.answer(this.box.returnValue === 'yes' ? this.minutes : null)}>
      <form method="dialog">
        <div class="dialog-head">
          <span class="sign">${icon('key')}</span>
          <div><h2 id="h">${words.rotateTitle}</h2><p id="t">${words.rotateText}</p></div>
        </div>
        <div class="dialog-body">
          <fieldset class="choices">
            <legend class="sub">${words.rotateKeep}</legend>
            ${keeps.map(
              (minutes) => html`<div class="radio">
                <input type="radio" name="keep" id="keep-${minutes}" value=${minutes} .checked=${minutes === this.minutes} aria-describedby=${minutes === 0 ? 'keep-now' : nothing} @change=${() => (this.minutes = minutes)} />
                <label for="keep-${minutes}">${words.keep[String(minutes)]}</label>
                ${minutes === 0 ? html`<p class="hint" id="keep-now">${words.keepNowHint}</p>` : nothing}
              </div>`,
            )}
          </fieldset>
        </div>
        <div class="dialog-foot">
          <button class="btn" value="no" autofocus>${this.ctx.kit.cancel}</button>
          <button class="btn danger" value="yes">${words.rotate}</button>
        </div>
      </form>
    </dialog>`;
  }
}
