/** What can be connected and which way fits: the table of ways, and the ready-made sets. */

import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import type { ShellContext } from '../context';
import { address, withQuery } from '../route';
import { nameOf, type Connection, type SourceKind, type SourceSet } from './model';
import { connectionTexts, type Way } from './texts';

export function wayOf(ctx: ShellContext, kind: SourceKind): Way {
  const words = connectionTexts[ctx.language];
  return kind.way ?? { title: kind.title, ...words.ownWay };
}

export function newAddress(organization: string, asked: Record<string, string>): string {
  return withQuery(address('org', organization, 'connections', 'new'), new URLSearchParams(asked).toString());
}

export function waysTable(ctx: ShellContext, organization: string, kinds: readonly SourceKind[], sets: readonly SourceSet[], mayBegin: boolean): TemplateResult {
  const words = connectionTexts[ctx.language];
  const row = (way: Way, href: string) =>
    html`<tr>
      <td><b>${way.title}</b></td>
      <td data-label=${words.fits}>${way.fits}</td>
      <td data-label=${words.takes}><div>${way.needs}${way.time ? html`<small>${way.time}</small>` : nothing}</div></td>
      ${mayBegin ? html`<td class="act"><a class="btn small" href=${href} aria-label="${words.begin}: ${way.title}">${words.begin}</a></td>` : nothing}
    </tr>`;
  const set = sets[0];
  return html`<div class="table-wrap">
    <table class="stackable">
      <thead><tr><th scope="col">${words.way}</th><th scope="col">${words.fits}</th><th scope="col">${words.takes}</th>${mayBegin ? html`<th scope="col"><span class="sr">${words.action}</span></th>` : nothing}</tr></thead>
      <tbody>
        ${set ? row({ ...words.ways.sets!, fits: words.setsFit(sets.map((one) => one.title)) }, newAddress(organization, { kind: set.kind, set: set.name })) : nothing}
        ${kinds.map((kind) => row(wayOf(ctx, kind), newAddress(organization, { kind: kind.name })))}
        ${row(words.ways.xapi!, address('org', organization, 'xapi'))}
      </tbody>
    </table>
  </div>`;
}

/** Where a set may go: a new connection of its kind, or one that is there. */
export function setsPanel(ctx: ShellContext, organization: string, sets: readonly SourceSet[], connections: readonly Connection[], mayAdd: boolean): unknown {
  const words = connectionTexts[ctx.language];
  if (sets.length === 0) return nothing;
  return html`<section class="panel" aria-labelledby="sets">
    <div class="panel-head"><div><h2 id="sets">${words.setsTitle}</h2><p class="small muted">${words.setsLead}</p></div></div>
    <ul class="set-list">
      ${sets.map((set) => {
        const into = connections.filter((one) => one.kind === set.kind);
        return html`<li>
          <div>
            <h3>${set.title}</h3>
            <details class="more">
              <summary>${icon('chev', 's')}${ctx.locale.count(set.routes.length, words.routeForms)}<span class="sr">: ${set.title}</span></summary>
              <ol class="names">${set.routes.map((route) => html`<li>${nameOf(route)}</li>`)}</ol>
            </details>
          </div>
          ${mayAdd
            ? html`<div class="btns">
                ${into.slice(0, 3).map((one) => html`<a class="btn small" href=${withQuery(address('org', organization, 'connections', one.name, 'set'), `set=${encodeURIComponent(set.name)}`)} aria-label="${words.setInto(nameOf(one))}: ${set.title}">${words.setInto(nameOf(one))}</a>`)}
                <a class="btn small" href=${newAddress(organization, { kind: set.kind, set: set.name })} aria-label="${into.length ? words.setNewOther : words.setNew}: ${set.title}">${into.length ? words.setNewOther : words.setNew}</a>
              </div>`
            : nothing}
        </li>`;
      })}
    </ul>
  </section>`;
}
