import { ApiError, everyItem, newKey, pause } from '@kit/api';
import { baseStyle } from '@kit/element';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { badge } from '../badge';
import '../arrivals/upload';
import '../confirm';
import type { Confirm } from '../confirm';
import { address } from '../route';
import { View, empty, firstPage, moreButton, nextPage, note, refused, viewStyle, type Gathered } from '../view';
import { connectionPath, isBrought, isGoing, mayHere, routePath, takes, type Connection, type Diagnosis, type Route, type Run, type SourceKind } from './model';
import { targetOf } from './mapping';
import { kindWords } from './record-words';
import { isPathsOf, routeCrumbs } from './route-form';
import { routeFacts } from './route-facts';
import { countsList, diagnoses, stateBadge, stateWords, whoStarted, tookText } from './run-view';
import { routeTexts } from './texts';
import './trial';
import { routeStyle } from './style';

interface Known {
  route: Route;
  connection: Connection;
  runs: Gathered<Run>;
  kind: SourceKind | null;
  /** Of a listening one: where it is sent to. */
  address: string;
}

/** One route: how it stands, running it, its trial and its runs. */
@customElement('lms-route')
export class RouteView extends View<Known> {
  static override styles = [baseStyle, viewStyle, routeStyle];
  @property({ attribute: false }) connection = '';
  @state() private problem: unknown = null;
  @state() private changed = false;
  @state() private busy = '';
  @state() private stopping = false;
  @query('lms-confirm') private confirm!: Confirm;
  private etag = '';
  private watching: AbortController | null = null;

  private get words() {
    return routeTexts[this.ctx.language];
  }
  private get resource(): string {
    return routePath(this.organization, this.connection, this.path);
  }
  private get mayRun(): boolean {
    return mayHere(this.ctx.session, this.organization, 'methodist');
  }
  private get mayChange(): boolean {
    return mayHere(this.ctx.session, this.organization, 'organization-admin');
  }
  protected override key(): string {
    return `${super.key()}|${this.connection}`;
  }

  protected override async load(signal: AbortSignal): Promise<Known> {
    const { api } = this.ctx;
    const base = connectionPath(this.organization, this.connection);
    // The runs before the route: one that ends between the two has then left its mark in the route.
    const runsThenRoute = async () => {
      const runs = await firstPage<Run>(this.ctx, `${this.resource}/runs`, { limit: '20' }, signal);
      return { runs, route: await api.get<Route>(this.resource, { signal }) };
    };
    const [{ runs, route }, connection, kinds] = await Promise.all([
      runsThenRoute(),
      api.get<Connection>(base, { signal }),
      everyItem<SourceKind>(api, '/api/v1/source-kinds', { signal }),
    ]);
    this.etag = route.etag;
    let sentTo = '';
    const kind = kinds.find((one) => one.name === connection.data.kind) ?? null;
    if (takes(kind, 'request')) {
      const { data } = await api.get<{ routes: { name: string; address: string }[] }>(`${base}/listening`, { signal });
      sentTo = data.routes.find((one) => one.name === this.path)?.address ?? '';
    }
    if (isGoing(runs.items[0])) void this.watch();
    else this.stopping = false;
    return { route: route.data, connection: connection.data, runs, kind, address: sentTo };
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watching?.abort();
    this.watching = null;
  }

  /** While a run goes on: its counts each second, everything when it ends. */
  private async watch(): Promise<void> {
    if (this.watching) return;
    const watching = (this.watching = new AbortController());
    const { signal } = watching;
    while (!signal.aborted) {
      await pause(1000, signal);
      const going = this.data?.runs.items[0];
      if (signal.aborted || !going) break;
      try {
        const { data: run } = await this.ctx.api.get<Run>(`${this.resource}/runs/${going.id}`, { signal });
        if (signal.aborted) break;
        const { runs } = this.data!;
        this.data = { ...this.data!, runs: { ...runs, items: runs.items.map((one) => (one.id === run.id ? run : one)) } };
        if (isGoing(run)) continue;
        this.watching = null;
        this.ctx.say(this.words.ended(stateWords(this.ctx, run)));
        const wasAtStop = this.shadowRoot?.activeElement?.id === 'stop';
        await this.refresh();
        if (wasAtStop) await this.focusOn('#run');
        break;
      } catch (error) {
        if (error instanceof ApiError && error.status > 0 && error.status < 500) break;
      }
    }
    if (this.watching === watching) this.watching = null;
  }

  /** What had the focus is gone. */
  private async focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  protected override wayHere(): TemplateResult {
    return routeCrumbs(this.ctx, this.organization, this.connection, this.data?.connection.title, undefined, this.heading());
  }
  protected override heading(): string {
    return this.data?.route.title || this.path;
  }
  protected override lead(): unknown {
    if (!this.data) return nothing;
    const { route } = this.data;
    return html`<div class="line"><p class="lead">${this.words.makes(kindWords(this.ctx.language, targetOf(route.mapping)))}</p>${route.enabled ? badge('ok', 'okc', this.words.on) : badge('', 'minus', this.words.off)}</div>`;
  }

  private whyNot(): string {
    const { words } = this;
    const { route, connection, runs } = this.data!;
    if (!this.mayRun) return words.needsMethodist;
    if (!connection.enabled) return words.connectionOff;
    if (!route.enabled) return words.routeOff;
    return isGoing(runs.items[0]) ? words.runsAlready : '';
  }

  protected override actions(): TemplateResult {
    const { words } = this;
    const { kind, route } = this.data!;
    const why = this.whyNot();
    const edit = html`<a class="btn" href=${this.mayChange ? address('org', this.organization, 'connections', this.connection, 'routes', this.path, 'edit') : nothing} role=${this.mayChange ? nothing : 'link'} aria-disabled=${this.mayChange ? nothing : 'true'} aria-describedby=${this.mayChange ? nothing : 'why-edit'}>${this.shell.edit}</a>
      ${this.mayChange ? nothing : html`<span class="sr" id="why-edit">${words.needsAdmin}</span>`}`;
    if (isBrought(kind)) return html`<div class="btns">${edit}</div>`;
    const button = (id: string, look: string, text: string, sign: 'play' | 'refresh', act: () => Promise<void>) =>
      html`<button class="btn ${look}" id=${id} type="button" aria-disabled=${why ? 'true' : nothing} aria-describedby=${why ? 'why' : nothing} aria-busy=${this.busy === id ? 'true' : nothing} @click=${() => !why && void act()}>${icon(sign)}${text}</button>`;
    return html`<div class="acts">
      <div class="btns">
        ${edit} ${route.watermark ? button('full', '', words.runAll, 'refresh', () => this.runAll()) : nothing} ${button('run', 'primary', words.run, 'play', () => this.run('run', {}))}
      </div>
      ${why ? html`<p class="small muted" id="why">${why}</p>` : nothing}
      ${!route.watermark && route.deletions === 'follow' ? html`<p class="hint">${words.followsNow(this.ctx.locale.number(route.maxDeletedPercent))}</p>` : nothing}
    </div>`;
  }

  protected override draw({ route, connection, runs, kind, address: sentTo }: Known): TemplateResult {
    const { words } = this;
    const latest = runs.items[0] ?? null;
    const brought = isBrought(kind);
    return html`<lms-confirm .ctx=${this.ctx}></lms-confirm>
      ${this.problem ? refused(this.ctx, this.problem) : nothing} ${this.changed ? note('alert', 'warn', this.ctx.kit.conflictTitle, words.changedMeanwhile) : nothing}
      ${!connection.enabled ? note('plug', 'warn', words.off, words.connectionOff) : nothing}
      ${takes(kind, 'request') ? note('down', 'now', words.scheduleBrought, words.listenLead) : nothing}
      ${takes(kind, 'upload') ? html`<lms-upload .ctx=${this.ctx} .organization=${this.organization} .connection=${this.connection} .of=${connection} .kind=${kind} .routes=${[route]} .route=${route} @file-ended=${() => void this.refresh()}></lms-upload>` : nothing}
      ${latest ? this.latest(latest) : empty('clock', words.noRunsTitle, brought ? words.noRunsBrought : words.noRunsText)}
      ${routeFacts(this.ctx, { route, connection, kind, sentTo, ...(this.mayChange ? { toggle: () => void this.toggle() } : { whyNot: words.needsAdmin }), busy: this.busy === 'toggle' })}
      <lms-route-trial .ctx=${this.ctx} .resource=${this.resource} .kind=${kind} .target=${targetOf(route.mapping)} .arePaths=${isPathsOf(kind, route.settings)} .whyNot=${this.mayRun ? '' : words.needsMethodist}></lms-route-trial>
      ${runs.items.length ? this.runs(runs) : nothing}
      ${this.mayChange ? html`<div class="danger-zone"><button class="btn danger-quiet" type="button" @click=${() => void this.erase()}>${words.remove}</button></div>` : nothing}`;
  }

  private latest(run: Run): TemplateResult {
    const { words } = this;
    const going = isGoing(run);
    const confirmable = (one: Diagnosis) =>
      one.code === 'source.deletions' && !going
        ? html`<div class="btns"><button class="btn small danger-quiet" type="button" aria-disabled=${this.whyNot() ? 'true' : nothing} @click=${() => !this.whyNot() && void this.confirmDeletions()}>${words.confirmDeletions}</button></div>`
        : nothing;
    return html`<section class="panel" aria-labelledby="latest">
      <div class="panel-head">
        <div class="line"><h2 id="latest" tabindex="-1">${words.latest}</h2>${stateBadge(this.ctx, run)}<a class="small" href=${this.pageOf(run)}>${this.ctx.locale.moment(run.startedAt)}</a></div>
        ${going ? html`<button class="btn" id="stop" type="button" aria-disabled=${!this.mayRun || this.stopping ? 'true' : nothing} aria-describedby=${this.stopping || !this.mayRun ? 'stop-why' : nothing} @click=${() => void this.stop()}>${words.stop}</button>` : nothing}
      </div>
      <div class="panel-body stack-s">
        ${going && (this.stopping || !this.mayRun) ? html`<p class="small muted" id="stop-why">${this.stopping ? words.stopping : words.needsMethodist}</p>` : nothing}
        ${countsList(this.ctx, run)} ${diagnoses(this.ctx, run.diagnoses, run.state === 'failed' ? 'bad' : 'warn', confirmable)}
        ${(run.counts.rejected ?? 0) > 0 ? html`<p><a href=${this.pageOf(run)}>${words.refused}: ${this.ctx.locale.number(run.counts.rejected ?? 0)}</a></p>` : nothing}
      </div>
    </section>`;
  }

  private pageOf(run: Run): string {
    return address('org', this.organization, 'connections', this.connection, 'routes', this.path, 'runs', run.id);
  }

  private runs(runs: Gathered<Run>): TemplateResult {
    const { words } = this;
    const { locale } = this.ctx;
    const columns = ['rows', 'written', 'unchanged', 'rejected', 'deleted'] as const;
    const titles: Record<string, string> = { ...words.counts, written: words.written };
    const count = ({ counts }: Run, name: string) => {
      if (Object.keys(counts).length === 0) return this.shell.unknown;
      return locale.number(name === 'written' ? (counts.created ?? 0) + (counts.updated ?? 0) : (counts[name] ?? 0));
    };
    return html`<section class="panel" aria-labelledby="runs">
      <div class="panel-head"><div><h2 id="runs">${words.runs}</h2><p class="small muted">${words.runsKept}</p></div></div>
      <div class="table-wrap">
        <table class="stackable">
          <thead><tr><th scope="col">${words.startedAt}</th><th scope="col">${words.result}</th>${columns.map((name) => html`<th scope="col" class="r">${titles[name]}</th>`)}</tr></thead>
          <tbody>
            ${runs.items.map(
              (run) =>
                html`<tr>
                  <td class="num"><div><a href=${this.pageOf(run)}>${locale.moment(run.startedAt)}</a><small>${words.modes[run.mode] ?? run.mode}, ${tookText(this.ctx, run)}</small><small>${whoStarted(this.ctx, run)}</small></div></td>
                  <td data-label=${words.result}><div>${stateBadge(this.ctx, run)}${run.diagnoses[0] ? html`<small>${run.diagnoses[0].title}</small>` : nothing}</div></td>
                  ${columns.map((name) => html`<td class="r num ${name === 'rejected' && (run.counts.rejected ?? 0) > 0 ? 'bad-text' : ''}" data-label=${titles[name]!}>${count(run, name)}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${moreButton(this.ctx, runs, () => void this.more())}
    </section>`;
  }

  private async more(): Promise<void> {
    await this.attempt('more', async () => {
      this.data = { ...this.data!, runs: await nextPage<Run>(this.ctx, `${this.resource}/runs`, this.data!.runs) };
    });
  }

  private async attempt(what: string, act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = what;
    this.problem = null;
    this.changed = false;
    try {
      await act();
    } catch (error) {
      if (error instanceof ApiError && error.status === 412) {
        this.changed = true;
        await this.refresh();
      } else this.problem = error;
      // Somebody else started it: that run is what there is to see.
      if (error instanceof ApiError && error.status === 409) await this.refresh();
    }
    this.busy = '';
  }

  private run(what: string, order: { full?: boolean; confirmDeletions?: boolean }): Promise<void> {
    return this.attempt(what, async () => {
      await this.ctx.api.post<Run>(`${this.resource}/run`, order, { idempotencyKey: newKey() });
      this.ctx.say(this.words.started);
      await this.refresh();
    });
  }
  private async runAll(): Promise<void> {
    const { words } = this;
    const { route } = this.data!;
    const follows = route.deletions === 'follow';
    if (follows && !(await this.confirm.ask(words.fullTitle, words.fullText(this.ctx.locale.number(route.maxDeletedPercent)), words.fullAction))) return;
    await this.run('full', { full: true });
  }
  private async confirmDeletions(): Promise<void> {
    const { words } = this;
    if (await this.confirm.ask(words.confirmTitle, words.confirmText, words.confirmDeletions)) {
      await this.run('full', { full: true, confirmDeletions: true });
      await this.focusOn('#latest');
    }
  }
  private stop(): Promise<void> {
    if (!this.mayRun || this.stopping) return Promise.resolve();
    return this.attempt('stop', async () => {
      await this.ctx.api.post(`${this.resource}/cancel`, {});
      this.stopping = true;
      this.ctx.say(this.words.stopping);
    });
  }
  private toggle(): Promise<void> {
    return this.attempt('toggle', async () => {
      const { data, etag } = await this.ctx.api.post<Route>(`${this.resource}/${this.data!.route.enabled ? 'disable' : 'enable'}`, {});
      this.etag = etag;
      this.data = { ...this.data!, route: data };
      this.ctx.say(data.enabled ? this.words.enabledNow : this.words.disabledNow);
    });
  }
  private async erase(): Promise<void> {
    const { words } = this;
    if (!(await this.confirm.ask(words.removeTitle(this.heading()), words.removeText, words.remove))) return;
    await this.attempt('remove', async () => {
      await this.ctx.api.delete(this.resource, { ifMatch: this.etag });
      this.ctx.say(words.removed);
      this.ctx.go(address('org', this.organization, 'connections', this.connection));
    });
  }
}
