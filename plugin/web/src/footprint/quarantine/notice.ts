/** What became of a decision about many, or why it was not taken. */

import { html, nothing, type TemplateResult } from 'lit';
import type { PageContext } from '@kit/element';
import { icon } from '@kit/icons';
import { leftOver } from './choice';
import { doneVerdict, type Action } from './decide';
import type { Verdicts } from './model';
import { texts } from './texts';

export interface Notice {
  action: Action;
  verdicts: Verdicts;
}

/** `changed`: the server's words about a list that is another than was seen. */
export function told(ctx: PageContext, changed: string, notice: Notice | null, dismiss: () => void): TemplateResult | typeof nothing {
  const t = texts[ctx.language];
  const { locale } = ctx;
  if (changed)
    return html`<div class="note warn told" role="alert">${icon('alert')}<div><h2>${t.changedTitle}</h2><p>${changed}</p><p>${t.changedFix}</p></div></div>`;
  if (!notice) return nothing;
  const { action, verdicts } = notice;
  const left = leftOver(verdicts, doneVerdict[action]);
  return html`<div class="note ${left.length > 0 ? 'warn' : 'ok'} told" role="region" aria-label=${t.notice}>
    ${icon(left.length > 0 ? 'alert' : 'okc')}
    <div>
      <h2>${t.done[action](verdicts.done, locale)}</h2>
      ${left.map((one) => html`<p>${t.left(one.count, locale)}. ${one.text}</p>`)}
      <div class="btns"><button class="btn small" type="button" @click=${dismiss}>${t.dismiss}</button></div>
    </div>
  </div>`;
}
