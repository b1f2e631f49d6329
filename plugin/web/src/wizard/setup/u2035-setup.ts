import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiError, type Answer } from '@kit/api';
import { Part, baseStyle, failure, loading, wordsOf } from '@kit/element';
import { icon } from '@kit/icons';
import { personOf } from '@kit/session';
import { IntegrationClient, currentOf, isWizard } from '../client';
import type { Check, StageNumber, StoreQuestion, StoreWord, Wizard } from '../model';
import { bareTitle, bodyOf, checkReason, emptyDraft, failedStep, faultsOf, fieldsOf, stageOf, wantsEndpoint, type Draft, type Faults, type Field } from '../rules';
import { later } from '../../later';
import wizardCss from '../wizard.css?inline';
import { roleNeeded } from '../role';
import { statusBadge } from '../status';
import type { SetupHost } from './host';
import { lead } from './lead';
import { checkStage } from './stage-check';
import { letterStage } from './stage-letter';
import { daysOf, stepper } from './stepper';
import { texts, type SetupTexts } from './texts';
import './u2035-letter';
import { beforeStart, finished } from './ends';

const storeChoice = later(() => import('./u2035-store-choice'));

/** The wizard of one project: four stages, of which the server keeps where a person stands. */
@customElement('u2035-setup')
export class U2035Setup extends Part implements SetupHost {
  static override styles = [baseStyle, unsafeCSS(wizardCss)];

  @property() project = '';
  /** There is no list of projects around it to go back to. */
  @property({ type: Boolean }) alone = false;
  @property({ type: Boolean }) moved = false;

  @state() private known: Wizard | null = null;
  @state() private broken: unknown = null;
  @state() check: Check | null = null;
  @state() busy = '';
  @state() private problem: unknown = null;
  @state() private conflict = false;
  @state() private question: StoreQuestion | null = null;
  @state() private questionError: unknown = null;
  @state() revealed: ReadonlySet<Field> = new Set();
  @state() private opened: ReadonlySet<string> = new Set();
  @state() private drafts: Partial<Record<StageNumber, Draft>> = {};
  @state() private faults: Partial<Record<StageNumber, Faults>> = {};
  @state() now = Date.now();
  @state() private choosing = 0;
  /** By login. */
  @state() private people: ReadonlyMap<string, string> = new Map();
  @state() private replacing = false;

  private watched = '';
  private abort = new AbortController();
  private clock = 0;

  get words(): SetupTexts {
    return texts[this.ctx.language];
  }
  get wizard(): Wizard {
    return this.known!;
  }
  private get client(): IntegrationClient {
    return new IntegrationClient(this.ctx.api, this.ctx.organization, this.project);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop();
  }
  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.load();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('project') || this.isElsewhere(changed)) {
      this.stop();
      this.known = this.broken = this.check = null;
      this.drafts = {};
      this.faults = {};
      void this.load();
    } else if (changed.has('ctx') && this.known) void this.load();
  }

  private stop(): void {
    this.abort.abort();
    this.abort = new AbortController();
    this.watched = '';
    window.clearInterval(this.clock);
  }

  private async load(): Promise<void> {
    const { signal } = this.abort;
    try {
      const answer = await this.client.read();
      if (signal.aborted) return;
      const isFirst = !this.known;
      this.take(answer.data);
      if (isFirst && this.moved) await this.focusOn('h1');
    } catch (error) {
      if (!signal.aborted) this.broken = error;
    }
  }

  private readonly called = (login: string): string => this.people.get(login) ?? login;

  private async call(login: string): Promise<void> {
    if (this.people.has(login)) return;
    const name = await personOf(this.ctx.api, login);
    this.people = new Map(this.people).set(login, name);
  }

  private take(wizard: Wizard): void {
    this.known = wizard;
    this.broken = null;
    for (const login of new Set(wizard.stages.flatMap((one) => one.passedBy ?? []))) void this.call(login);
    if (wizard.runningCheck) void this.watch(wizard.runningCheck.id);
    else {
      if (wizard.lastCheck?.id !== this.check?.id || this.check?.state === 'running') this.blame(wizard.lastCheck);
      this.check = wizard.lastCheck;
    }
  }

  /** Follows the running check, on this page or on the one before a reload. */
  private async watch(id: string): Promise<void> {
    if (this.watched === id) return;
    this.watched = id;
    const { signal } = this.abort;
    this.clock = window.setInterval(() => (this.now = Date.now()), 1000);
    try {
      await this.client.follow(id, (check) => (this.check = check), signal);
    } catch (error) {
      this.problem = error;
    }
    if (signal.aborted) return;
    window.clearInterval(this.clock);
    this.watched = '';
    const check = this.check as Check | null;
    this.blame(check);
    await this.load();
    if (check?.state === 'passed') this.ctx.say(this.words.passedSay(check.stage));
    else if (check) this.ctx.say(this.words.failedSay(failedStep(check)?.cause ?? ''), true);
    await this.catchFocus(check?.state === 'passed' ? '#continue-button' : '#check-button:enabled, [aria-invalid="true"]');
  }

  /** After a check: data that passed are saved and leave the page; what failed is told at its field. */
  private blame(check: Check | null): void {
    if (!check || check.purpose !== 'stage' || check.state === 'running') return;
    const stage = check.stage as StageNumber;
    const step = failedStep(check);
    if (!step) {
      this.drafts = { ...this.drafts, [stage]: undefined };
      this.faults = { ...this.faults, [stage]: undefined };
      this.revealed = new Set();
      return;
    }
    const shown = { pair: this.draftOf(stage).mode === 'pair', endpoint: stage === 4 && !!this.known && wantsEndpoint(this.known) };
    const fault = { title: this.words.failedStep(step.title || step.name), observed: step.observed, reason: step.cause, fix: step.fix };
    this.faults = { ...this.faults, [stage]: Object.fromEntries(fieldsOf(step, shown).map((name) => [name, fault])) };
  }

  draftOf(stage: StageNumber): Draft {
    return this.drafts[stage] ?? emptyDraft();
  }
  faultsOf(stage: StageNumber): Faults {
    return this.faults[stage] ?? {};
  }
  private redraft(stage: StageNumber, change: Partial<Draft>): void {
    this.drafts = { ...this.drafts, [stage]: { ...this.draftOf(stage), ...change } };
  }
  input(stage: StageNumber, name: Field, value: string): void {
    this.redraft(stage, { values: { ...this.draftOf(stage).values, [name]: value } });
    if (this.faults[stage]?.[name]) this.faults = { ...this.faults, [stage]: { ...this.faults[stage], [name]: undefined } };
  }
  setMode(stage: StageNumber, mode: Draft['mode']): void {
    this.redraft(stage, { mode });
  }
  reveal(name: Field): void {
    const next = new Set(this.revealed);
    if (!next.delete(name)) next.add(name);
    this.revealed = next;
  }
  edit(stage: StageNumber, focus: Field): void {
    this.redraft(stage, { editing: true, values: {} });
    void this.focusOn(`#f-${focus}`);
  }
  keepSaved(stage: StageNumber): void {
    this.drafts = { ...this.drafts, [stage]: undefined };
    this.faults = { ...this.faults, [stage]: undefined };
    void this.focusOn('.stage-body .peek');
  }

  startCheck(stage: StageNumber): void {
    if (checkReason(this.wizard, stage, this.draftOf(stage)) !== 'ready' || this.busy) return;
    const { body } = bodyOf(this.wizard, stage, this.draftOf(stage));
    this.faults = { ...this.faults, [stage]: undefined };
    void this.perform('check', async () => {
      const answer = await this.client.check(stage, this.wizard.version, body);
      this.check = answer.data;
      this.now = Date.now();
      this.ctx.say(this.words.startedSay);
      await this.load();
    }, stage);
  }
  continueStage(stage: StageNumber): void {
    void this.perform('continue', async () => {
      this.take((await this.client.continue(stage, this.wizard.version)).data);
      await this.showStage();
    }, stage);
  }
  private select(stage: number): void {
    this.choosing = stage;
    void this.perform('select', async () => {
      this.take((await this.client.select(stage, this.wizard.version)).data);
      this.ctx.say(bareTitle(stageOf(this.wizard, stage).title));
    }).finally(() => (this.choosing = 0));
  }
  private openCard(): void {
    void this.perform('open', async () => {
      this.take((await this.client.open(this.wizard.version)).data);
      await this.showStage();
    });
  }
  letterSent(): void {
    void this.load();
  }
  letterCopied(kind: string): void {
    // The day of copying contradicts nobody's work: whoever changed the set-up meanwhile isn't asked about it.
    const keep = () => this.client.copied(kind, this.wizard.version);
    void keep()
      .catch(async (error: unknown) => {
        if (!(error instanceof ApiError) || error.status !== 412) throw error;
        await this.load();
        return keep();
      })
      .then((answer: Answer<Wizard>) => this.take(answer.data))
      .catch((error: unknown) => (this.problem = error));
  }

  /** An act of a person: what the server answers is taken; what it refuses is shown with how it stands now. */
  private async perform(name: string, act: () => Promise<void>, stage?: StageNumber): Promise<void> {
    if (this.busy) return;
    this.busy = name;
    this.problem = null;
    this.conflict = false;
    try {
      await act();
    } catch (error) {
      await this.refused(error, stage);
    } finally {
      this.busy = '';
    }
  }

  private async refused(error: unknown, stage?: StageNumber): Promise<void> {
    const current = currentOf<Wizard | StoreQuestion>(error);
    const status = error instanceof ApiError ? error.status : 0;
    if (status === 412 && isWizard(current)) {
      this.take(current);
      this.conflict = true;
      this.ctx.say(this.words.conflict, true);
      await this.catchFocus('#stage-title');
      return;
    }
    if (status === 409 && current && 'choices' in current) {
      this.question = current;
      this.questionError = null;
      return;
    }
    const faults = faultsOf(error, !!stage && this.draftOf(stage).mode === 'pair');
    if (stage && Object.keys(faults).length > 0) {
      this.faults = { ...this.faults, [stage]: faults };
      await this.focusOn('[aria-invalid="true"]');
      return;
    }
    if (status === 409) await this.load();
    this.problem = error;
  }

  private async answerQuestion(word: StoreWord): Promise<void> {
    this.questionError = null;
    try {
      this.take((await this.client.continue(4, this.wizard.version, word)).data);
      this.question = null;
      await this.showStage();
    } catch (error) {
      const current = currentOf<Wizard | StoreQuestion>(error);
      if (isWizard(current)) {
        this.question = null;
        await this.refused(error);
      } else {
        if (current && 'choices' in current) this.question = current;
        this.questionError = error;
      }
    }
  }

  private async showStage(): Promise<void> {
    this.revealed = new Set();
    this.opened = new Set();
    await this.focusOn('#stage-title');
  }
  /** Where the focus was on what is gone or closed now, it goes on from the place given. */
  private async catchFocus(selector: string): Promise<void> {
    await this.updateComplete;
    const isLost = !document.activeElement || document.activeElement === document.body;
    if (isLost || this.shadowRoot?.activeElement?.matches(':disabled')) await this.focusOn(selector);
  }
  private async focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    const found = this.renderRoot.querySelector<HTMLElement>(selector) ?? this.renderRoot.querySelector<HTMLElement>('.stage-body input');
    found?.focus();
  }

  disclosure(key: string, summary: string, inside: () => TemplateResult): TemplateResult {
    const toggled = (event: Event) => {
      const next = new Set(this.opened);
      if ((event.target as HTMLDetailsElement).open) next.add(key);
      else next.delete(key);
      this.opened = next;
    };
    return html`<details class="more" ?open=${this.opened.has(key)} @toggle=${toggled}>
      <summary>${icon('chev', 's')}${summary}</summary>
      ${this.opened.has(key) ? html`<div class="inside">${inside()}</div>` : nothing}
    </details>`;
  }

  override render(): TemplateResult {
    if (this.broken) return html`${this.crumbs(this.project)}${failure(this.ctx, this.broken, () => void this.load(), roleNeeded[this.ctx.language])}`;
    if (!this.known) return loading(this.ctx);
    const { words, wizard } = this;
    return html`${this.crumbs(wizard.title)}
      <div class="page-head"><div class="title-line"><h1 tabindex="-1">${wizard.title}</h1>${statusBadge(wizard)}</div></div>
      ${wizard.warning ? html`<div class="note bad above" role="alert">${icon('alert')}<p>${wizard.warning}</p></div>` : nothing}
      ${this.conflict ? html`<div class="note warn above">${icon('users')}<p>${words.conflict}</p></div>` : nothing}
      ${this.problem ? html`<div class="above">${failure(this.ctx, this.problem)}</div>` : nothing}
      ${wizard.status === 'not-done' ? beforeStart(this, () => this.openCard()) : wizard.status === 'active'
        ? finished(this, { alone: this.alone, replacing: this.replacing, replace: (on) => void this.replace(on), replaced: () => void this.load() }) : this.stages()}
      ${this.question
        ? storeChoice(this, () => html`<u2035-store-choice
            .ctx=${this.ctx}
            .question=${this.question}
            .problem=${this.questionError}
            .details=${this.questionError ? wordsOf(this.ctx.kit, this.questionError).detail : ''}
            @chosen=${(event: CustomEvent<StoreWord>) => void this.answerQuestion(event.detail)}
            @closed=${() => (this.question = null)}
          ></u2035-store-choice>`)
        : nothing}`;
  }

  /** Few come for it: its code comes when it is asked for. */
  private async replace(on: boolean): Promise<void> {
    try {
      if (on) await import('../cards/u2035-replace');
      this.replacing = on;
    } catch (error) {
      this.problem = error;
    }
  }

  private crumbs(title: string): TemplateResult | typeof nothing {
    if (this.alone) return nothing;
    const back = (event: Event) => {
      event.preventDefault();
      this.ctx.go('');
    };
    return html`<nav class="crumbs" aria-label=${this.words.crumbs}>
      <a href="#" @click=${back}>${this.words.backToList}</a>${icon('chev', 's')}<span aria-current="page">${title}</span>
    </nav>`;
  }

  private stages(): TemplateResult {
    const { words, wizard } = this;
    const stage = stageOf(wizard, wizard.stage);
    return html`<div class="wizard">
      ${stepper(words, this.ctx.locale, wizard, this.choosing || wizard.stage, this.called, (number) => this.select(number))}
      <section class="panel" aria-labelledby="stage-title">
        <div class="stage-head">
          <p class="eyebrow">${words.stageOf(stage.number)}</p>
          <h2 id="stage-title" tabindex="-1">${bareTitle(stage.title)}</h2>
          ${daysOf(words, this.ctx.locale, stage, this.called)}
          ${lead(stage.text)}
        </div>
        ${stage.number === 1 || stage.number === 3 ? letterStage(this, stage) : checkStage(this, stage)}
      </section>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-setup': U2035Setup;
  }
}
