/** A learner's text and what it resembles, side by side, with the passages in common paired by number. */

import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyle, Part } from '@kit/element';
import { listStyle, to } from '../lists/list-part';
import { flowName, learnerName, namesOf } from '../lists/names';
import { mapOf, markFragment, pair, type Paired, type Passage } from './pairing';
import css from './reflections.css?inline';
import { placeOf } from './row';
import { texts } from './texts';
import type { Finding, ReflectionDetail, Resemblance } from './types';

interface Comparison {
  finding: Finding;
  with: Resemblance;
}
interface Other {
  name: string;
  place: string;
  at: string | null;
}

@customElement('u2035-compare')
export class Compare extends Part {
  static override styles = [baseStyle, listStyle, unsafeCSS(css)];

  @property({ attribute: false }) one!: ReflectionDetail;
  @property() name = '';
  @property() place = '';
  @state() private chosen = 0;
  @state() private picked = 1;
  @state() private at: string | null = null;
  @state() private others: Other[] = [];
  private comparisons: Comparison[] = [];

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('one')) return;
    this.comparisons = this.one.findings.flatMap((finding) => finding.resembles.map((one) => ({ finding, with: one })));
    this.comparisons.sort((a, b) => b.with.share - a.with.share);
    this.chosen = 0;
    this.picked = 1;
    this.others = [];
    void this.fetchOthers(this.one);
  }

  private async fetchOthers(one: ReflectionDetail): Promise<void> {
    const names = namesOf(this.ctx);
    const words = texts[this.ctx.language];
    const own = await names.reflection(one.id);
    const others = await Promise.all(
      this.comparisons.map(async ({ with: other }): Promise<Other> => {
        if (!other.reflection || !other.learner) return { name: words.programmeText, place: '', at: null };
        const record = await names.reflection(other.reflection);
        const module = record?.module?.id ?? null;
        const same = other.flow === one.flow && record !== null && module === one.module;
        return {
          name: await learnerName(this.ctx, other.learner),
          place: same ? words.samePlace : await this.placeOf(module, other.flow ?? one.flow),
          at: record?.at ?? null,
        };
      }),
    );
    if (this.one !== one) return;
    this.at = own?.at ?? null;
    this.others = others;
  }

  /** Of the others only ids are told. */
  private async placeOf(module: string | null, flow: string): Promise<string> {
    const [flowTitle, found] = await Promise.all([flowName(this.ctx, flow), module === null ? null : namesOf(this.ctx).module(module)]);
    return placeOf(this.ctx, { module, flow, flowTitle, moduleTitle: found?.title });
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const { one, ctx } = this;
    const comparison = this.comparisons[this.chosen];
    const other = comparison?.with;
    const both = other?.this && other.other ? pair(other.this, other.other) : null;
    const left: Passage[] = both?.left ?? (other && one.text !== null ? markFragment(one.text, other.fragment) : [{ text: one.text ?? '', numbers: [] }]);
    return html`${this.choice()} ${comparison ? this.likeness(comparison, left, both) : nothing}
      <div class="compare ${comparison ? '' : 'single'}">
        <article class="text-col">
          <header>
            <h2>${words.learnersText}</h2>
            <p class="small muted">${this.name}, ${this.place}. ${this.at ? words.handedIn(ctx.locale.moment(this.at)) : nothing}</p>
          </header>
          ${one.text === null ? html`<p class="muted">${words.textGone}</p>` : html`<div class="prose" lang="ru">${this.passages(left, 'left')}</div>`}
        </article>
        ${other ? this.otherText(other, both) : nothing}
      </div>`;
  }

  private choice(): TemplateResult | typeof nothing {
    const words = texts[this.ctx.language];
    if (this.comparisons.length < 2) return nothing;
    return html`<div class="choose">
      <span class="small muted" id="others">${words.others}</span>
      <div class="seg" role="group" aria-labelledby="others">
        ${this.comparisons.map(
          ({ with: one }, i) =>
            html`<button
              type="button"
              aria-pressed=${i === this.chosen ? 'true' : 'false'}
              @click=${() => {
                this.chosen = i;
                this.picked = 1;
              }}
            >
              ${words.otherShare(this.others[i]?.name ?? '…', this.ctx.locale.percent(one.share))}
            </button>`,
        )}
      </div>
    </div>`;
  }

  private likeness({ finding, with: other }: Comparison, left: readonly Passage[], both: Paired | null): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const spots = mapOf(left);
    const parts = spots.map((spot) => words.mapPart(Math.round(spot.from), Math.round(spot.from + spot.width))).join(', ');
    return html`<div class="likeness">
      <strong>${locale.percent(other.share)}</strong>
      <div>
        <p>${words.coincides(locale, both?.fragments ?? spots.length)} ${finding.threshold !== undefined ? words.threshold(locale.percent(finding.threshold)) : nothing}</p>
        <div class="map" role="img" aria-label=${words.mapOf(parts)}>
          ${spots.map((spot) => html`<i class=${spot.number === this.picked ? 'on' : ''} .style=${`left:${spot.from}%;width:${Math.max(spot.width, 0.6)}%`}></i>`)}
        </div>
      </div>
    </div>`;
  }

  private otherText(other: Resemblance, both: Paired | null): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const who = this.others[this.chosen];
    const when = !who?.at ? words.noTime : !this.at || this.at === who.at ? words.handedIn(locale.moment(who.at)) : who.at < this.at ? words.earlier(locale.moment(who.at)) : words.later(locale.moment(who.at));
    return html`<article class="text-col">
      <header>
        <h2>${other.reflection ? words.resembles : words.programmeText}</h2>
        <p class="small muted">
          ${other.reflection ? html`${who?.name ?? '…'}${who?.place ? html`, ${who.place}` : nothing}. ${when} ${to(this.ctx, `reflections/${other.reflection}`, words.openOther)}` : words.programmeWhy}
        </p>
      </header>
      ${both
        ? html`<div class="prose" lang="ru">${this.passages(both.right, 'right')}</div>`
        : html`${other.reflection ? html`<p class="muted">${words.otherGone}</p>` : nothing}<blockquote lang="ru">${other.fragment}</blockquote>`}
    </article>`;
  }

  private passages(passages: readonly Passage[], side: 'left' | 'right'): unknown {
    const words = texts[this.ctx.language];
    const paired = (this.comparisons[this.chosen]?.with.other ?? null) !== null;
    return passages.map((one) => {
      if (one.numbers.length === 0) return one.text;
      const on = one.numbers.includes(this.picked);
      return html`<mark class=${on ? 'on' : ''} data-side=${side} data-numbers=${one.numbers.join(' ')}>${paired
          ? one.numbers.map(
              (n) =>
                html`<button class="pair" type="button" aria-label=${side === 'left' ? words.fragment(n) : words.fragmentBack(n)} @click=${() => this.pick(n, side)}>${n}</button>`,
            )
          : nothing}${one.text}</mark>`;
    });
  }

  /** Shows the passage's counterpart; on a narrow page it is elsewhere, so that the focus goes there too. */
  private pick(number: number, from: 'left' | 'right'): void {
    this.picked = number;
    const marks = [...this.renderRoot.querySelectorAll<HTMLElement>(`mark[data-side=${from === 'left' ? 'right' : 'left'}]`)];
    const mark = marks.find((one) => (one.dataset.numbers ?? '').split(' ').includes(String(number)));
    if (!mark) return;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    mark.scrollIntoView({ block: 'nearest', behavior: calm ? 'auto' : 'smooth' });
    const own = [...mark.querySelectorAll<HTMLElement>('.pair')].find((one) => one.textContent === String(number));
    own?.focus({ preventScroll: true });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-compare': Compare;
  }
}
