import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiError, organizationPath } from '@kit/api';
import { Part, baseStyle, failure } from '@kit/element';
import { icon } from '@kit/icons';
import type { MissingFact } from '../model';
import wizardCss from '../wizard.css?inline';
import { faultBlock } from './fields';
import { texts, type SetupTexts } from './texts';

type Organization = Record<string, unknown>;

/** Facts that a letter lacks: named, and filled in on the spot where they are the organisation's. Event: filled. */
@customElement('u2035-missing')
export class U2035Missing extends Part {
  static override styles = [baseStyle, unsafeCSS(wizardCss)];

  @property({ attribute: false }) missing: MissingFact[] = [];
  /** The text around it says already that a request with parts missing takes longer. */
  @property({ type: Boolean }) told = false;
  @state() private typed: Record<string, string> = {};
  @state() private saving = '';
  @state() private problem: unknown = null;
  @state() private failedField = '';

  private get words(): SetupTexts {
    return texts[this.ctx.language];
  }
  private titleOf(fact: MissingFact): string {
    return this.words.facts[fact.name] ?? fact.title;
  }

  private async fill(fact: MissingFact): Promise<void> {
    const name = fact.pointer.slice(1);
    const value = (this.typed[name] ?? '').trim();
    if (!value) {
      this.renderRoot.querySelector<HTMLElement>(`#m-${name}`)?.focus();
      return;
    }
    if (this.saving) return;
    this.saving = name;
    this.problem = null;
    this.failedField = '';
    const path = organizationPath(this.ctx.organization);
    try {
      const now = await this.ctx.api.get<Organization>(path);
      await this.ctx.api.put<Organization>(path, { ...now.data, [name]: value }, { ifMatch: now.etag });
      this.ctx.say(this.words.filled(this.titleOf(fact)));
      this.dispatchEvent(new CustomEvent('filled'));
    } catch (error) {
      this.problem = error;
      this.failedField = name;
      // Somebody else may have filled it in: the letter shows how it stands.
      if (error instanceof ApiError && error.status === 412) this.dispatchEvent(new CustomEvent('filled'));
    } finally {
      this.saving = '';
    }
  }

  override render(): TemplateResult {
    const { words, missing } = this;
    const own = missing.filter((fact) => fact.pointer.startsWith('/'));
    const elsewhere = missing.filter((fact) => !fact.pointer.startsWith('/'));
    return html`<div class="note warn">
      ${icon('alert')}
      <div class="stack-s">
        <div>
          <h3>${words.isMissing(missing.length)}</h3>
          <p>${this.told ? nothing : `${words.missingSpeed} `}${own.length ? words.missingFill : nothing}</p>
        </div>
        ${own.map((fact) => this.field(fact))}
        ${elsewhere.map((fact) => html`<p>${words.missingElsewhere(this.titleOf(fact), words.places[fact.where] ?? fact.where)}</p>`)}
        ${this.outcome()}
      </div>
    </div>`;
  }

  private field(fact: MissingFact): TemplateResult {
    const { words } = this;
    const name = fact.pointer.slice(1);
    const fault = this.failedField === name && this.problem instanceof ApiError ? this.problem.field(fact.pointer) : undefined;
    const isMail = name.endsWith('Email');
    return html`<div class="field">
      <label for=${`m-${name}`}>${this.titleOf(fact)}</label>
      <div class="input-row">
        <input
          class="input"
          id=${`m-${name}`}
          type=${isMail ? 'email' : 'text'}
          autocomplete=${isMail ? 'email' : name === 'legalName' ? 'organization' : 'off'}
          .value=${this.typed[name] ?? ''}
          aria-invalid=${fault ? 'true' : nothing}
          aria-describedby=${fault ? `m-${name}-err` : nothing}
          @input=${(event: Event) => (this.typed = { ...this.typed, [name]: (event.target as HTMLInputElement).value })}
          @keydown=${(event: KeyboardEvent) => {
            if (event.key === 'Enter' && !event.isComposing) void this.fill(fact);
          }}
        />
        <button class="btn" type="button" aria-label=${`${words.fill}: ${this.titleOf(fact)}`} aria-busy=${this.saving === name ? 'true' : nothing} @click=${() => void this.fill(fact)}>
          ${this.saving === name ? words.filling : words.fill}
        </button>
      </div>
      ${fault ? faultBlock(words, { reason: fault.reason, fix: fault.fix ?? '' }, `m-${name}-err`) : nothing}
    </div>`;
  }

  private outcome(): TemplateResult | typeof nothing {
    const { problem, words } = this;
    if (!problem) return nothing;
    if (problem instanceof ApiError) {
      if (problem.status === 412) return html`<p role="alert">${words.fillConflict}</p>`;
      if (problem.status === 403) return html`<p role="alert">${words.missingMayNot}</p>`;
      if (problem.field(`/${this.failedField}`)) return nothing;
    }
    return failure(this.ctx, problem);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-missing': U2035Missing;
  }
}
