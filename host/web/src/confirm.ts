import { icon } from '@kit/icons';
import { html, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { ShellPart } from './view';

/** Asks before something that can't be taken back; the first focus is on "cancel". Give it `ask()` and await the answer. */
@customElement('lms-confirm')
export class Confirm extends ShellPart {
  @property() heading = '';
  @property() text = '';
  @property() action = '';
  @query('dialog') private box!: HTMLDialogElement;
  private answer: (yes: boolean) => void = () => {};

  async ask(heading: string, text: string, action: string): Promise<boolean> {
    Object.assign(this, { heading, text, action });
    await this.updateComplete;
    this.box.returnValue = '';
    this.box.showModal();
    return new Promise((answer) => (this.answer = answer));
  }

  override render(): TemplateResult {
    return html`<dialog role="alertdialog" aria-labelledby="h" aria-describedby="t" @close=${() => this.answer(this.box.returnValue === 'yes')}>
      <form method="dialog">
        <div class="dialog-head">
          <span class="sign">${icon('alert')}</span>
          <div><h2 id="h">${this.heading}</h2><p id="t">${this.text}</p></div>
        </div>
        <div class="dialog-foot">
          <button class="btn" value="no" autofocus>${this.ctx.kit.cancel}</button>
          <button class="btn danger" value="yes">${this.action}</button>
        </div>
      </form>
    </dialog>`;
  }
}
