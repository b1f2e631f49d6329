import type { Page } from '@kit/api';
import { icon, type IconName } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { actorWords } from '../journal/actor';
import { badge, type Tone } from '../badge';
import { address } from '../route';
import { firstPage, moreButton, nextPage, refused, type Gathered } from '../view';
import { isEnded, isLacking, routePath, type Arrival, type Route, type Run } from './brought';
import { LoadedPart } from './part';
import { countsText, endBadge } from './run-detail';

interface Loaded {
  files: Gathered<Arrival>;
  /** Of the latest fifty runs: an older file's is on its own page. */
  runs: Map<string, Run>;
}

const lookEvery = 3000;
const signs: Record<Arrival['state'], [tone: Tone, sign: IconName]> = { taken: ['now', 'clock'], done: ['ok', 'okc'], failed: ['bad', 'excl'], duplicate: ['', 'copy'] };

/** Files that arrived at a route, uploaded or by its folder, the latest first. */
@customElement('lms-arrived')
export class Arrived extends LoadedPart<Loaded> {
  @property({ attribute: false }) routes: readonly Route[] = [];
  @property({ attribute: false }) route!: Route;
  @state() private loadedRoute = '';
  @state() private busy = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  private get path(): string {
    return routePath(this.organization, this.connection, this.route.name);
  }

  protected override willUpdate(changed: Parameters<LoadedPart<Loaded>['willUpdate']>[0]): void {
    super.willUpdate(changed);
    if (changed.has('route') && this.loadedRoute && this.loadedRoute !== this.route.name) {
      this.data = null;
      void this.refresh();
    }
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override async load(signal: AbortSignal): Promise<Loaded> {
    const { path } = this;
    this.loadedRoute = this.route.name;
    const [files, runs] = await Promise.all([
      firstPage<Arrival>(this.ctx, `${path}/files`, { limit: '50' }, signal),
      this.ctx.api.get<Page<Run>>(`${path}/runs`, { query: { limit: 50 }, signal }),
    ]);
    clearTimeout(this.timer);
    // What is being read now has an end soon.
    if (files.items.some((one) => one.state === 'taken')) this.timer = setTimeout(() => void this.refresh(), lookEvery);
    return { files, runs: new Map(runs.data.items.map((run) => [run.id, run])) };
  }

  protected override draw({ files, runs }: Loaded): TemplateResult {
    const { words } = this;
    return html`<section class="panel" aria-labelledby="arrived">
      <div class="panel-head">
        <h2 id="arrived">${words.arrivedTitle}</h2>
        <button class="btn small" type="button" @click=${() => void this.look()}>${icon('refresh', 's')}${words.refresh}</button>
      </div>
      ${this.routes.length > 1
        ? html`<div class="help"><div class="seg" role="group" aria-label=${words.route}>
            ${this.routes.map((one) => html`<button type="button" aria-pressed=${one.name === this.route.name ? 'true' : 'false'} @click=${() => this.dispatchEvent(new CustomEvent('route-chosen', { detail: one.name }))}>${one.title || one.name}</button>`)}
          </div></div>`
        : nothing}
      ${this.problem ? refused(this.ctx, this.problem) : nothing}
      ${files.items.length === 0
        ? html`<div class="empty">${icon('inbox')}<h3>${words.noFiles}</h3><p>${words.noFilesText}</p></div>`
        : html`<ul class="rows">${repeat(files.items, (file) => file.id, (file) => this.row(file, runs))}</ul>
            ${moreButton(this.ctx, files, () => void this.more())}`}
    </section>`;
  }

  private row(file: Arrival, runs: Map<string, Run>): TemplateResult {
    const { words, ctx } = this;
    const { locale } = ctx;
    const run = file.run ? runs.get(file.run) : undefined;
    const [tone, sign] = signs[file.state];
    return html`<li>
      <p class="name" id="name-${file.id}" tabindex="-1">${file.name}</p>
      <p class="state">${run && isEnded(run) && file.state !== 'duplicate' && file.reason === '' ? endBadge(words, run) : badge(tone, sign, words.states[file.state])}</p>
      <p class="about">
        ${locale.moment(file.takenAt)}, ${locale.bytes(file.size)}, ${file.way === 'folder' ? words.ways.folder : words.takenBy(words.ways[file.way], actorWords(ctx.language, file.takenBy))}${file.repeatOf ? `, ${words.isRepeat}` : ''}${run && file.state !== 'taken' ? `. ${countsText(words, locale, run.counts)}` : ''}
      </p>
      ${file.state === 'taken' ? nothing : this.details(file, run)} ${isLacking(file) && file.repeatedBy === null ? this.repeating(file) : nothing}
    </li>`;
  }

  private details(file: Arrival, run: Run | undefined): TemplateResult {
    const { words, ctx } = this;
    return html`<details class="more below">
      <summary aria-label="${words.details}: ${file.name}">${icon('chev', 's')}${words.details}</summary>
      <div class="detail">
        ${file.state === 'duplicate' ? html`<p class="diagnosis">${words.duplicate}</p>` : file.duplicateOf ? html`<p class="diagnosis">${words.sameContent}</p>` : nothing}
        ${file.reason && file.state !== 'duplicate' ? html`<p class="diagnosis">${file.reason}</p>` : nothing}
        ${isLacking(file) && !file.repeat.possible ? html`<p class="diagnosis">${file.repeat.reason}</p>` : nothing}
        ${run
          ? html`<lms-arrival-run .ctx=${ctx} .organization=${this.organization} .connection=${this.connection} .route=${this.route.name} .run=${run}></lms-arrival-run>`
          : file.run
            ? html`<p class="diagnosis">${words.ofRun} <a href=${address('org', this.organization, 'connections', this.connection, 'routes', this.route.name, 'runs', file.run)}>${words.toRun}</a></p>`
            : nothing}
        <p class="caption">${words.sha}: <code>${file.sha256}</code></p>
      </div>
    </details>`;
  }

  /** It stays in sight where it can't be done, with the reason. */
  private repeating(file: Arrival): TemplateResult {
    const { words } = this;
    const why = !this.mayBring ? words.uploadForbidden : file.repeat.possible ? '' : file.repeat.reason;
    const id = `why-${file.id}`;
    return html`<div class="below btns">
      <button class="btn small" type="button" id="repeat-${file.id}" aria-label="${words.again}: ${file.name}" aria-disabled=${why ? 'true' : nothing} aria-describedby=${why ? id : nothing} aria-busy=${this.busy === file.id ? 'true' : nothing} @click=${() => !why && void this.repeat(file)}>${icon('refresh', 's')}${words.again}</button>
      ${why ? html`<span class="small muted grow" id=${id}>${why}</span>` : nothing}
    </div>`;
  }

  private async repeat(file: Arrival): Promise<void> {
    if (this.busy) return;
    this.busy = file.id;
    await this.attempt(async () => {
      const { data } = await this.ctx.api.post<Arrival>(`${this.path}/files/${file.id}/repeat`, {});
      this.ctx.say(this.words.againBegun(file.name));
      await this.refresh();
      // The button is gone with what it was of: what it began is at the top.
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>(`#name-${CSS.escape(data.id)}`)?.focus();
    });
    this.busy = '';
  }

  private async look(): Promise<void> {
    await this.refresh();
    this.ctx.say(this.words.refreshed);
  }
  private async more(): Promise<void> {
    await this.attempt(async () => {
      this.data = { ...this.data!, files: await nextPage(this.ctx, `${this.path}/files`, this.data!.files, { limit: '50' }) };
    });
  }
}
