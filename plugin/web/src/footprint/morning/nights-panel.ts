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
import { lineOf, openOf, stillOf, type Still } from './standing';
import { texts } from './texts';

@customElement('u2035-nights-panel')
export class NightsPanel extends Part {
  static override styles = [baseStyle, unsafeCSS(morningCss)];

  @property({ attribute: false }) nights: Night[] = [];
  /** Whose figures they are; empty: of all. */
  @property() project = '';
  @property({ attribute: false }) projects: readonly ProjectCard[] = [];
  /** How often the page has read the runs: what stands now is asked for as often. */
  @property({ type: Number }) reads = 0;
  @state() private picked = '';
  @state() private asTable = false;
  @state() private still: Still | null = null;
  /** Of what each run refused, how many are still open. */
  @state() private open: ReadonlyMap<string, number> = new Map();
  private stillFor = '';
  private openFor = '';

  protected override willUpdate(changed: PropertyValues): void {
    // The last day on which something ran is what a person reads in the morning.
    if (changed.has('nights') && !this.nights.some((night) => night.day === this.picked))
      this.picked = ([...this.nights].reverse().find((night) => night.figures !== null) ?? this.nights.at(-1))?.day ?? '';
  }

  protected override updated(): void {
    const { ctx, project, nights } = this;
    const which = `${this.reads} ${project}`;
    if (which !== this.stillFor) {
      this.stillFor = which;
      this.still = null;
      void stillOf(ctx, project).then((still) => (which === this.stillFor ? (this.still = still) : undefined));
    }
    const night = nights.find((one) => one.day === this.picked);
    const runs = night ? refusingRuns(night).map((run) => run.id) : [];
    const whose = `${which} ${runs.join()}`;
    if (whose === this.openFor) return;
    this.openFor = whose;
    void openOf(ctx, runs, project).then((open) => (whose === this.openFor ? (this.open = open) : undefined));
  }

  /** The last day on which something ran: what stands now is told of it. */
  private isLast(night: Night): boolean {
    return night === [...this.nights].reverse().find((one) => one.runs.length > 0);
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
        : this.standing(night, figures);
    const test = night.toTest > 0 ? (night.onlyTest ? t.pickedWords.onlyTest : t.pickedWords.toTest(locale.number(night.toTest))) : '';
    return [`${day}. ${what}`, test].filter(Boolean).join(' ');
  }

  private standing(night: Night, figures: Figures): string {
    const t = texts[this.ctx.language].pickedWords;
    const { locale } = this.ctx;
    const line = lineOf(night, this.isLast(night) ? this.still : null);
    const sent = locale.number(figures.sent);
    switch (line.kind) {
      case 'still':
        return t.still(sent, line.parts.map(([what, n]) => t.kept[what](locale.number(n))).join(', '));
      case 'then':
        return t.then(sent, line.refused > 0 ? locale.number(line.refused) : '', line.waiting > 0 ? locale.number(line.waiting) : '');
      case 'incomplete':
        return t.some(sent);
      case 'all':
        return figures.sent === 0 && figures.refused === 0 ? t.nothing : t.all(sent);
    }
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

  /** To what that night put aside and is there still; where several of its runs did, to each one's own. */
  private toQuarantine(night: Night): unknown {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    const refusing = refusingRuns(night);
    const runs = refusing.filter((run) => this.open.get(run.id) !== 0);
    if (runs.length === 0) return t.about.refusedGone;
    return runs.map((run, i) => {
      const way = withAsked('quarantine', { run: run.id, project: this.project }, { run: '', project: '' });
      const refused = run.counts.refused ?? 0;
      const open = this.open.get(run.id) ?? refused;
      const words =
        refusing.length > 1
          ? t.toQuarantineOf(locale.time(run.startedAt ?? run.createdAt), locale.number(open))
          : open < refused ? t.toQuarantineNow(locale.number(open)) : t.toQuarantine;
      return html`${i > 0 ? html`<br />` : nothing}<a href="#" @click=${(event: Event) => this.go(event, way)}>${words}</a>`;
    });
  }

  private aboutConfirmed(figures: Figures | null, runs: number): unknown {
    const t = texts[this.ctx.language].about;
    const { locale } = this.ctx;
    const read =
      figures?.reads && figures.ofSent
        ? figures.confirmed < figures.sent
          ? (figures.amiss > 0 ? t.confirmedRest : t.confirmedSample)(locale.number(figures.confirmed), locale.number(figures.sent))
          : t.confirmedWhole
        : t.confirmed;
    const amiss = figures && figures.reads ? (figures.amiss > 0 ? t.confirmedAmiss(locale.number(figures.amiss)) : figures.confirmed > 0 ? t.confirmedThere : '') : '';
    return html`${figures && !figures.reads ? t.confirmedOff : [read, amiss].filter(Boolean).join(', ')}${runs > 0
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
