/** The last fourteen days: the figures of the one that is picked, and all of them as chart or table. */

import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Part, baseStyle } from '@kit/element';
import { icon } from '@kit/icons';
import { withAsked } from '@kit/way';
import { select } from '../lists/list-part';
import morningCss from './morning.css?inline';
import './night-chart';
import type { ProjectCard } from '../lists/names';
import { noonOf, refusingRuns, type Figures, type Night } from './nights';
import { texts } from './texts';

@customElement('u2035-nights-panel')
export class NightsPanel extends Part {
  static override styles = [baseStyle, unsafeCSS(morningCss)];

  @property({ attribute: false }) nights: Night[] = [];
  /** Whose figures they are; empty: of all. */
  @property() project = '';
  @property({ attribute: false }) projects: readonly ProjectCard[] = [];
  @state() private picked = '';
  @state() private asTable = false;

  protected override willUpdate(changed: PropertyValues): void {
    // The last day on which something ran is what a person reads in the morning.
    if (changed.has('nights') && !this.nights.some((night) => night.day === this.picked))
      this.picked = ([...this.nights].reverse().find((night) => night.figures !== null) ?? this.nights.at(-1))?.day ?? '';
  }

  override render(): TemplateResult {
    const t = texts[this.ctx.language];
    const night = this.nights.find((one) => one.day === this.picked);
    const pressed = (on: boolean) => (on ? 'true' : 'false');
    return html`<section class="panel" aria-labelledby="nights">
      <div class="panel-head">
        <div>
          <h2 id="nights">${t.nights}</h2>
          ${night ? html`<p class="small muted" aria-live="polite">${this.words(night)}</p>` : nothing}
        </div>
        <div class="night-tools">
          ${this.projects.length > 1
            ? select(t.project, this.project, [{ value: '', title: t.allProjects }, ...this.projects.map((one) => ({ value: one.project, title: one.title }))], (project) => this.dispatchEvent(new CustomEvent('project', { detail: project })))
            : nothing}
          <div class="seg" role="group" aria-label=${t.view}>
            <button type="button" aria-pressed=${pressed(!this.asTable)} @click=${() => (this.asTable = false)}>${t.chart}</button>
            <button type="button" aria-pressed=${pressed(this.asTable)} @click=${() => (this.asTable = true)}>${t.table}</button>
          </div>
        </div>
      </div>
      ${night ? html`${this.tiles(night)}${this.trouble(night)}` : nothing}
      ${this.asTable
        ? this.table()
        : html`<figure class="chart"><u2035-night-chart .ctx=${this.ctx} .nights=${this.nights} .picked=${this.picked} @picked=${(event: CustomEvent<{ day: string }>) => (this.picked = event.detail.day)}></u2035-night-chart><figcaption class="caption">${t.chartCaption}</figcaption></figure>`}
    </section>`;
  }

  private words(night: Night): string {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    const noon = noonOf(night.day);
    const weekday = locale.weekday(noon, 'long');
    const day = t.picked(locale.day(noon), weekday.charAt(0).toLocaleUpperCase(this.ctx.language) + weekday.slice(1));
    const { figures } = night;
    const what = !figures
      ? night.running
        ? t.pickedWords.going
        : night.runs.length > 0
          ? t.pickedWords.untold
          : t.pickedWords.none
      : night.running
        ? t.pickedWords.going
        : figures.sent === 0 && figures.refused === 0 && !figures.waiting
          ? t.pickedWords.nothing
          : (night.trouble || figures.refused > 0 || figures.waiting ? t.pickedWords.some : t.pickedWords.all)(locale.number(figures.sent));
    return `${day}. ${what}`;
  }

  private tiles(night: Night): TemplateResult {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    const { figures } = night;
    const number = (n: number | null | undefined) => (n === null || n === undefined ? t.unknown : locale.number(n));
    const tile = (swatch: string, name: string, n: number | null | undefined, about: unknown) =>
      html`<div class="tile"><dt><span class="swatch ${swatch}"></span>${name}</dt><dd><strong>${number(n)}</strong><span>${about}</span></dd></div>`;
    return html`<dl class="tiles">
      ${tile('plan', t.figures.planned, figures?.planned, figures && figures.planned === null ? t.about.plannedUnknown : t.about.planned(night.runs.length, locale))}
      ${tile('sent', t.figures.sent, figures?.sent, t.about.sent)}
      ${tile('', t.figures.confirmed, figures?.reads ? figures.confirmed : null, this.aboutConfirmed(figures, night.runs.length))} ${tile('wait', t.figures.waiting, figures?.waiting, this.aboutWaiting(figures))}
      ${tile('refused', t.figures.refused, figures?.refused, figures && figures.refused > 0 ? this.toQuarantine(night) : t.about.refused)}
    </dl>`;
  }

  /** To what that night put aside; where several of its runs did, to each one's own. */
  private toQuarantine(night: Night): unknown {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    const runs = refusingRuns(night);
    return runs.map((run, i) => {
      const way = withAsked('quarantine', { run: run.id, project: this.project }, { run: '', project: '' });
      const words = runs.length === 1 ? t.toQuarantine : t.toQuarantineOf(locale.time(run.startedAt ?? run.createdAt), locale.number(run.counts.refused ?? 0));
      return html`${i > 0 ? html`<br />` : nothing}<a href="#" @click=${(event: Event) => this.go(event, way)}>${words}</a>`;
    });
  }

  private aboutConfirmed(figures: Figures | null, runs: number): unknown {
    const t = texts[this.ctx.language].about;
    const share = figures?.reads && figures.ofSent ? t.confirmedShare(this.ctx.locale.percent(figures.confirmed / figures.sent)) : t.confirmed;
    return html`${figures && !figures.reads ? t.confirmedOff : share}${runs > 0
      ? html`<br /><a href="#" @click=${(event: Event) => this.go(event, 'statements/receipts')}>${texts[this.ctx.language].toReceipts}</a>`
      : nothing}`;
  }

  private aboutWaiting(figures: Figures | null): string {
    const t = texts[this.ctx.language].about;
    const { locale } = this.ctx;
    if (!figures || figures.waiting === 0) return t.waitingNone;
    if (figures.waiting === null) return t.waitingUnknown;
    if (figures.blocked > 0) return t.waitingBlocked(locale.number(figures.blocked));
    return figures.inDoubt > 0 ? t.waitingDoubt(locale.number(figures.inDoubt)) : t.waiting;
  }

  private trouble(night: Night): unknown {
    const t = texts[this.ctx.language];
    if (!night.trouble || night.running) return nothing;
    const message = [...night.runs].reverse().find((run) => run.message)?.message ?? '';
    return html`<div class="note ${night.trouble === 'failed' ? 'bad' : 'warn'} trouble">
      ${icon('alert')}
      <div>
        <h3>${t.trouble[night.trouble]}</h3>
        <p>${t.troubleFix[night.trouble]}</p>
        ${message
          ? html`<details class="more"><summary>${icon('chev', 's')}${t.serverWords}</summary><pre class="raw" tabindex="0">${message}</pre></details>`
          : nothing}
      </div>
    </div>`;
  }

  private table(): TemplateResult {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    const cell = (label: string, n: number | null | undefined) =>
      html`<td class="r num" data-label=${label}>${n === null || n === undefined ? t.unknown : locale.number(n)}</td>`;
    const f = t.figures;
    return html`<div class="table-wrap">
      <table class="nights">
        <thead>
          <tr>
            <th scope="col">${t.day}</th>
            ${[f.planned, f.sent, f.confirmed, f.waiting, f.refused].map((name) => html`<th scope="col" class="r">${name}</th>`)}
            <th scope="col">${t.how}</th>
          </tr>
        </thead>
        <tbody>
          ${[...this.nights].reverse().map((night) => {
            const noon = noonOf(night.day);
            const one = night.figures;
            const how = night.running ? t.outcome.going : night.runs.length === 0 ? t.outcome.none : night.trouble ? t.trouble[night.trouble] : !one ? t.unknown : one.refused > 0 ? t.outcome.refused : t.outcome.done;
            return html`<tr class=${night.runs.length === 0 ? 'no-run' : ''} aria-selected=${night.day === this.picked ? 'true' : nothing}>
              <td class="wide"><button class="day-pick" type="button" aria-pressed=${night.day === this.picked} @click=${() => (this.picked = night.day)}>${locale.day(noon)}</button> <span class="faint">${locale.weekday(noon)}</span></td>
              ${cell(f.planned, one?.planned)}${cell(f.sent, one?.sent)}${cell(f.confirmed, one?.reads ? one.confirmed : null)}${cell(f.waiting, one?.waiting)}${cell(f.refused, one?.refused)}
              <td class="wide">${how}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
  }

  private go(event: Event, path: string): void {
    event.preventDefault();
    this.ctx.go(path);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-nights-panel': NightsPanel;
  }
}
