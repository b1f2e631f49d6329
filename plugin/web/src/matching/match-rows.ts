/** The list of records without a counterpart, worked off by keyboard as every list of ours. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { PageContext } from '@kit/element';
import { icon, type IconName } from '@kit/icons';
import { WorkList } from '../footprint/lists/work-list';
import { bulkOf, surenessOf, type Sureness } from './suggest';
import { texts } from './texts';
import type { Lacking, Suggestion } from './types';

const marks: Record<Sureness, { tone: string; mark: IconName }> = {
  sure: { tone: 'ok', mark: 'check' },
  likely: { tone: 'now', mark: 'half' },
  check: { tone: 'warn', mark: 'alert' },
};

@customElement('u2035-match-rows')
export class MatchRows extends WorkList<Lacking> {
  static override styles = [
    ...WorkList.styles,
    css`
      .match-row { display: grid; grid-template-columns: 26px minmax(0, 1.3fr) minmax(0, 1fr) 7rem; gap: 2px var(--u-3); align-items: center; height: 100%; padding: 0 var(--u-5); }
      .match-row:hover { background: var(--u-sunken); }
      .match-row[data-picked] { background: var(--u-accent-soft); box-shadow: inset 3px 0 0 var(--u-accent); }
      .match-row > * { min-width: 0; }
      .match-row small, .match-row .value { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .match-row small { margin-top: 2px; color: var(--u-ink-3); font-size: var(--u-fs-xs); }
      .match-row[data-picked] small { color: var(--u-ink-2); }
      .value { font-variant-numeric: tabular-nums; }
      .badge { font-size: var(--u-fs-xs); justify-self: end; }
      .pick:has(:disabled) { cursor: default; }
      @container list (max-width: 560px) {
        .match-row { grid-template-columns: 26px minmax(0, 1fr) auto; padding: var(--u-1) var(--u-4); align-content: center; gap: 2px var(--u-2); }
        .match-row .pick { grid-row: 1 / 3; }
        .match-row .what { grid-row: 2; grid-column: 2 / -1; }
        .match-row .what .value, .match-row .what small { display: inline; margin: 0; white-space: normal; }
        .match-row .what { overflow: hidden; max-height: 2.9em; }
      }
    `,
  ];
}

interface Standing {
  ctx: PageContext;
  index: number;
  chosen: boolean;
  open: boolean;
  onOpen: () => void;
  onChoose: (extend: boolean) => void;
}

export function nameOf(ctx: PageContext, row: Pick<Lacking, 'kind' | 'id' | 'title' | 'externalId'>): string {
  return row.title || row.externalId || texts[ctx.language].recordNumber(texts[ctx.language].kinds[row.kind], row.id);
}

/** Where a suggestion comes from, in words: "unti-ids/3, 17" is a row of an import, anything else a title of a table. */
export function originOf(ctx: PageContext, one: Pick<Suggestion, 'from'>): string {
  const words = texts[ctx.language];
  const row = /^unti-ids\/(\d+), (\d+)$/.exec(one.from);
  if (row) return words.importRow(row[1]!, row[2]!);
  return one.from ? words.inTable(one.from) : '';
}

export function sureBadge(ctx: PageContext, one: Suggestion): TemplateResult {
  const sure = surenessOf(one);
  const { tone, mark } = marks[sure];
  return html`<span class="badge ${tone}">${icon(mark)}${texts[ctx.language].sure[sure]}</span>`;
}

export function matchRow(row: Lacking, { ctx, index, chosen, open, onOpen, onChoose }: Standing): TemplateResult {
  const words = texts[ctx.language];
  const who = nameOf(ctx, row);
  const [first] = row.suggestions;
  const bulk = bulkOf(row);
  const several = row.suggestions.length > 1 ? words.severalFit(ctx.locale, row.suggestions.length) : first && !first.unique ? words.alsoOthers : '';
  const below = row.kind === 'learner' ? [row.parent, row.externalId] : [words.kinds[row.kind], row.parent];
  return html`<div class="match-row" data-row=${index} ?data-picked=${open}>
    <label class="pick">
      <input
        type="checkbox"
        aria-label=${bulk ? words.chooseRow(who) : words.cannotChoose(who)}
        .checked=${chosen}
        ?disabled=${!bulk}
        @click=${(event: MouseEvent) => onChoose(event.shiftKey)}
      />
    </label>
    <div>
      <button class="open" type="button" data-open aria-current=${open ? 'true' : nothing} @click=${onOpen}>${who}</button>
      <small>${below.filter(Boolean).join(' · ')}</small>
    </div>
    <div class="what">
      ${first
        ? html`<span class="value">${row.suggestions.map((one) => one.value).join(', ')}</span> <small>${several || first.text}</small>`
        : html`<span class="value faint">${words.noSuggestion}</span>`}
    </div>
    ${first ? sureBadge(ctx, first) : html`<span></span>`}
  </div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-match-rows': MatchRows;
  }
}
