import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Page } from '@kit/api';
import { icon, type IconName } from '@kit/icons';
import { codeTitle } from '../lists/codes';
import '../lists/csv-button';
import { ListPart, to } from '../lists/list-part';
import { correctionCodes, countOf, groupsOf, mappingCodes, matchingPath, noMapping, type Group } from './reasons';
import { texts } from './texts';
import { toMatching } from './to-matching';
import type { Unsendable, UnsendableSummary } from './types';

@customElement('u2035-unsendable-groups')
export class UnsendableGroups extends ListPart {
  static override styles = [
    ...ListPart.styles,
    css`
      .ways { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: var(--u-4); margin-bottom: var(--u-5); }
      .way { position: relative; display: grid; grid-template-columns: 20px minmax(0, 1fr) auto; gap: 0 var(--u-3); padding: var(--u-4); background: var(--u-surface); border: 1px solid var(--u-line); border-radius: var(--u-r-l); box-shadow: var(--u-shadow-1); }
      .way:hover { background: var(--u-sunken); }
      .way .i { color: var(--u-ink-3); margin-top: 1px; }
      .way a { color: var(--u-ink); font-weight: var(--u-w-medium); }
      .way a::after { content: ''; position: absolute; inset: 0; border-radius: var(--u-r-l); }
      .way .count { align-self: start; }
      .way small { grid-column: 2; color: var(--u-ink-3); font-size: var(--u-fs-s); }
      .group { display: grid; grid-template-columns: minmax(0, 1.1fr) minmax(0, 1.4fr) 7.5rem; gap: 2px var(--u-5); padding: var(--u-3) var(--u-5); border-top: 1px solid var(--u-line); align-items: start; }
      .group:hover { background: var(--u-sunken); }
      .group .n { text-align: right; font-weight: var(--u-w-bold); font-size: var(--u-fs-l); }
      .group .n small { display: block; font-weight: var(--u-w-regular); font-size: var(--u-fs-xs); color: var(--u-ink-3); }
      .group p { font-size: var(--u-fs-s); color: var(--u-ink-2); text-wrap: pretty; overflow-wrap: anywhere; }
      .group b { font-weight: var(--u-w-medium); }
      @container page (max-width: 860px) { .ways { grid-template-columns: minmax(0, 1fr); gap: var(--u-2); } }
      @container page (max-width: 660px) {
        .group { grid-template-columns: minmax(0, 1fr) auto; padding-inline: var(--u-4); }
        .group .fix { grid-column: 1 / -1; grid-row: 2; }
      }
    `,
  ];

  @state() private summary: UnsendableSummary = { total: 0, byCode: {}, learners: {} };
  @state() private samples = new Map<string, Unsendable>();
  @state() private isTwice = false;
  @state() private hasRun = true;

  protected override async fetch(signal: AbortSignal): Promise<void> {
    const { api } = this.ctx;
    const summary = async (origin?: string) => (await api.get<UnsendableSummary>(`${this.base}/unsendable/summary`, { query: { origin }, signal })).data;
    const [all, ...byOrigin] = await Promise.all([summary(), summary('statements'), summary('tables'), summary('xapi-files')]);
    this.summary = all;
    this.isTwice = byOrigin.filter((one) => one.total > 0).length > 1;
    this.hasRun = all.total > 0 || (await api.get<Page<unknown>>(`${this.base}/runs`, { query: { limit: 1 }, signal })).data.items.length > 0;
    // The server's own words for each reason, from one record of it.
    const samples = await Promise.all(
      Object.keys(this.summary.byCode).map(async (code) => (await api.get<Page<Unsendable>>(`${this.base}/unsendable`, { query: { code, limit: 1 }, signal })).data.items[0]),
    );
    this.samples = new Map(samples.flatMap((one) => (one ? [[one.code, one] as const] : [])));
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const { total, byCode } = this.summary;
    return html`<header class="page-head">
        <div class="head-main">
          <h1 tabindex="-1">${words.title}</h1>
          ${this.ready
            ? html`<p class="lead">${this.hasRun ? words.lead(this.ctx.locale, total) : words.neverLead}</p>
                ${total > 0 ? html`<p class="muted small">${words.asOf} ${this.isTwice ? words.twice : nothing}</p>` : nothing}`
            : nothing}
        </div>
        ${this.ready && total > 0 ? html`<div class="btns"><u2035-csv .ctx=${this.ctx} .from=${`${this.base}/unsendable`}></u2035-csv></div>` : nothing}
      </header>
      ${this.body(
        () => html`<div class="ways">
            ${this.way('unsendable/no-unti-id', 'idoff', words.noUntiId, this.hasRun ? words.noUntiIdHint(this.ctx.locale, byCode['no-unti-id'] ?? 0) : '', this.summary.learners['no-unti-id'] ?? 0)}
            ${this.way(`unsendable/${noMapping}`, 'split', words.noMapping, words.noMappingHint, countOf(byCode, mappingCodes))}
            ${this.way(this.correctionPath(), 'refresh', words.corrections, words.correctionsHint, countOf(byCode, correctionCodes))}
          </div>
          ${total === 0 ? html`<section class="panel empty">${icon(this.hasRun ? 'okc' : 'clock')}<h2>${this.hasRun ? words.emptyTitle : words.neverTitle}</h2><p>${this.hasRun ? words.emptyFix : words.neverFix}</p></section>` : this.table(groupsOf(byCode))}`,
      )}`;
  }

  /** The list of what is to be decided on, else what was decided. */
  private correctionPath(): string {
    const code = correctionCodes.find((one) => (this.summary.byCode[one] ?? 0) > 0);
    return code ? `unsendable/${code}` : 'unsendable/corrections';
  }

  private way(path: string, shape: IconName, title: string, hint: string, count: number): TemplateResult {
    return html`<div class="way">${icon(shape)}<span>${to(this.ctx, path, title)}</span><span class="count ${count > 0 ? 'bad' : ''}">${this.ctx.locale.number(count)}</span><small>${hint}</small></div>`;
  }

  private table(groups: readonly Group[]): TemplateResult {
    const words = texts[this.ctx.language];
    const parts: [string, Group[]][] = [
      [words.todo, groups.filter((one) => !one.waits)],
      [words.waits, groups.filter((one) => one.waits)],
    ];
    return html`<div class="stack">
      ${parts.map(([title, part]) =>
        part.length === 0
          ? nothing
          : html`<section class="panel">
              <div class="panel-head"><h2>${title}</h2></div>
              <ul>${part.map((group) => this.group(group))}</ul>
            </section>`,
      )}
    </div>`;
  }

  private group(group: Group): TemplateResult {
    const words = texts[this.ctx.language];
    const sample = this.samples.get(group.code);
    const people = this.summary.learners[group.code] ?? 0;
    return html`<li class="group">
      <div><b>${to(this.ctx, `unsendable/${group.code}`, codeTitle(this.ctx.language, group.code))}</b>${sample ? html`<p>${sample.reason}</p>` : nothing}</div>
      <div class="fix">${sample ? html`<p><span class="sr">${words.whatToDo}: </span>${sample.fix}</p>` : nothing}${matchingPath(group.code) === null ? nothing : html`<p><button class="btn small" type="button" @click=${() => toMatching(this.ctx, group.code)}>${words.toMatching}</button></p>`}</div>
      <div class="n num">${this.ctx.locale.number(group.count)}${people > 0 ? html`<small>${words.people(this.ctx.locale, people)}</small>` : nothing}</div>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-unsendable-groups': UnsendableGroups;
  }
}
