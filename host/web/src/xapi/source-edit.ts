import { ApiError, everyItem, organizationPath, type FieldProblem } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import '../confirm';
import type { Confirm } from '../confirm';
import { may } from '../context';
import { FormView } from '../form-view';
import { check, field, problemOf, select } from '../forms';
import { address } from '../route';
import { ShellPart, crumbs, refused } from '../view';
import { area } from './area';
import { isSourceName, originsOf, rulesOf, sourcePath, sourcesPath, type RuleSetName, type XapiSource } from './intake';
import { xapiTexts } from './texts';
import './values';
import css from './xapi.css?inline';

interface Known {
  rules: RuleSetName[];
  connections: { name: string; title: string }[];
}

const blank: XapiSource = {
  name: '', title: '', enabled: true, origins: [], references: '', ruleSet: '', rules: null, endpoint: '/data/xAPI/', key: '', secret: '',
  previousUntil: null, remapping: false, revision: 0, changedAt: '', changedBy: '',
};
const names: Record<string, string> = { logstore_xapi: 'moodle-xapi', h5p: 'h5p', packages: 'packages' };
const another = '*';

/** The form of a source; a new one ends with its secret, shown once. */
@customElement('lms-xapi-source-edit')
export class XapiSourceEdit extends FormView<XapiSource, Known> {
  static override styles = [...ShellPart.styles, unsafeCSS(css)];
  @state() private made: XapiSource | null = null;
  @state() private own = false;
  @state() private ownText = '';
  @state() private originsText = '';
  /** The source of records isn't one of the connections. */
  @state() private elsewhere = false;
  /** The ready-made rules that are being fetched. */
  @state() private beginning = '';
  @state() private beginProblem: unknown = null;
  /** As they were put there: nothing of a person's is lost with it. */
  private begun = '';
  @query('lms-confirm') private confirm!: Confirm;
  private connections: Known['connections'] = [];
  private nameTyped = false;
  private titleTyped = false;

  constructor() {
    super(blank);
  }

  private get words() {
    return xapiTexts[this.ctx.language];
  }
  protected override get isNew(): boolean {
    return this.path === '';
  }
  protected override get resource(): string {
    return sourcePath(this.organization, this.path);
  }
  protected override forbidden(): string {
    const { session } = this.ctx;
    return session.serverAdmin || may(session, this.organization, 'organization-admin') ? '' : this.shell.forbiddenRole(this.shell.roles['organization-admin']);
  }
  // What is typed stays when the language changes.
  protected override key(): string {
    return `xapi ${this.organization} ${this.path}`;
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.made = null;
  }

  protected override async load(signal: AbortSignal): Promise<Known> {
    const { api } = this.ctx;
    const [rules, connections] = await Promise.all([
      everyItem<RuleSetName>(api, '/api/v1/xapi-rules', { signal }),
      everyItem<{ name: string; title: string }>(api, `${organizationPath(this.organization)}/connections`, { signal }),
    ]);
    this.typed = this.known = blank;
    this.made = null;
    this.nameTyped = this.titleTyped = false;
    await this.read(signal);
    this.connections = connections;
    if (this.isNew) {
      const first = rules.find((one) => one.name === 'logstore_xapi') ?? rules[0];
      if (first) this.suggest(first);
      if (connections.length === 1) this.set({ references: connections[0]!.name });
    }
    this.spell();
    return { rules, connections };
  }

  /** The texts of the form, as what is typed says. */
  private spell(): void {
    const { rules, origins, references } = this.typed;
    this.own = rules !== null;
    this.ownText = rules ? JSON.stringify(rules, null, 2) : '';
    this.originsText = origins.join('\n');
    this.elsewhere = references !== '' && !this.connections.some((one) => one.name === references);
  }

  protected override async attempt(send: () => Promise<void>): Promise<void> {
    const { known } = this;
    await super.attempt(send);
    // Somebody else was before: what they changed is in the form now.
    if (this.known !== known) this.spell();
  }

  /** Nobody has to think of a name that follows from the rules. */
  private suggest(rules: RuleSetName): void {
    this.set({
      ruleSet: rules.name,
      ...(this.isNew && !this.nameTyped ? { name: names[rules.name] ?? rules.name.replace(/[^a-z0-9]+/g, '-') } : {}),
      ...(this.isNew && !this.titleTyped ? { title: rules.title } : {}),
    });
  }

  protected override wayHere(): TemplateResult {
    return crumbs(this.shell.views.xapi, address('org', this.organization, 'xapi'), this.heading());
  }
  protected override heading(): string {
    if (this.made) return this.made.title;
    return this.isNew ? this.words.newTitle : this.known.title || this.words.editTitle;
  }

  protected override draw(known: Known): TemplateResult {
    return this.made ? this.shown(this.made) : this.form(known);
  }

  private shown(made: XapiSource): TemplateResult {
    const { words } = this;
    return html`<div class="note ok">
        ${icon('okc')}
        <div><h2 class="note-head" tabindex="-1">${words.createdTitle}</h2><p>${words.once}</p></div>
      </div>
      <section class="panel">
        <div class="panel-head"><div><h2>${words.addressTitle}</h2><p>${words.addressLead}</p></div></div>
        <div class="panel-body stack">
          <lms-xapi-values .ctx=${this.ctx} .source=${made} .secret=${made.secret}></lms-xapi-values>
          <div class="btns"><a class="btn primary" href=${address('org', this.organization, 'xapi', made.name)}>${words.toSource}</a></div>
        </div>
      </section>`;
  }

  private form({ rules, connections }: Known): TemplateResult {
    const { words, typed, ctx } = this;
    return html`${this.conflictNote(words.conflictTitle, words.conflictText)}
      <form class="panel" novalidate @submit=${(event: Event) => void this.save(event, () => this.send())}>
        <div class="panel-body alone form">
          <fieldset class="choices">
            <legend class="sub">${words.rules}</legend>
            <p class="hint">${words.rulesHint}</p>
            ${[false, true].map(
              (own) => html`<div class="radio">
                <input type="radio" name="own" id="own-${own}" .checked=${this.own === own} @change=${() => (this.own = own)} />
                <label for="own-${own}">${own ? words.rulesOwn : words.rulesReady}</label>
              </div>`,
            )}
            ${this.own
              ? html`${this.beginnings(rules)}${area(ctx, { id: 'rules', label: words.ownText, hint: words.ownHint, value: this.ownText, rows: 14, mono: true, problems: this.rulesProblems(), theirs: this.theirs.rules === undefined ? undefined : JSON.stringify(this.theirs.rules), onInput: (text) => (this.ownText = text) })}`
              : select(ctx, {
                  id: 'rule-set',
                  label: words.ruleSet,
                  value: typed.ruleSet,
                  options: rules.map((one) => [one.name, one.title] as const),
                  hint: rules.length === 0 ? words.rulesUnknown : undefined,
                  problem: problemOf(this.problem, '/ruleSet'),
                  theirs: this.theirs.ruleSet,
                  onInput: (name) => this.suggest(rules.find((one) => one.name === name)!),
                })}
            ${this.isNew ? nothing : html`<p class="hint">${words.rereadNote}</p>`}
          </fieldset>
          ${field(ctx, { id: 'title', label: words.title, hint: words.titleHint, value: typed.title, problem: problemOf(this.problem, '/title'), theirs: this.theirs.title, onInput: (title) => ((this.titleTyped = true), this.set({ title })) })}
          ${this.isNew
            ? field(ctx, { id: 'name', label: words.name, hint: words.nameHint, value: typed.name, mono: true, problem: this.nameProblem(), onInput: (name) => ((this.nameTyped = true), this.set({ name })) })
            : nothing}
          ${this.references(connections)}
          ${area(ctx, { id: 'origins', label: words.origins, optional: words.optional, hint: words.originsHint, value: this.originsText, rows: 2, mono: true, problems: this.originsProblems(), theirs: this.theirs.origins?.join(' '), onInput: (text) => (this.originsText = text) })}
          ${this.isNew ? nothing : check(ctx, { id: 'enabled', label: words.enabled, hint: words.enabledHint, checked: typed.enabled, onChange: (enabled) => this.set({ enabled }) })}
          ${this.refusal()} ${this.unplaced()}
          <div class="form-foot">
            <button class="btn primary" type="submit" aria-busy=${this.busy ? 'true' : nothing}>${this.isNew ? words.create : this.shell.save}</button>
            <a class="btn" href=${address('org', this.organization, 'xapi', this.path)}>${ctx.kit.cancel}</a>
          </div>
        </div>
      </form>
      <lms-confirm .ctx=${ctx}></lms-confirm>`;
  }

  /** Own rules are seldom written from nothing: the ready-made ones are put where they are typed. */
  private beginnings(rules: RuleSetName[]): unknown {
    const { words } = this;
    if (rules.length === 0) return nothing;
    return html`<div class="beginnings" role="group" aria-labelledby="begin">
      <span class="small muted" id="begin">${words.beginWith}</span>
      ${rules.map((one) => html`<button class="btn small" type="button" ?disabled=${this.beginning !== ''} aria-busy=${this.beginning === one.name ? 'true' : nothing} @click=${() => void this.begin(one)}>${one.title}</button>`)}
      ${this.beginProblem ? refused(this.ctx, this.beginProblem) : nothing}
    </div>`;
  }

  private async begin({ name, title }: RuleSetName): Promise<void> {
    const { words } = this;
    if (this.ownText.trim() && this.ownText !== this.begun && !(await this.confirm.ask(words.beginTitle(title), words.beginText, words.beginAction))) return;
    this.beginning = name;
    this.beginProblem = null;
    try {
      const { data } = await this.ctx.api.get<{ title: object; assumed: string[]; rules: object[] }>(`/api/v1/xapi-rules/${encodeURIComponent(name)}`);
      this.ownText = this.begun = JSON.stringify({ title: data.title, assumed: data.assumed, rules: data.rules }, null, 2);
      this.ctx.say(words.begun(title));
    } catch (error) {
      this.beginProblem = error;
    }
    this.beginning = '';
  }

  private references(connections: Known['connections']): TemplateResult {
    const { words, typed, ctx } = this;
    const value = this.elsewhere ? another : typed.references;
    return html`${select(ctx, {
      id: 'references',
      label: words.references,
      hint: words.referencesHint,
      value,
      options: [['', words.itself], ...connections.map((one) => [one.name, one.title ? `${one.title} (${one.name})` : one.name] as const), [another, words.referencesOther]],
      theirs: this.theirs.references,
      onInput: (chosen) => {
        this.elsewhere = chosen === another;
        this.set({ references: chosen === another ? '' : chosen });
      },
    })}
    ${this.elsewhere
      ? field(ctx, { id: 'references-name', label: words.referencesName, value: typed.references, mono: true, problem: problemOf(this.problem, '/references'), onInput: (references) => this.set({ references }) })
      : nothing}`;
  }

  private nameProblem(): FieldProblem | undefined {
    const { words } = this;
    if (this.problem instanceof ApiError && this.problem.code === 'xapi-source.taken') return { pointer: '/name', reason: words.nameTaken, fix: words.nameTakenFix };
    return problemOf(this.problem, '/name');
  }
  private originsProblems(): FieldProblem[] {
    const told = problemOf(this.problem, '/origins');
    return told ? [told] : [];
  }
  private rulesProblems(): FieldProblem[] {
    if (!this.own || !(this.problem instanceof ApiError)) return [];
    return (this.problem.problem.errors ?? []).filter((one) => /^\/rules(\/|$)/.test(one.pointer));
  }
  /** What is wrong where no field of this form is. */
  private unplaced(): unknown {
    const placed = ['/rules', '/ruleSet', '/title', '/name', '/references', '/origins'];
    const left = this.problem instanceof ApiError ? (this.problem.problem.errors ?? []).filter((one) => !placed.some((at) => one.pointer === at || one.pointer.startsWith(`${at}/`))) : [];
    return left.length ? refused(this.ctx, this.problem) : nothing;
  }
  protected override refusal(): unknown {
    return this.nameProblem() ? nothing : super.refusal();
  }

  private async send(): Promise<void> {
    const { words, typed } = this;
    let rules: object | null = null;
    if (this.own) {
      const read = rulesOf(this.ownText);
      if ('wrong' in read) throw wrong('/rules', words.ownWrong, read.wrong ? `${words.ownFix} (${read.wrong})` : words.ownFix);
      rules = read.rules;
    }
    if (this.elsewhere && !isSourceName(typed.references)) throw wrong('/references', words.nameWrong, words.nameFix);
    if (this.isNew && !isSourceName(typed.name)) throw wrong('/name', words.nameWrong, words.nameFix);
    this.set({ rules, origins: originsOf(this.originsText) });
    const { name, title, enabled, references, ruleSet, origins } = this.typed;
    const body = { name, title, enabled, references, ruleSet, rules, origins };
    if (!this.isNew) {
      await this.ctx.api.put(this.resource, body, { ifMatch: this.etag });
      this.ctx.go(address('org', this.organization, 'xapi', name));
      this.ctx.say(this.shell.saved);
      return;
    }
    const { data } = await this.ctx.api.post<XapiSource>(sourcesPath(this.organization), body);
    this.made = data;
    this.ctx.say(words.createdTitle);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.note-head')?.focus();
  }
}

function wrong(pointer: string, reason: string, fix: string): ApiError {
  return new ApiError({ status: 422, code: 'validation', detail: '', errors: [{ pointer, reason, fix }] });
}
