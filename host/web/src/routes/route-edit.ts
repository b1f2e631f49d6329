import { everyItem, type FieldProblem } from '@kit/api';
import { baseStyle } from '@kit/element';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../confirm';
import type { Confirm } from '../confirm';
import { Leaving } from '../connections/leaving';
import { FormView } from '../form-view';
import { check, field, focusWrong, rebased } from '../forms';
import { viewStyle } from '../view';
import { address } from '../route';
import { editTexts } from './edit-texts';
import { sourceField, textArea } from '../connections/fields';
import { isAsked, isRare, shownText } from '../connections/values';
import { targetOf } from './mapping';
import { mappingTexts } from './mapping-texts';
import './mapping-editor';
import type { MappingEditor } from './mapping-editor';
import { connectionPath, isBrought, takes, mayHere, routePath, type Connection, type Mapping, type Route, type SourceKind, type Trial } from './model';
import { at, problemsOf, trialProblems } from './problems';
import { runRules } from './run-rules';
import { selectColumns } from './select-columns';
import { blank, isPathsOf, nameFor, routeCrumbs, sentRoute, type Typed } from './route-form';
import { scheduleField, scheduleWords } from './schedule-field';
import { routeStyle } from './style';
import './trial';
import type { RouteTrial } from './trial';

interface Known {
  connection: Connection;
  kind: SourceKind | null;
  names: string[];
}

/** A new route, or an old one: what comes, how it becomes records, and ten rows of it. */
@customElement('lms-route-edit')
export class RouteEdit extends FormView<Typed, Known> {
  static override styles = [baseStyle, viewStyle, routeStyle];
  @property({ attribute: false }) connection = '';
  @state() private columns: readonly string[] = [];
  @state() private ownCron = false;
  @state() private nameTyped = false;
  @state() private columnsOf = '';
  @state() private tried: Trial | null = null;
  private tryWhenLoaded = false;
  private place = '';

  @query('lms-confirm') private confirm!: Confirm;

  constructor() {
    super(blank());
    new Leaving(
      this,
      () => !this.forbidden() && this.data !== null && !this.isSaved(this.data.kind),
      () => this.confirm.ask(this.words.leaveTitle, this.words.leaveText, this.words.leave),
    );
  }

  private isSaved(kind: SourceKind | null): boolean {
    return JSON.stringify(sentRoute(this.typed, kind)) === JSON.stringify(sentRoute(this.known, kind));
  }

  private get words() {
    return editTexts[this.ctx.language];
  }
  protected override get isNew(): boolean {
    return !this.path;
  }
  protected override get resource(): string {
    return routePath(this.organization, this.connection, this.path);
  }
  protected override key(): string {
    return `${super.key()}|${this.connection}`;
  }
  protected override forbidden(): string {
    return mayHere(this.ctx.session, this.organization, 'organization-admin') ? '' : this.shell.forbiddenRole(this.shell.roles['organization-admin']);
  }

  protected override async load(signal: AbortSignal): Promise<Known> {
    const { api } = this.ctx;
    const base = connectionPath(this.organization, this.connection);
    // In another language it is the same form: what is typed stays.
    const place = `${base}/routes/${this.path}`;
    const before = place === this.place ? { known: this.known, typed: this.typed } : null;
    this.place = place;
    const [connection, kinds, routes] = await Promise.all([
      api.get<Connection>(base, { signal }),
      everyItem<SourceKind>(api, '/api/v1/source-kinds', { signal }),
      everyItem<Route>(api, `${base}/routes`, { signal }),
      this.read(signal),
    ]);
    if (this.isNew) this.known = this.typed = blank();
    if (before) this.typed = rebased(before.known, this.known, before.typed);
    else {
      this.theirs = {};
      this.nameTyped = this.ownCron = false;
    }
    this.problem = null;
    if (this.columnsOf !== this.path) this.columns = [];
    if (!before) this.tried = null;
    if (this.tryWhenLoaded) void this.showTrial();
    this.tryWhenLoaded = false;
    return { connection: connection.data, kind: kinds.find((one) => one.name === connection.data.kind) ?? null, names: routes.map((one) => one.name) };
  }

  protected override wayHere(): unknown {
    return routeCrumbs(this.ctx, this.organization, this.connection, this.data?.connection.title, this.isNew ? undefined : [this.path, this.known.title], this.isNew ? this.words.newTitle : this.shell.edit);
  }
  protected override heading(): string {
    return this.isNew ? this.words.newTitle : this.words.editTitle(this.known.title || this.path);
  }
  protected override lead(): TemplateResult {
    return html`<p class="lead">${this.words.lead}</p>`;
  }

  private wrongAt(pointer: string) {
    return at(problemsOf(this.problem), pointer);
  }

  protected override draw(known: Known): TemplateResult {
    const { words, typed } = this;
    const brought = isBrought(known.kind);
    return html`<lms-confirm .ctx=${this.ctx}></lms-confirm>
      ${this.conflictNote(words.conflictTitle, words.conflict)}
      ${this.theirs.mapping ? html`<div class="note warn">${icon('alert')}<div><p>${words.mappingTheirs}</p><pre class="raw log">${JSON.stringify(this.theirs.mapping, null, 2)}</pre></div></div>` : nothing}
      <form class="panel stay" @submit=${(event: Event) => void this.submit(event, false)} @keyup=${(event: KeyboardEvent) => event.key === 'Tab' && this.uncover(event)} novalidate>
        <div class="panel-body alone form wide">
          <fieldset class="narrow"><legend>${words.main}</legend>${this.main(known, brought)}</fieldset>
          <hr class="rule" />
          <fieldset class="settings"><legend>${words.settings}</legend>${this.settings(known)}</fieldset>
          <hr class="rule" />
          <section aria-labelledby="mapping-title">
            <h2 id="mapping-title">${mappingTexts[this.ctx.language].title}</h2>
            <lms-mapping
              .ctx=${this.ctx}
              .mapping=${typed.mapping}
              .problems=${this.mappingProblems(known.kind)}
              .columns=${this.columnsKnown(known)}
              .arePaths=${isPathsOf(known.kind, typed.settings)}
              .connection=${this.connection}
              .zone=${this.ctx.locale.zone}
              .onChange=${(mapping: Mapping) => this.setMapping(mapping)}
            ></lms-mapping>
          </section>
          <hr class="rule" />
          <fieldset class="narrow"><legend>${words.when}</legend>
            ${runRules(this.ctx, { typed, theirs: this.theirs, columns: this.columnsKnown(known), takesWatermark: known.kind?.takesWatermark ?? true, mayFollow: known.kind?.brought?.whole ?? true, wrongAt: (pointer) => this.wrongAt(pointer), set: (change) => this.set(change) })}
            ${this.schedule(known, brought)}
          </fieldset>
          ${this.beside(known)} ${this.refusal()}
          <div class="form-foot stuck">
            <button class="btn primary" type="submit" aria-busy=${this.busy ? 'true' : nothing}>${this.isNew ? words.create : words.save}</button>
            <button class="btn" type="button" @click=${(event: Event) => void this.submit(event, true)}>${icon('play', 's')}${words.saveAndTry}</button>
            <a class="btn quiet" href=${this.isNew ? address('org', this.organization, 'connections', this.connection) : this.pageOf(this.path)}>${this.ctx.kit.cancel}</a>
            ${this.wrongFields
              ? html`<span class="status bad-text">${this.shell.wrongFields(this.ctx.locale.count(this.wrongFields, this.shell.fieldForms))}</span>`
              : this.isNew ? nothing : html`<span class="status">${words.againFull}</span>`}
          </div>
        </div>
      </form>
      ${this.isNew
        ? nothing
        : html`<lms-route-trial .ctx=${this.ctx} .resource=${this.resource} .kind=${known.kind} .target=${targetOf(typed.mapping)} .arePaths=${isPathsOf(known.kind, typed.settings)} .saved=${this.isSaved(known.kind)} .onTrial=${(trial: Trial) => this.takeTrial(trial, known.kind)}></lms-route-trial>`}`;
  }

  /** The foot of the form stays in sight, but never over what has the focus. ("focusin" doesn't leave the mapping when the focus stays in it.) */
  private uncover(event: KeyboardEvent): void {
    const target = event.composedPath()[0] as HTMLElement;
    const look = () => {
      const foot = this.renderRoot.querySelector<HTMLElement>('.stuck');
      if (!foot || foot.contains(target) || !target.matches(':focus') || getComputedStyle(foot).position !== 'sticky') return;
      const { bottom, height } = target.getBoundingClientRect();
      const over = bottom - foot.getBoundingClientRect().top;
      if (over > 0 && height < window.innerHeight / 2) window.scrollBy(0, over + 12);
    };
    requestAnimationFrame(look);
    // The browser itself brings the caret into sight, a little later.
    setTimeout(look, 150);
  }

  private pageOf(name: string): string {
    return address('org', this.organization, 'connections', this.connection, 'routes', name);
  }

  private main(known: Known, brought: boolean): TemplateResult {
    const { words, typed, theirs } = this;
    const text = (name: 'title' | 'prefix', label: string, hint: string) =>
      field(this.ctx, { id: name, label, hint, value: typed[name], mono: name === 'prefix', problem: this.wrongAt(`/${name}`), theirs: theirs[name], onInput: (value) => this.set({ [name]: value }) });
    return html`${text('title', words.title, words.titleHint)}
      ${this.isNew
        ? field(this.ctx, { id: 'name', label: words.name, hint: words.nameHint, mono: true, value: this.nameNow(known), problem: this.wrongAt('/name'), onInput: (name) => { this.nameTyped = true; this.set({ name }); } })
        : nothing}
      ${brought ? text('prefix', words.prefix, takes(known.kind, 'request') ? words.prefixListen : words.prefixFiles) : nothing}
      ${field(this.ctx, { id: 'position', label: words.position, hint: words.positionHint, value: typed.position === null ? '' : String(typed.position), problem: this.wrongAt('/position'), theirs: theirs.position === undefined ? undefined : shownText(theirs.position), onInput: (value) => this.set({ position: value.trim() }) })}
      ${check(this.ctx, { id: 'enabled', label: words.enabled, hint: words.enabledHint, checked: typed.enabled, onChange: (enabled) => this.set({ enabled }) })}`;
  }

  /** Until a person writes one it follows what the route is called, or brings. */
  private nameNow(known: Known): string {
    return this.nameTyped ? this.typed.name : nameFor(this.typed, known.names);
  }

  private settings(known: Known): TemplateResult {
    const { words, typed } = this;
    const { kind } = known;
    if (!kind)
      return html`<p class="hint">${words.kindUnknown(known.connection.kind)}</p>
        ${textArea(this.ctx, { id: 'settings', label: words.settings, mono: true, value: JSON.stringify(typed.settings, null, 2), readOnly: true, problem: this.wrongAt('/settings'), onInput: () => {} }, 6)}`;
    const asked = kind.route.filter((one) => isAsked(one, kind.route, (name) => typed.settings[name]));
    const draw = (one: SourceKind['route'][number]) =>
      sourceField(this.ctx, one, {
        values: typed.settings,
        kept: {},
        problem: (name) => this.wrongAt(`/settings/${name}`),
        theirs: (name) => {
          const now = this.theirs.settings;
          return now && shownText(now[name]) !== shownText(typed.settings[name]) ? shownText(now[name]) : undefined;
        },
        onInput: (name, value) => this.set({ settings: { ...this.typed.settings, [name]: value } }),
      });
    const rare = asked.filter((one) => isRare(one));
    const open = rare.some((one) => this.wrongAt(`/settings/${one.name}`) || shownText(this.known.settings[one.name]));
    return html`${asked.filter((one) => !isRare(one)).map(draw)}
      ${rare.length ? html`<details class="more" ?open=${open}><summary>${icon('chev', 's')}${words.moreSettings}</summary><div class="stack conversion">${rare.map(draw)}</div></details>` : nothing}`;
  }

  private schedule(known: Known, brought: boolean): TemplateResult {
    const { words, typed } = this;
    if (brought && !typed.schedule) return html`<p class="hint">${words.scheduleNot}</p>`;
    const { schedule } = known.connection;
    return scheduleField(this.ctx, {
      schedule: typed.schedule,
      ownCron: this.ownCron,
      label: words.schedule,
      never: words.rhythms.never!,
      hint: words.scheduleHint(schedule ? words.scheduleOfConnection(scheduleWords(this.ctx, schedule.cron)) : words.noScheduleOfConnection),
      problem: (name) => (name ? this.wrongAt(`/schedule/${name}`) : problemsOf(this.problem).find((one) => one.pointer === '/schedule')),
      theirs: this.theirs.schedule === undefined ? undefined : (this.theirs.schedule?.cron ?? ''),
      set: (to, ownCron) => {
        this.ownCron = ownCron;
        this.set({ schedule: to });
      },
    });
  }

  /** What is wrong at places that no control of the form shows. */
  private beside({ kind }: Known): unknown {
    const known = ['/title', '/name', '/prefix', '/position', '/schedule', '/watermark', '/onError', '/deletions', '/maxDeletedPercent', '/mapping/target', '/mapping/externalId', '/mapping/content', '/mapping/fields/', '/mapping/when', '/mapping/missing', '/mapping/decimalComma', '/mapping/source', '/mapping/assumed', ...(kind ? kind.route.map((one) => `/settings/${one.name}`) : ['/settings'])];
    const rest = problemsOf(this.problem).filter(({ pointer }) => pointer !== '/mapping' && !known.some((one) => pointer.startsWith(one)));
    if (rest.length === 0) return nothing;
    return html`<div class="note bad" role="alert">${icon('excl')}<div><h2 class="note-head">${this.words.otherWrong}</h2>${rest.map((one) => html`<p><code>${one.pointer}</code> ${one.reason}. ${one.fix}</p>`)}</div></div>`;
  }

  /** Those of a trial, and those that the person's own query names. */
  private columnsKnown({ kind }: Known): readonly string[] {
    const query = kind?.route.find(({ syntax }) => syntax === 'sql');
    const named = query ? selectColumns(shownText(this.typed.settings[query.name])) : [];
    return [...new Set([...named, ...this.columns])];
  }
  private setMapping(mapping: Mapping): void {
    this.set({ mapping });
  }
  private takeTrial(trial: Trial, kind: SourceKind | null): void {
    this.tried = trial;
    if (!trial.columns.length || isPathsOf(kind, this.typed.settings)) return;
    this.columns = trial.columns;
    this.columnsOf = this.path;
  }
  /** What the server refuses, and of what is saved what the trial found. */
  private mappingProblems(kind: SourceKind | null): FieldProblem[] {
    return [...problemsOf(this.problem), ...(this.tried && this.isSaved(kind) ? trialProblems(this.tried.diagnoses, this.typed.mapping) : [])];
  }

  private async submit(event: Event, andTry: boolean): Promise<void> {
    await this.save(event, () => this.send(andTry));
    if (!this.wrongFields || this.shadowRoot?.activeElement?.getAttribute('aria-invalid') === 'true') return;
    for (let box = this.renderRoot.querySelector('[aria-invalid="true"]')?.closest('details'); box; box = null) box.open = true;
    focusWrong(this.renderRoot);
    if (!this.renderRoot.querySelector('[aria-invalid="true"]')) await this.renderRoot.querySelector<MappingEditor>('lms-mapping')?.focusWrong();
  }

  private async send(andTry: boolean): Promise<void> {
    const { kind } = this.data!;
    const body = sentRoute(this.typed, kind);
    const { data, etag } = this.isNew
      ? await this.ctx.api.post<Typed>(`${connectionPath(this.organization, this.connection)}/routes`, { ...body, name: this.nameNow(this.data!) })
      : await this.ctx.api.put<Typed>(this.resource, body, { ifMatch: this.etag });
    this.ctx.say(this.words.savedText);
    this.known = this.typed = data;
    this.etag = etag;
    this.theirs = {};
    if (!andTry) return void this.ctx.go(this.pageOf(data.name));
    if (!this.isNew) return void this.showTrial();
    this.tryWhenLoaded = true;
    this.ctx.go(`${this.pageOf(data.name)}/edit`);
  }

  private async showTrial(): Promise<void> {
    await new Promise(requestAnimationFrame);
    await this.updateComplete;
    await this.renderRoot.querySelector<RouteTrial>('lms-route-trial')?.begin();
  }
}

