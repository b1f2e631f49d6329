/** Before the first stage and after the last one. */

import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '@kit/icons';
import { texts as cardTexts } from '../cards/texts';
import type { SetupHost } from './host';

export interface Replacing {
  alone: boolean;
  replacing: boolean;
  replace(on: boolean): void;
  replaced(): void;
}

export function beforeStart({ words, busy }: SetupHost, open: () => void): TemplateResult {
  return html`<section class="panel empty">
    ${icon('plug')}
    <h2>${words.notOpened}</h2>
    <p>${words.notOpenedText}</p>
    <button class="btn primary" type="button" aria-busy=${busy === 'open' ? 'true' : nothing} @click=${open}>${words.start}${icon('right')}</button>
  </section>`;
}

/** Nothing of an active integration is changed but a key: here too, where an alarm's link leads. */
export function finished({ ctx, words, wizard }: SetupHost, { alone, replacing, replace, replaced }: Replacing): TemplateResult {
  const card = cardTexts[ctx.language];
  const may = wizard.canReplaceKey === true;
  return html`<section class="panel empty done-view">
      ${icon('okc')}
      <h2 id="stage-title" tabindex="-1">${words.activeTitle}</h2>
      ${wizard.warning ? nothing : html`<p>${words.activeText}</p>`}
      ${wizard.hint ? html`<p>${wizard.hint}</p>` : nothing}
      <div class="btns">
        <button class="btn ${alone ? 'primary' : ''}" id="replace" type="button" aria-haspopup="dialog" aria-disabled=${may ? nothing : 'true'} aria-describedby="why-replace" @click=${() => (may ? replace(true) : undefined)}>${icon('key')}${card.replace}</button>
        ${alone ? nothing : html`<button class="btn primary" type="button" @click=${() => ctx.go('')}>${words.toList}</button>`}
      </div>
      <p class="hint" id="why-replace">${may ? card.replaceText : card.replaceOff}</p>
    </section>
    ${replacing ? html`<u2035-replace .ctx=${ctx} .card=${wizard} @replaced=${replaced} @closed=${() => replace(false)}></u2035-replace>` : nothing}`;
}
