import { ApiError, everyItem } from '@kit/api';
import { askedOf, readAsked } from '@kit/way';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { badge } from '../badge';
import '../confirm';
import type { Confirm } from '../confirm';
import { changedByOthers, focusWrong, rebased } from '../forms';
import { address, withQuery } from '../route';
import { View, crumbs, note, refused } from '../view';
import { checks } from './checks';
import { bodyOf, draftOf, isSame, typedOf, type Draft, type Typed } from './draft';
import { mainFields, settingsFields, workFields, type FormState } from './form-parts';
import { formTexts } from './form-texts';
import { Leaving } from './leaving';
import { connectionPath, connectionsPath, isBrought, mayHere, nameOf, type Connection, type Diagnosis, type SourceField, type SourceKind } from './model';
import { problemsBeside } from './refusals';
import { diagnoses } from '../routes/run-view';
import { connectionStyle } from './shown';
import { connectionTexts } from './texts';
import { shortName, type Values } from './values';
import { wayOf } from './ways';

/** The form of a connection: without a path a new one, of the kind and for the set that the address names. */
@customElement('lms-connection-edit')
export class ConnectionEdit extends View<true> {
  static override styles = [...View.styles, connectionStyle];
  @state() private kinds: SourceKind[] = [];
  @state() private kind = '';
  @state() private typed: Typed = { draft: draftOf(null, ''), values: {} };
  /** What somebody else has saved, where it meets what is typed here. */
  @state() private theirs: { draft: Partial<Draft>; values: Values } = { draft: {}, values: {} };
  @state() private problem: unknown = null;
  @state() private conflict = false;
  @state() private busy = '';
  /** What a check of what is typed has found; gone when it is changed. */
  @state() private found: readonly Diagnosis[] | null = null;
  @query('lms-confirm') private confirm!: Confirm;
  private known: Connection | null = null;
  private begun: Typed = this.typed;
  private etag = '';
  private set = '';
  private namedByHand = false;
  private kindsLanguage = '';

  constructor() {
    super();
    new Leaving(
      this,
      () => !this.busy && this.data !== null && !isSame(this.typed, this.begun),
      () => this.confirm.ask(this.words.leaveTitle, this.words.leaveText, this.words.leave),
    );
  }

  private get words() {
    return formTexts[this.ctx.language];
  }
  private get isNew(): boolean {
    return this.path === '' || this.path.startsWith('new');
  }
  private get chosen(): SourceKind | undefined {
    return this.kinds.find((one) => one.name === this.kind);
  }
  private get fields(): readonly SourceField[] {
    return this.chosen?.connection ?? [];
  }

  protected override forbidden(): string {
    return mayHere(this.ctx.session, this.organization, 'organization-admin') ? '' : this.shell.forbiddenRole(this.shell.roles['organization-admin']);
  }
  // What is typed stays when the language changes.
  protected override key(): string {
    return `edit ${this.organization} ${this.path}`;
  }
  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // The words of the fields are the server's; those in the other language serve where these can't be had.
    if (this.data !== null && this.kindsLanguage !== this.ctx.language) void this.learnKinds().catch(() => undefined);
  }
  private async learnKinds(signal?: AbortSignal): Promise<void> {
    this.kindsLanguage = this.ctx.language;
    this.kinds = await everyItem<SourceKind>(this.ctx.api, '/api/v1/source-kinds', { signal });
  }

  protected override async load(signal: AbortSignal): Promise<true> {
    await this.learnKinds(signal);
    if (!this.isNew) {
      const { data, etag } = await this.ctx.api.get<Connection>(connectionPath(this.organization, this.path), { signal });
      this.known = data;
      this.etag = etag;
    }
    const asked = readAsked(askedOf(this.path), { kind: '', set: '' });
    this.set = asked.set;
    this.kind = this.known?.kind ?? (this.kinds.some((one) => one.name === asked.kind) ? asked.kind : '');
    this.begin();
    return true;
  }
  private begin(): void {
    this.typed = this.begun = typedOf(this.known, this.fields, this.ctx.locale.zone);
  }

  protected override wayHere(): TemplateResult {
    const list = address('org', this.organization, 'connections');
    const words = connectionTexts[this.ctx.language];
    return this.isNew ? crumbs(words.toList, list, this.words.newTitle) : crumbs(this.known ? nameOf(this.known) : this.path, address('org', this.organization, 'connections', this.path), words.edit);
  }
  protected override heading(): string {
    return this.isNew ? this.words.newTitle : this.words.editTitle;
  }
  protected override lead(): unknown {
    return this.isNew ? html`<p class="lead">${this.words.newLead}</p>` : nothing;
  }

  protected override draw(): TemplateResult {
    const { words, ctx } = this;
    const kind = this.kinds.find((one) => one.name === this.kind);
    if (this.known && !kind) return note('module', 'bad', connectionTexts[ctx.language].kindGone, connectionTexts[ctx.language].kindGoneText(this.known.kind));
    const form: FormState = {
      ctx,
      kind: kind ?? null,
      isNew: this.isNew,
      typed: this.typed,
      begun: this.begun,
      known: this.known,
      theirs: this.theirs,
      problem: this.problem,
      setDraft: (change) => this.setDraft(change),
      setValue: (name, value) => {
        this.found = null;
        this.typed = { ...this.typed, values: { ...this.typed.values, [name]: value } };
      },
    };
    return html`${this.conflict ? html`<div role="alert">${note('alert', 'warn', words.conflictTitle, words.conflict)}</div>` : nothing}
      <form class="panel" @submit=${(event: Event) => void this.save(event)} novalidate>
        <div class="panel-body alone form">
          ${this.isNew ? this.kindChoice() : html`<p class="field"><b>${kind?.title}</b><span class="hint">${words.kindFixed}</span></p>`}
          ${kind
            ? html`${mainFields(form)}
                <hr class="rule" />
                ${settingsFields(form, kind.connection)}
                <hr class="rule" />
                ${workFields(form)}
                ${this.refusal(kind.connection)} ${this.checked()}
                <div class="form-foot">
                  <button class="btn primary" type="submit" value="check" aria-busy=${this.busy === 'check' ? 'true' : nothing}>${words.saveAndCheck}</button>
                  <button class="btn" type="submit" value="save" aria-busy=${this.busy === 'save' ? 'true' : nothing}>${this.shell.save}</button>
                  ${this.isNew ? html`<button class="btn" type="button" aria-busy=${this.busy === 'try' ? 'true' : nothing} @click=${() => void this.check()}>${this.busy === 'try' ? connectionTexts[ctx.language].checking : connectionTexts[ctx.language].checkNow}</button>` : nothing}
                  <a class="btn" href=${address('org', this.organization, 'connections', this.isNew ? '' : this.path)}>${ctx.kit.cancel}</a>
                  ${this.wrongFields ? html`<span class="status bad-text" role="alert">${this.shell.wrongFields(ctx.locale.count(this.wrongFields, this.shell.fieldForms))}</span>` : nothing}
                </div>`
            : html`<p class="muted">${words.chooseKind}.</p>`}
        </div>
      </form>
      <lms-confirm .ctx=${ctx}></lms-confirm>`;
  }

  private kindChoice(): TemplateResult {
    return html`<fieldset>
      <legend>${this.words.kindLegend}</legend>
      <div class="kinds">
        ${this.kinds.map((one) => {
          const way = wayOf(this.ctx, one);
          return html`<label>
            <input type="radio" name="kind" value=${one.name} .checked=${one.name === this.kind} aria-labelledby="kind-${one.name}" aria-describedby="fits-${one.name}" @change=${() => this.choose(one.name)} />
            <span class="kind-title" id="kind-${one.name}">${one.title}</span><span class="kind-fits" id="fits-${one.name}">${way.fits}</span>
          </label>`;
        })}
      </div>
    </fieldset>`;
  }

  private choose(kind: string): void {
    const { draft } = this.typed;
    this.kind = kind;
    this.problem = null;
    this.found = null;
    this.begin();
    // How it is called has nothing to do with its kind.
    this.typed = { ...this.typed, draft };
  }

  private setDraft(change: Partial<Draft>): void {
    const draft = { ...this.typed.draft, ...change };
    this.found = null;
    if (change.name !== undefined) this.namedByHand = change.name !== '';
    if (this.isNew && change.title !== undefined && !this.namedByHand) draft.name = shortName(change.title);
    this.typed = { ...this.typed, draft };
  }

  private get wrongFields(): number {
    return this.problem instanceof ApiError ? (this.problem.problem.errors?.length ?? 0) : 0;
  }
  private refusal(fields: readonly SourceField[]): unknown {
    if (!this.problem) return nothing;
    const shown = ['/name', '/title', '/schedule', '/enabled', ...fields.map(({ name }) => `/settings/${name}`)];
    const beside = problemsBeside(this.problem, shown);
    if (beside.length) return html`<div class="note bad" role="alert"><div><ul class="beside">${beside.map((one) => html`<li><code>${one.pointer}</code>: ${one.reason} ${one.fix}</li>`)}</ul></div></div>`;
    return this.wrongFields ? nothing : refused(this.ctx, this.problem);
  }

  private checked(): unknown {
    const words = connectionTexts[this.ctx.language];
    if (!this.found) return nothing;
    if (this.found.length) return html`<section><h2 class="sub">${words.checkBad(this.ctx.locale.count(this.found.length, words.problems))}</h2>${diagnoses(this.ctx, this.found, 'bad')}</section>`;
    return html`<p>${badge('ok', 'okc', isBrought(this.chosen) ? words.checkWellBrought : words.checkWell)}</p>`;
  }

  /** Before it is saved: what is typed, and nothing of it stays on the server. */
  private async check(): Promise<void> {
    if (this.busy) return;
    this.busy = 'try';
    this.problem = this.found = null;
    const asked = this.typed;
    const words = connectionTexts[this.ctx.language];
    try {
      const { data } = await this.ctx.api.post<{ diagnoses: Diagnosis[] }>(`${connectionsPath(this.organization)}/check`, this.newBody());
      // Of what was changed meanwhile it says nothing.
      if (asked === this.typed) {
        this.found = data.diagnoses;
        if (data.diagnoses.length) this.ctx.say(words.checkBad(this.ctx.locale.count(data.diagnoses.length, words.problems)), true);
        else this.ctx.say(isBrought(this.chosen) ? words.checkWellBrought : words.checkWell);
      }
    } catch (error) {
      this.problem = error;
    }
    this.busy = '';
    await this.updateComplete;
    focusWrong(this.renderRoot);
  }
  private newBody(): Record<string, unknown> {
    return { name: this.typed.draft.name.trim(), kind: this.kind, ...bodyOf(this.typed, this.fields, null) };
  }

  private async save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const by = (event as SubmitEvent).submitter;
    this.busy = by instanceof HTMLButtonElement && by.value === 'save' ? 'save' : 'check';
    this.problem = this.found = null;
    this.conflict = false;
    this.theirs = { draft: {}, values: {} };
    try {
      const saved = await this.send();
      this.begun = this.typed;
      this.leaveTo(saved, this.busy === 'check');
    } catch (error) {
      if (error instanceof ApiError && error.status === 412) await this.takeTheirs();
      else this.problem = error;
    }
    this.busy = '';
    await this.updateComplete;
    focusWrong(this.renderRoot);
  }

  private async send(): Promise<Connection> {
    const { api } = this.ctx;
    if (this.isNew) return (await api.post<Connection>(connectionsPath(this.organization), this.newBody())).data;
    return (await api.put<Connection>(connectionPath(this.organization, this.path), bodyOf(this.typed, this.fields, this.known), { ifMatch: this.etag })).data;
  }

  private leaveTo(saved: Connection, check: boolean): void {
    const path = connectionPath(this.organization, saved.name);
    checks.forget(path);
    this.ctx.say(this.words.saved(nameOf(saved)));
    if (check) void checks.run(this.ctx.api, path);
    const here = address('org', this.organization, 'connections', saved.name);
    // What was begun with a set goes on with it.
    this.ctx.go(this.isNew && this.set ? withQuery(`${here}/set`, `set=${encodeURIComponent(this.set)}`) : here);
  }

  private async takeTheirs(): Promise<void> {
    try {
      const { data, etag } = await this.ctx.api.get<Connection>(connectionPath(this.organization, this.path));
      const now = typedOf(data, this.fields, this.ctx.locale.zone);
      const { begun, typed } = this;
      const next: Typed = { draft: rebased(begun.draft, now.draft, typed.draft), values: rebased(begun.values, now.values, typed.values) };
      this.theirs = { draft: changedByOthers(begun.draft, now.draft, next.draft), values: changedByOthers(begun.values, now.values, next.values) as Values };
      this.typed = next;
      this.begun = now;
      this.known = data;
      this.etag = etag;
      this.conflict = true;
    } catch (error) {
      this.problem = error;
    }
  }
}
