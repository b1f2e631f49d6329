/** «Переотправить в промышленный контур»: counts first, then a person confirms the very number. Events: `closed`, `started` {run}. */

import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { ApiError, newKey, organizationPath } from '@kit/api';
import { Part, baseStyle, failure, loading } from '@kit/element';
import { icon } from '@kit/icons';
import { codeName, kindName } from '../lists/codes';
import type { IntegrationCard, Resend } from './model';
import morningCss from './morning.css?inline';
import { texts } from './texts';

@customElement('u2035-resend-dialog')
export class ResendDialog extends Part {
  static override styles = [baseStyle, unsafeCSS(morningCss)];

  /** Active integrations. */
  @property({ attribute: false }) projects: IntegrationCard[] = [];
  @state() private project = '';
  @state() private plan: Resend | null = null;
  @state() private changed = false;
  @state() private busy = false;
  @state() private error: unknown = null;
  @query('dialog') private dialog!: HTMLDialogElement;
  private key = '';

  private get path(): string {
    return `${organizationPath(this.ctx.organization)}/u2035/resend`;
  }

  protected override firstUpdated(): void {
    this.dialog.showModal();
    this.choose(this.projects[0]?.project ?? '');
  }

  private choose(project: string): void {
    this.project = project;
    void this.count();
  }

  private async count(): Promise<void> {
    const asked = this.project;
    this.plan = this.error = null;
    this.changed = false;
    if (!asked) return;
    try {
      const { data } = await this.ctx.api.post<Resend>(this.path, { project: asked, dryRun: true });
      if (asked !== this.project) return;
      this.plan = data;
      this.key = newKey();
    } catch (error) {
      if (asked === this.project) this.error = error;
    }
  }

  override render(): TemplateResult {
    const t = texts[this.ctx.language];
    const { plan } = this;
    const none = plan !== null && plan.expected === 0;
    return html`<dialog class="dialog" aria-labelledby="again" @close=${() => this.dispatchEvent(new CustomEvent('closed'))}>
      <div class="dialog-head">
        <span class="sign calm" aria-hidden="true">${icon('refresh')}</span>
        <div>
          <h2 id="again">${t.again.title}</h2>
          <p>${t.again.lead}</p>
        </div>
      </div>
      <div class="dialog-body">
        ${this.projects.length > 1
          ? html`<fieldset>
              <legend>${t.again.project}</legend>
              ${this.projects.map((one) => html`<label class="pick-line"><input type="radio" name="project" .checked=${one.project === this.project} @change=${() => this.choose(one.project)} /> ${one.title}</label>`)}
            </fieldset>`
          : nothing}
        ${this.changed ? html`<div class="note warn" role="alert">${icon('alert')}<p>${t.again.changed}</p></div>` : nothing}
        ${this.error ? failure(this.ctx, this.error, () => void this.count()) : plan ? (none ? html`<p>${t.again.nothing}</p>` : this.numbers(plan)) : loading(this.ctx)}
      </div>
      <div class="dialog-foot">
        <button class="btn" type="button" @click=${() => this.dialog.close()}>${t.cancel}</button>
        ${plan
          ? html`<button class="btn primary" type="button" aria-busy=${this.busy ? 'true' : nothing} aria-disabled=${none ? 'true' : nothing} aria-describedby=${none ? 'none' : nothing} @click=${this.send}>${t.again.confirm(plan.expected, this.ctx.locale)}</button>
              ${none ? html`<p class="hint" id="none">${t.again.nothingWhy}</p>` : nothing}`
          : nothing}
      </div>
    </dialog>`;
  }

  private numbers(plan: Resend): TemplateResult {
    const t = texts[this.ctx.language];
    const { locale, language } = this.ctx;
    const cannot = Object.entries(plan.total.cannot).sort((a, b) => b[1] - a[1]);
    return html`<dl class="facts">
        <dt>${t.again.expected}</dt><dd class="num"><b>${locale.number(plan.expected)}</b></dd>
        <dt>${t.again.canGo}</dt><dd class="num">${locale.number(plan.total.canGo)}</dd>
        <dt>${t.again.cannot}</dt>
        <dd class="num">${locale.number(cannot.reduce((all, [, n]) => all + n, 0))}${cannot.length > 0 ? html` <span class="chips">${cannot.map(([code, n]) => html`<span class="chip">${codeName(language, code)} <b>${locale.number(n)}</b></span>`)}</span>` : nothing}</dd>
        <dt>${t.again.notPlanned}</dt><dd class="num">${locale.number(plan.total.notPlanned)} <span class="faint wrap">${t.again.notPlannedWhy}</span></dd>
      </dl>
      ${plan.complete ? nothing : html`<div class="note warn">${icon('alert')}<p>${t.again.partial}</p></div>`}
      ${plan.byKind.length > 0
        ? html`<div class="scroll-in" role="region" tabindex="0" aria-label=${t.dry.byKind}><table class="small-table">
            <thead><tr><th scope="col">${t.dry.kind}</th><th scope="col" class="r">${t.again.expected}</th><th scope="col" class="r">${t.again.canGo}</th></tr></thead>
            <tbody>${plan.byKind.map((one) => html`<tr><td>${kindName(language, one.kind)}</td><td class="r num">${locale.number(one.testOnly)}</td><td class="r num">${locale.number(one.canGo)}</td></tr>`)}</tbody>
          </table></div>`
        : nothing}`;
  }

  private readonly send = async (): Promise<void> => {
    const { plan } = this;
    if (!plan || plan.expected === 0 || this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      const { data } = await this.ctx.api.post<Resend>(this.path, { project: this.project, expected: plan.expected }, { idempotencyKey: this.key });
      this.dispatchEvent(new CustomEvent<{ run: string }>('started', { detail: { run: data.run?.split('/').pop() ?? '' } }));
      this.dialog.close();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'resend.counts-changed') {
        // The present numbers come with the refusal; without them they are counted anew.
        await this.count();
        this.changed = true;
      } else this.error = error;
    }
    this.busy = false;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-resend-dialog': ResendDialog;
  }
}
