import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiError } from '@kit/api';
import { Part, baseStyle, failure, loading } from '@kit/element';
import { icon } from '@kit/icons';
import { IntegrationClient, currentOf, isWizard } from '../client';
import type { Card, Check, Wizard } from '../model';
import { emptyDraft, failedStep, faultsOf, fieldsOf, type Draft, type Faults, type Field } from '../rules';
import { checkBoxes } from '../setup/check-box';
import { basicFields, faultBlock, field, type FieldHost } from '../setup/fields';
import { texts as setupTexts } from '../setup/texts';
import wizardCss from '../wizard.css?inline';
import { texts, type CardsTexts } from './texts';

type Credential = 'basic' | 's3';

/** The body of credentials/replace, and what is missing for it. */
export function replaceBody(credential: Credential, draft: Draft, storedUserId = ''): { body: Record<string, string>; missing: Field[] } {
  const wanted: Field[] = credential === 's3' ? ['accessKeyId', 'secretKey'] : draft.mode === 'basic' ? ['basic'] : ['key', 'secret'];
  const optional: Field[] = credential === 's3' ? ['userId'] : [];
  const body: Record<string, string> = { credential };
  const typed = (name: Field) => (draft.values[name] ?? '').trim();
  for (const name of wanted) if (typed(name)) body[name] = typed(name);
  // What is left alone stays as it is stored, whoever stored it meanwhile.
  for (const name of optional) if (typed(name) && typed(name) !== storedUserId) body[name] = typed(name);
  return { body, missing: wanted.filter((name) => !typed(name)) };
}

/** «Заменить ключ»: the new one is checked, then swapped. Events: replaced, closed. */
@customElement('u2035-replace')
export class U2035Replace extends Part {
  static override styles = [baseStyle, unsafeCSS(wizardCss)];

  @property({ attribute: false }) card!: Card;
  @state() private wizard: Wizard | null = null;
  @state() private credential: Credential = 'basic';
  @state() private draft = emptyDraft();
  @state() private faults: Faults = {};
  @state() private revealed: ReadonlySet<Field> = new Set();
  @state() private check: Check | null = null;
  @state() private busy = false;
  @state() private problem: unknown = null;
  @state() private conflict = false;
  @state() private now = Date.now();
  private abort = new AbortController();

  private get words(): CardsTexts {
    return texts[this.ctx.language];
  }
  private get client(): IntegrationClient {
    return new IntegrationClient(this.ctx.api, this.ctx.organization, this.card.project);
  }
  private get dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  protected override firstUpdated(): void {
    this.dialog.showModal();
    void this.load();
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.abort.abort();
  }

  private async load(): Promise<void> {
    try {
      const isFirst = !this.wizard;
      this.wizard = (await this.client.read()).data;
      if (!isFirst) return;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('input')?.focus();
    } catch (error) {
      this.problem = error;
    }
  }

  private async replace(): Promise<void> {
    const { body, missing } = replaceBody(this.credential, this.draft, this.wizard?.credentials.storage?.userId);
    if (this.busy || !this.wizard) return;
    if (missing.length) {
      this.renderRoot.querySelector<HTMLElement>(`#f-${missing[0]}`)?.focus();
      return;
    }
    this.busy = true;
    this.problem = null;
    this.conflict = false;
    this.faults = {};
    const clock = window.setInterval(() => (this.now = Date.now()), 1000);
    try {
      this.check = (await this.client.replace(this.wizard.version, body)).data;
      await this.client.follow(this.check.id, (check) => (this.check = check), this.abort.signal);
      await this.ended();
    } catch (error) {
      const current = currentOf<Wizard>(error);
      if (error instanceof ApiError && error.status === 412 && isWizard(current)) {
        this.wizard = current;
        this.conflict = true;
      } else {
        this.faults = faultsOf(error, this.draft.mode === 'pair');
        if (!Object.keys(this.faults).length) this.problem = error;
      }
    } finally {
      window.clearInterval(clock);
      this.busy = false;
    }
  }

  private async ended(): Promise<void> {
    const check = this.check!;
    await this.load();
    this.busy = false;
    const step = failedStep(check);
    if (check.state === 'passed') {
      this.draft = emptyDraft();
      this.revealed = new Set();
      this.dispatchEvent(new CustomEvent('replaced'));
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('.finish')?.focus();
    } else if (step) {
      const fault = { title: this.setup.failedStep(step.title || step.name), observed: step.observed, reason: step.cause, fix: step.fix };
      this.faults = Object.fromEntries(fieldsOf(step, { pair: this.draft.mode === 'pair', endpoint: false }).map((name) => [name, fault]));
    }
  }

  private get setup() {
    return setupTexts[this.ctx.language];
  }
  private get fieldHost(): FieldHost {
    return {
      words: this.setup,
      draft: this.draft,
      faults: this.faults,
      revealed: this.revealed,
      locked: this.busy,
      input: (name, value) => {
        this.draft = { ...this.draft, values: { ...this.draft.values, [name]: value } };
        this.faults = { ...this.faults, [name]: undefined };
      },
      reveal: (name) => {
        const next = new Set(this.revealed);
        if (!next.delete(name)) next.add(name);
        this.revealed = next;
      },
      setMode: (mode) => (this.draft = { ...this.draft, mode }),
      submit: () => void this.replace(),
    };
  }

  override render(): TemplateResult {
    const { ctx, words, wizard, check } = this;
    const passed = check?.state === 'passed' && !this.busy;
    return html`<dialog class="dialog" aria-labelledby="rep-title" aria-describedby="rep-lead" @close=${() => this.dispatchEvent(new CustomEvent('closed'))}>
      <div class="dialog-head plain-head"><h2 id="rep-title">${words.replaceTitle(this.card.title)}</h2><p id="rep-lead">${words.replaceLead}</p></div>
      <div class="dialog-body">
        ${passed
          ? html`<div class="note ok" role="status">${icon('okc')}<div><h3>${words.replaced}</h3><p>${words.replacedText}</p></div></div>`
          : wizard
            ? this.form(wizard)
            : this.problem
              ? nothing
              : loading(ctx)}
        ${check ? html`${this.failedNote(check)}${checkBoxes({ ctx, words: this.setup, check, withStorage: check.purpose === 'replace-storage', now: this.now })}` : nothing}
        ${this.conflict ? html`<div class="note warn" role="alert">${icon('users')}<p>${words.changedMeanwhile}</p></div>` : nothing}
        ${this.problem ? failure(ctx, this.problem) : nothing}
      </div>
      <div class="dialog-foot">
        ${passed
          ? html`<button class="btn primary finish" type="button" @click=${() => this.dialog.close()}>${words.done}</button>`
          : html`<button class="btn" type="button" @click=${() => this.dialog.close()}>${ctx.kit.cancel}</button>
              <button class="btn primary" type="button" ?disabled=${!wizard} aria-busy=${this.busy ? 'true' : nothing} @click=${() => void this.replace()}>
                ${this.busy ? html`<span class="spin" aria-hidden="true"></span>${this.setup.checking}` : words.replaceDo}
              </button>`}
      </div>
    </dialog>`;
  }

  private failedNote(check: Check): TemplateResult | typeof nothing {
    const step = failedStep(check);
    if (!step || this.busy) return nothing;
    return html`<p class="warn-text strong">${this.words.replaceFailed}</p>
      ${Object.values(this.faults).some(Boolean)
        ? nothing
        : faultBlock(this.setup, { title: this.setup.failedStep(step.title || step.name), observed: step.observed, reason: step.cause, fix: step.fix }, 'replace-fault')}`;
  }

  private form(wizard: Wizard): TemplateResult {
    const { words } = this;
    const { productionBasic, storage } = wizard.credentials;
    const choose = (credential: Credential) => {
      this.credential = credential;
      this.draft = emptyDraft();
      this.faults = {};
      this.check = null;
    };
    const option = (value: Credential, title: string, four: string) => html`<label class="choice boxed">
      <input type="radio" name="credential" value=${value} .checked=${this.credential === value} ?disabled=${this.busy} @change=${() => choose(value)} />
      <span><b>${title}</b><small class="mono">${words.nowSaved(four)}</small></span>
    </label>`;
    const host = this.fieldHost;
    return html`<fieldset class="stack-s">
        <legend class="group-title">${words.which}</legend>
        ${option('basic', words.whichBasic, productionBasic?.lastFour ?? '—')}
        ${storage ? option('s3', words.whichStorage, storage.secretKey?.lastFour ?? '—') : nothing}
      </fieldset>
      ${this.credential === 'basic'
        ? basicFields(host, this.setup.basicLabel[4]!)
        : html`<div class="fields">
            ${field(host, { name: 'accessKeyId', wide: true })} ${field(host, { name: 'secretKey', secret: true, wide: true })}
            ${field(host, { name: 'userId', label: words.userIdOptional, wide: true })}
          </div>`}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-replace': U2035Replace;
  }
}
