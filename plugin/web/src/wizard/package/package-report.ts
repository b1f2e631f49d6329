/** A full package's report: counts by kind, what was refused, what couldn't go, and the text to copy. */

import { html, nothing, type TemplateResult } from 'lit';
import { copy } from '@kit/clipboard';
import type { PageContext } from '@kit/element';
import { icon } from '@kit/icons';
import type { FullPackage } from '../model';
import { badge } from '../setup/check-box';
import type { PackageTexts } from './texts';

export interface ReportActs {
  asksVoid: boolean;
  ask: (asks: boolean) => void;
  doVoid: () => void;
  root: ShadowRoot;
}

const shownUnsent = 20;

export function totalsOf(one: FullPackage): { accepted: number; all: number; refused: number } {
  const sum = { accepted: 0, all: 0, refused: 0 };
  for (const kind of one.kinds ?? []) {
    sum.accepted += kind.accepted;
    sum.refused += kind.refused;
    sum.all += kind.statements;
  }
  return sum;
}

export function packageReport(ctx: PageContext, words: PackageTexts, one: FullPackage, state: string, acts: ReportActs): TemplateResult {
  const isGoing = one.state === 'running' || one.state === 'voiding';
  const totals = totalsOf(one);
  const refused = (one.statements ?? []).filter((statement) => statement.state === 'refused');
  const unsent = one.unsent ?? [];
  return html`<section class="check-box" aria-labelledby="report-title">
    <header>
      <h4 id="report-title" tabindex="-1">${words.report}, ${ctx.locale.moment(one.createdAt)}</h4>
      ${isGoing
        ? html`<span class="small muted with-spin"><span class="spin" aria-hidden="true"></span>${state}</span>`
        : badge(one.state === 'done' || one.state === 'voided' ? 'ok' : 'warn', one.state === 'done' || one.state === 'voided' ? 'okc' : 'excl', state)}
    </header>
    <div class="report stack-s">
      <p>unti_id <span class="mono">${one.untiId}</span>. <b class="strong">${words.totals(ctx.locale.number(totals.accepted), ctx.locale.number(totals.all))}</b></p>
      ${one.message ? html`<p class="warn-text">${one.message}</p>` : nothing}
      ${one.kinds?.length
        ? html`<div class="table-wrap" tabindex="0" role="group" aria-label=${words.report}>
            <table>
              <thead><tr><th scope="col">${words.kind}</th><th scope="col" class="r">${words.statements}</th><th scope="col" class="r">${words.accepted}</th><th scope="col" class="r">${words.refused}</th></tr></thead>
              <tbody>
                ${one.kinds.map(
                  (kind) => html`<tr><th scope="row" class="mono">${kind.kind.replaceAll('.', '.\u200b')}</th><td class="r num">${ctx.locale.number(kind.statements)}</td><td class="r num">${ctx.locale.number(kind.accepted)}</td><td class="r num">${ctx.locale.number(kind.refused)}</td></tr>`,
                )}
              </tbody>
            </table>
          </div>`
        : nothing}
      ${refused.length
        ? html`<div>
            <h5>${words.refusals}</h5>
            <ul class="faults">
              ${refused.slice(0, shownUnsent).map((statement) => html`<li><b>${statement.kind}</b> <span>${statement.message}</span>${statement.errorId ? html` <span class="caption">errorId <code>${statement.errorId}</code></span>` : nothing}</li>`)}
            </ul>
          </div>`
        : nothing}
      ${unsent.length
        ? html`<div>
            <h5>${words.unsent(unsent.length)}</h5>
            <ul class="faults">
              ${unsent.slice(0, shownUnsent).map((why) => html`<li><b>${why.kind}</b> <span>${why.reason}</span> <span class="muted">${why.fix}</span></li>`)}
            </ul>
            ${unsent.length > shownUnsent ? html`<p class="small muted">${words.unsentMore(unsent.length - shownUnsent)}</p>` : nothing}
          </div>`
        : nothing}
      ${one.text
        ? html`<details class="more">
              <summary>${icon('chev', 's')}${words.text}</summary>
              <pre class="raw report-text" tabindex="0">${one.text}</pre>
            </details>
            <div class="btns">
              <button class="btn" type="button" @click=${() => void copyReport(ctx, one, acts.root)}>${icon('copy')}${words.copy}</button>
              ${!isGoing && totals.accepted > 0 && one.state !== 'voided'
                ? html`<button class="btn danger-quiet" type="button" aria-expanded=${acts.asksVoid ? 'true' : 'false'} @click=${() => acts.ask(!acts.asksVoid)}>${words.void}</button>`
                : nothing}
            </div>`
        : nothing}
      ${acts.asksVoid
        ? html`<div class="note warn" role="group" aria-label=${words.voidAsk}>
            ${icon('alert')}
            <div>
              <h5>${words.voidAsk}</h5>
              <p>${words.voidText}</p>
              <div class="btns">
                <button class="btn small" type="button" @click=${() => acts.ask(false)}>${ctx.kit.cancel}</button>
                <button class="btn danger small" type="button" @click=${acts.doVoid}>${words.voidDo}</button>
              </div>
            </div>
          </div>`
        : nothing}
    </div>
  </section>`;
}

async function copyReport(ctx: PageContext, one: FullPackage, root: ShadowRoot): Promise<void> {
  const shown = root.querySelector<HTMLElement>('.report-text');
  const details = shown?.closest('details');
  const result = await copy(one.text ?? '', null);
  if (result === 'copied') {
    ctx.say(ctx.kit.copied);
    return;
  }
  // The text is to be seen to be selected.
  if (details) details.open = true;
  await copy(one.text ?? '', shown);
  ctx.say(ctx.kit.copyByHand);
}
