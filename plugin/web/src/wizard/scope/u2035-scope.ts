import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiError, organizationPath } from '@kit/api';
import { Part, baseStyle, failure, loading } from '@kit/element';
import { icon } from '@kit/icons';
import { IntegrationClient, currentOf, etagOf, integrationPath } from '../client';
import { roleNeeded } from '../role';
import type { Channel, Scope } from '../model';
import { learnersOf, shownLearner, type Learner } from '../package/learners';
import wizardCss from '../wizard.css?inline';
import { bodyOf, channelOf, isChanged, withAllFlows, withChannel, withFlow, withLeftOut, withoutLeftOut } from './edit';
import { texts, type ScopeTexts } from './texts';

const namesAsked = 50;

/** «Состав и каналы»: flows that go, the channel of each, learners left out. */
@customElement('u2035-scope')
export class U2035Scope extends Part {
  static override styles = [baseStyle, unsafeCSS(wizardCss)];

  @property() project = '';
  @property({ type: Boolean }) moved = false;
  @state() private saved: Scope | null = null;
  @state() private edited: Scope | null = null;
  @state() private projectTitle = '';
  @state() private names: ReadonlyMap<string, string> = new Map();
  @state() private broken: unknown = null;
  @state() private problem: unknown = null;
  @state() private conflict = false;
  @state() private busy = false;
  @state() private done = false;
  @state() private addFlow = '';
  @state() private addLearner = '';
  @state() private addReason = '';
  @state() private learners: Learner[] | null = null;

  private get words(): ScopeTexts {
    return texts[this.ctx.language];
  }
  private get path(): string {
    return `${integrationPath(this.ctx.organization, this.project)}/scope`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('project') || this.isElsewhere(changed)) void this.load();
  }

  protected override firstUpdated(): void {
    if (this.moved) this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }

  private async load(): Promise<void> {
    this.broken = null;
    try {
      const [scope, wizard] = await Promise.all([
        this.ctx.api.get<Scope>(this.path),
        new IntegrationClient(this.ctx.api, this.ctx.organization, this.project).read(),
      ]);
      this.projectTitle = wizard.data.title;
      this.take(scope.data);
    } catch (error) {
      this.broken = error;
    }
  }

  private take(scope: Scope): void {
    this.saved = this.edited = scope;
    void this.nameThem(scope.leftOutLearners.map((one) => one.learner));
  }

  private async nameThem(ids: string[]): Promise<void> {
    const base = `${organizationPath(this.ctx.organization)}/records/learners`;
    for (const id of ids.filter((one) => !this.names.has(one)).slice(0, namesAsked)) {
      try {
        const learner = shownLearner((await this.ctx.api.get<Parameters<typeof shownLearner>[0]>(`${base}/${id}`)).data);
        this.names = new Map(this.names).set(id, learner.name);
      } catch {
        // The number stands in for the name.
      }
    }
  }

  private change(edited: Scope): void {
    this.edited = edited;
    this.done = false;
    this.conflict = false;
  }

  private async save(): Promise<void> {
    if (this.busy || !this.saved || !this.edited || !isChanged(this.saved, this.edited)) return;
    this.busy = true;
    this.problem = null;
    this.conflict = false;
    try {
      this.take((await this.ctx.api.put<Scope>(this.path, bodyOf(this.edited), { ifMatch: etagOf(this.saved.version) })).data);
      this.done = true;
      this.ctx.say(this.words.saved);
    } catch (error) {
      const current = currentOf<Scope>(error);
      if (error instanceof ApiError && error.status === 412 && current?.known) {
        this.take(current);
        this.conflict = true;
      } else this.problem = error;
    } finally {
      this.busy = false;
    }
  }

  private async chooseAddFlow(flow: string): Promise<void> {
    this.addFlow = flow;
    this.addLearner = '';
    this.learners = null;
    try {
      this.learners = (await learnersOf(this.ctx.api, this.ctx.organization, flow)).learners;
    } catch (error) {
      this.problem = error;
    }
  }

  private leaveOut(): void {
    const learner = this.learners?.find((one) => one.id === this.addLearner);
    if (!learner || !this.addReason.trim()) {
      this.renderRoot.querySelector<HTMLElement>(learner ? '#sc-reason' : '#sc-learner')?.focus();
      return;
    }
    this.names = new Map(this.names).set(learner.id, learner.name);
    this.change(withLeftOut(this.edited!, learner.id, this.addReason.trim()));
    this.addLearner = this.addReason = '';
  }

  private async include(learner: string): Promise<void> {
    this.change(withoutLeftOut(this.edited!, learner));
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#left-out-title')?.focus();
  }

  override render(): TemplateResult {
    const { ctx, words } = this;
    const back = (event: Event) => {
      event.preventDefault();
      ctx.go('');
    };
    return html`<nav class="crumbs" aria-label=${words.crumbs}>
        <a href="#" @click=${back}>${words.backToList}</a>${icon('chev', 's')}<span aria-current="page">${words.title}</span>
      </nav>
      <div class="page-head"><div class="head-main"><h1 tabindex="-1">${this.projectTitle ? `${this.projectTitle}: ` : ''}${words.title}</h1><p class="lead">${words.lead}</p></div></div>
      ${this.broken ? failure(ctx, this.broken, () => void this.load(), roleNeeded[ctx.language]) : this.edited ? this.form(this.edited) : loading(ctx)}`;
  }

  private form(scope: Scope): TemplateResult {
    const { ctx, words } = this;
    const dirty = isChanged(this.saved!, scope);
    return html`<section class="panel">
      <div class="stage-body scope">
        ${this.conflict ? html`<div class="note warn" role="alert">${icon('users')}<p>${words.conflict}</p></div>` : nothing}
        <fieldset class="stack-s">
          <legend class="group-title">${words.which}</legend>
          <div class="two">${this.range(scope, true, words.all, words.allText)} ${this.range(scope, false, words.chosen, words.chosenText)}</div>
        </fieldset>
        ${scope.known.length ? this.flows(scope) : html`<p class="muted">${words.noFlows}</p>`}
        ${!scope.allFlows && scope.flows.length === 0 ? html`<div class="note warn">${icon('alert')}<p>${words.noneChosen}</p></div>` : nothing}
        ${this.leftOut(scope)} ${this.problem ? failure(ctx, this.problem) : nothing}
        ${this.done ? html`<div class="note ok">${icon('okc')}<p>${words.saved}</p></div>` : nothing}
      </div>
      <div class="stage-foot">
        <p id="sc-why">${dirty ? words.unsaved : words.nothingToSave}</p>
        <button class="btn primary" type="button" ?disabled=${!dirty} aria-describedby="sc-why" aria-busy=${this.busy ? 'true' : nothing} @click=${() => void this.save()}>
          ${this.busy ? words.saving : words.save}
        </button>
      </div>
    </section>`;
  }

  private range(scope: Scope, all: boolean, title: string, text: string): TemplateResult {
    return html`<label class="choice boxed">
      <input type="radio" name="range" .checked=${scope.allFlows === all} @change=${() => this.change(withAllFlows(scope, all))} />
      <span><b>${title}</b><small>${text}</small></span>
    </label>`;
  }

  private flows(scope: Scope): TemplateResult {
    const { words } = this;
    return html`<div>
      <h2 class="group-title" id="flows-title">${words.flows}</h2>
      <table class="flows" aria-labelledby="flows-title">
        <thead><tr><th scope="col">${words.flow}</th>${scope.allFlows ? nothing : html`<th scope="col">${words.covered}</th>`}<th scope="col">${words.channel}</th></tr></thead>
        <tbody>
          ${scope.known.map((one) => {
            const name = `${one.programme}, ${one.title}`;
            return html`<tr>
              <td class="c-name"><b>${one.title}</b><small>${one.programme}</small></td>
              ${scope.allFlows
                ? nothing
                : html`<td>
                    <label class="tick-box"><input type="checkbox" aria-label=${words.coveredOf(name)} .checked=${scope.flows.includes(one.flow)}
                      @change=${(event: Event) => this.change(withFlow(scope, one.flow, (event.target as HTMLInputElement).checked))} /></label>
                  </td>`}
              <td class="c-share">
                <div class="select">
                  <select class="input" aria-label=${words.channelOf(name)} @change=${(event: Event) => this.change(withChannel(scope, one.flow, (event.target as HTMLSelectElement).value as Channel))}>
                    ${(['lrs', 'tables'] as const).map((channel) => html`<option value=${channel} ?selected=${channelOf(scope, one.flow) === channel}>${words.channels[channel]}</option>`)}</select
                  >${icon('chevd', 's')}
                </div>
              </td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
  }

  private leftOut(scope: Scope): TemplateResult {
    const { ctx, words } = this;
    const nameOf = (id: string) => this.names.get(id) ?? words.learnerNumber(id);
    return html`<div class="stack-s part">
      <h2 id="left-out-title" tabindex="-1">${words.leftOut}</h2>
      <p class="small muted">${words.leftOutText}</p>
      ${scope.leftOutLearners.length
        ? html`<p class="small strong">${ctx.locale.count(scope.leftOutLearners.length, words.leftOutCount)}</p>
            <ul class="left-out">
              ${scope.leftOutLearners.map(
                (one) => html`<li>
                  <span><b>${nameOf(one.learner)}</b><small>${one.reason}</small></span>
                  <button class="btn small" type="button" aria-label=${words.removeOf(nameOf(one.learner))} @click=${() => void this.include(one.learner)}>${words.remove}</button>
                </li>`,
              )}
            </ul>`
        : html`<p class="muted">${words.leftOutNone}</p>`}
      ${scope.known.length ? this.adding(scope) : nothing}
    </div>`;
  }

  private adding(scope: Scope): TemplateResult {
    const { words } = this;
    const opened = (event: Event) => {
      if ((event.target as HTMLDetailsElement).open && !this.addFlow) void this.chooseAddFlow(scope.known[0]!.flow);
    };
    const left = new Set(scope.leftOutLearners.map((one) => one.learner));
    return html`<details class="more" @toggle=${opened}>
      <summary>${icon('plus', 's')}${words.add}</summary>
      <div class="inside stack-s">
        <div class="fields">
          <div class="field">
            <label for="sc-flow">${words.addFlow}</label>
            <div class="select">
              <select class="input" id="sc-flow" @change=${(event: Event) => void this.chooseAddFlow((event.target as HTMLSelectElement).value)}>
                ${scope.known.map((one) => html`<option value=${one.flow} ?selected=${one.flow === this.addFlow}>${one.title}</option>`)}</select
              >${icon('chevd', 's')}
            </div>
          </div>
          <div class="field">
            <label for="sc-learner">${words.addLearner}</label>
            <div class="select">
              <select class="input" id="sc-learner" @change=${(event: Event) => (this.addLearner = (event.target as HTMLSelectElement).value)}>
                <option value="" ?selected=${!this.addLearner}>${words.choose}</option>
                ${(this.learners ?? []).filter((one) => !left.has(one.id)).map((one) => html`<option value=${one.id} ?selected=${one.id === this.addLearner}>${one.name}${one.untiId ? ` — ${one.untiId}` : ''}</option>`)}</select
              >${icon('chevd', 's')}
            </div>
          </div>
          <div class="field wide">
            <label for="sc-reason">${words.reason}</label>
            <input class="input" id="sc-reason" maxlength="1000" .value=${this.addReason} aria-describedby="sc-reason-hint" @input=${(event: Event) => (this.addReason = (event.target as HTMLInputElement).value)} />
            <p class="hint" id="sc-reason-hint">${words.reasonHint}</p>
          </div>
        </div>
        <div class="btns"><button class="btn" type="button" @click=${() => this.leaveOut()}>${words.addDo}</button></div>
      </div>
    </details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-scope': U2035Scope;
  }
}
