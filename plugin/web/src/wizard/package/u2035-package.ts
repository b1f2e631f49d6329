import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiError, newKey, type Page } from '@kit/api';
import { Part, baseStyle, failure, loading } from '@kit/element';
import { icon } from '@kit/icons';
import { integrationPath } from '../client';
import type { FullPackage, Scope } from '../model';
import wizardCss from '../wizard.css?inline';
import { faultBlock } from '../setup/fields';
import { learnersOf, learnersShown, type Learner } from './learners';
import { packageReport } from './package-report';
import { texts as setupTexts, type SetupTexts } from '../setup/texts';
import { texts, type PackageTexts } from './texts';

type Input = 'flow' | 'learner' | 'methodistTestUntiId' | 'storageUrl' | 'bucket' | 'accessKeyId' | 'secretKey';

/** Every statement of one learner to the test contour, and the report for University 2035's specialists. */
@customElement('u2035-package')
export class U2035Package extends Part {
  static override styles = [baseStyle, unsafeCSS(wizardCss)];

  @property() project = '';
  @state() private flows: Scope['known'] | null = null;
  @state() private learners: { learners: Learner[]; more: boolean } | null = null;
  @state() private earlier: FullPackage[] = [];
  @state() private shown: FullPackage | null = null;
  @state() private typed: Partial<Record<Input, string>> = {};
  @state() private busy = false;
  @state() private broken: unknown = null;
  @state() private problem: unknown = null;
  @state() private asksVoid = false;
  private abort = new AbortController();

  private get words(): PackageTexts {
    return texts[this.ctx.language];
  }
  private get setup(): SetupTexts {
    return setupTexts[this.ctx.language];
  }
  private get path(): string {
    return integrationPath(this.ctx.organization, this.project);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.abort.abort();
    this.abort = new AbortController();
  }
  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('project')) void this.load();
  }

  private async load(): Promise<void> {
    this.broken = null;
    try {
      const [scope, packages] = await Promise.all([
        this.ctx.api.get<Scope>(`${this.path}/scope`),
        this.ctx.api.get<Page<FullPackage>>(`${this.path}/full-packages`, { query: { limit: 10 } }),
      ]);
      this.flows = scope.data.known;
      this.earlier = packages.data.items;
      const going = this.earlier.find((one) => one.state === 'running' || one.state === 'voiding');
      if (going) void this.follow(going.id);
      if (this.flows.length) await this.chooseFlow(this.flows[0]!.flow);
    } catch (error) {
      this.broken = error;
    }
  }

  private async chooseFlow(flow: string): Promise<void> {
    this.typed = { ...this.typed, flow, learner: '' };
    this.learners = null;
    try {
      const learners = await learnersOf(this.ctx.api, this.ctx.organization, flow);
      if (this.typed.flow === flow) this.learners = learners;
    } catch (error) {
      this.broken = error;
    }
  }

  private async send(): Promise<void> {
    if (this.busy || !this.typed.learner) return;
    this.busy = true;
    this.problem = null;
    const { flow, learner, methodistTestUntiId, storageUrl, bucket, accessKeyId, secretKey } = this.typed;
    const storage = storageUrl || accessKeyId || secretKey ? { storageUrl, accessKeyId, secretKey, ...(bucket ? { bucket } : {}) } : undefined;
    try {
      const answer = await this.ctx.api.post<FullPackage>(
        `${this.path}/stages/2/full-package`,
        { flow: Number(flow), learner: Number(learner), ...(methodistTestUntiId?.trim() ? { methodistTestUntiId: methodistTestUntiId.trim() } : {}), storage },
        { idempotencyKey: newKey() },
      );
      this.typed = { ...this.typed, secretKey: '' };
      this.shown = answer.data;
      await this.follow(answer.data.id);
    } catch (error) {
      this.problem = error;
    } finally {
      this.busy = false;
    }
  }

  private async follow(id: string): Promise<void> {
    const { signal } = this.abort;
    const isFinal = (one: FullPackage) => one.state !== 'running' && one.state !== 'voiding';
    await this.ctx.api.follow<FullPackage>(`${this.path}/full-packages/${id}`, { state: (one) => (this.shown = one), isFinal, signal });
    if (signal.aborted) return;
    if (this.shown) this.ctx.say(`${this.setup.package}: ${this.stateText(this.shown)}`);
    this.earlier = (await this.ctx.api.get<Page<FullPackage>>(`${this.path}/full-packages`, { query: { limit: 10 } })).data.items;
  }

  private async open(id: string): Promise<void> {
    this.problem = null;
    try {
      this.shown = (await this.ctx.api.get<FullPackage>(`${this.path}/full-packages/${id}`)).data;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('#report-title')?.focus();
    } catch (error) {
      this.problem = error;
    }
  }

  private async voidShown(): Promise<void> {
    this.asksVoid = false;
    this.problem = null;
    const id = this.shown!.id;
    try {
      this.shown = (await this.ctx.api.post<FullPackage>(`${this.path}/full-packages/${id}/void`, {})).data;
      await this.follow(id);
    } catch (error) {
      this.problem = error;
    }
  }

  stateText(one: FullPackage): string {
    return this.words.states[one.state] ?? one.stateText;
  }

  override render(): TemplateResult {
    const { ctx, words } = this;
    if (this.broken) return failure(ctx, this.broken, () => void this.load());
    if (!this.flows) return loading(ctx);
    if (!this.flows.length) return html`<p class="muted">${words.noFlows}</p>`;
    return html`<div class="stack">
      <p class="small muted">${words.testOnly}</p>
      ${this.form()}
      ${this.problem && !this.hasFieldFault() ? failure(ctx, this.problem) : nothing}
      ${this.shown
        ? packageReport(ctx, words, this.shown, this.stateText(this.shown), {
            asksVoid: this.asksVoid,
            ask: (asks) => (this.asksVoid = asks),
            doVoid: () => void this.voidShown(),
            root: this.renderRoot as ShadowRoot,
          })
        : nothing}
      ${this.earlier.length
        ? html`<div>
            <h4>${words.earlier}</h4>
            <ul class="plain">
              ${this.earlier.map(
                (one) => html`<li>
                  <button class="btn quiet small" type="button" aria-label=${words.open(ctx.locale.moment(one.createdAt))} @click=${() => void this.open(one.id)}>
                    ${ctx.locale.moment(one.createdAt)}
                  </button>
                  <span class="small muted">unti_id <span class="mono">${one.untiId}</span>, ${this.stateText(one)}</span>
                </li>`,
              )}
            </ul>
          </div>`
        : nothing}
    </div>`;
  }

  private hasFieldFault(): boolean {
    return this.problem instanceof ApiError && (this.problem.problem.errors?.length ?? 0) > 0;
  }

  private form(): TemplateResult {
    const { words, typed, learners } = this;
    const storageOpen = !!(typed.storageUrl || typed.accessKeyId || typed.bucket);
    return html`<div class="fields">
        <div class="field wide">
          <label for="p-flow">${words.flow}</label>
          <div class="select">
            <select class="input" id="p-flow" @change=${(event: Event) => void this.chooseFlow((event.target as HTMLSelectElement).value)}>
              ${this.flows!.map((one) => html`<option value=${one.flow} ?selected=${one.flow === typed.flow}>${one.programme}, ${one.title}</option>`)}
            </select>${icon('chevd', 's')}
          </div>
        </div>
        <div class="field wide">
          <label for="p-learner">${words.learner}</label>
          ${learners === null
            ? loading(this.ctx)
            : learners.learners.length === 0
              ? html`<p class="muted">${words.noLearners}</p>`
              : html`<div class="select">
                    <select class="input" id="p-learner" aria-describedby="p-learner-hint" @change=${(event: Event) => this.type('learner', (event.target as HTMLSelectElement).value)}>
                      <option value="" ?selected=${!typed.learner}>${words.chooseLearner}</option>
                      ${learners.learners.map(
                        (one) => html`<option value=${one.id} ?disabled=${!one.testUntiId} ?selected=${one.id === typed.learner}>${one.name} — ${one.testUntiId || words.noTestId}</option>`,
                      )}</select
                    >${icon('chevd', 's')}
                  </div>
                  <p class="hint" id="p-learner-hint">${learners.more ? words.manyLearners(this.ctx.locale.number(learnersShown)) : nothing}</p>`}
          ${this.faultAt('/learner')}
        </div>
        ${this.text('methodistTestUntiId', words.methodist, words.methodistHint)}
      </div>
      <details class="more" ?open=${storageOpen}>
        <summary>${icon('chev', 's')}${words.storage}</summary>
        <div class="inside stack-s">
          <p class="hint">${words.storageHint}</p>
          <div class="fields">
            ${this.text('storageUrl', this.setup.fieldLabels.storageUrl)} ${this.text('bucket', this.setup.fieldLabels.bucket, this.setup.bucketHint)}
            ${this.text('accessKeyId', this.setup.fieldLabels.accessKeyId)} ${this.text('secretKey', this.setup.fieldLabels.secretKey, '', 'password')}
          </div>
        </div>
      </details>
      <div class="btns">
        <button class="btn" type="button" ?disabled=${!typed.learner} aria-busy=${this.busy ? 'true' : nothing} aria-describedby="p-why" @click=${() => void this.send()}>
          ${this.busy ? html`<span class="spin" aria-hidden="true"></span>${words.sending}` : words.send}
        </button>
        ${typed.learner ? nothing : html`<p class="small muted grow" id="p-why">${words.chooseLearner}</p>`}
      </div>`;
  }

  private type(name: Input, value: string): void {
    this.typed = { ...this.typed, [name]: value };
  }
  private faultAt(...pointers: string[]): TemplateResult | typeof nothing {
    if (!(this.problem instanceof ApiError)) return nothing;
    for (const pointer of pointers) {
      const fault = this.problem.field(pointer);
      if (fault) return faultBlock(this.setup, { reason: fault.reason, fix: fault.fix ?? '' }, `p-err${pointer.replace(/\W/g, '-')}`);
    }
    return nothing;
  }
  private text(name: Input, label: string, hint = '', type = 'text'): TemplateResult {
    return html`<div class="field">
      <label for=${`p-${name}`}>${label}</label>
      <input
        class="input mono" id=${`p-${name}`} type=${type} autocomplete=${type === 'password' ? 'new-password' : 'off'} spellcheck="false"
        inputmode=${name === 'methodistTestUntiId' ? 'numeric' : nothing}
        .value=${this.typed[name] ?? ''} aria-describedby=${hint ? `p-${name}-hint` : nothing}
        @input=${(event: Event) => this.type(name, (event.target as HTMLInputElement).value)}
      />
      ${hint ? html`<p class="hint" id=${`p-${name}-hint`}>${hint}</p>` : nothing} ${this.faultAt(`/${name}`, `/storage/${name}`)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-package': U2035Package;
  }
}
