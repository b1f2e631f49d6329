/** One contour: what is done, the client, the letter, the trial sign-in. */

import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { ApiError, organizationPath, type FieldProblem } from '@kit/api';
import { copy } from '@kit/clipboard';
import { Part, baseStyle, failure } from '@kit/element';
import { icon, type IconName } from '@kit/icons';
import { listStyle } from '../footprint/lists/list-part';
import type { ProjectCard } from '../footprint/lists/names';
import './client-letter';
import './client-trial';
import ssoCss from './sso.css?inline';
import { bodyOf, faultsOf, steps, stepsOf, type Fields, type StepState } from './steps';
import { texts } from './texts';
import type { Client, Finding } from './types';

const dots: Record<StepState, IconName | null> = { done: 'check', now: null, fail: 'x', wait: null };

@customElement('u2035-sso-client')
export class SsoClient extends Part {
  static override styles = [baseStyle, listStyle, unsafeCSS(ssoCss)];

  @property({ attribute: false }) given!: Client;
  @property({ attribute: false }) projects: ProjectCard[] = [];
  /** It is this contour's turn. */
  @property({ type: Boolean }) next = false;
  @state() private client!: Client;
  @state() private typed: Partial<Record<Fields, string>> = {};
  /** A new secret key is being typed over the one that is kept. */
  @state() private replacing = false;
  /** The letter is open: only then it is asked for. */
  @state() private reading = false;
  @state() private busy = false;
  @state() private wrong: ApiError | null = null;
  @state() private broken: unknown = null;
  @state() private conflict = false;
  @query('dialog') private readonly dialog!: HTMLDialogElement;

  private get words(): (typeof texts)['ru'] {
    return texts[this.ctx.language];
  }
  private get contour(): string {
    return this.words.contours[this.client.contour];
  }
  private get address(): string {
    return `${organizationPath(this.ctx.organization)}/u2035/sso/clients/${this.client.contour}`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('given')) this.client = this.given;
  }

  private value(name: Fields): string {
    const { client, typed } = this;
    if (typed[name] !== undefined) return typed[name];
    if (name === 'clientSecret') return '';
    if (name === 'redirectUri') return client.redirectUri || client.callback;
    return client[name];
  }
  private get isChanged(): boolean {
    const { client } = this;
    return client.revision === 0 || this.value('clientSecret') !== '' || (['clientId', 'redirectUri', 'base'] as const).some((name) => this.value(name) !== client[name]);
  }

  private readonly read = async (): Promise<void> => {
    this.client = (await this.ctx.api.get<Client>(this.address)).data;
  };

  private readonly save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { words } = this;
    if (this.busy) return;
    if (!this.isChanged) {
      this.ctx.say(words.unchanged);
      return;
    }
    this.busy = true;
    this.wrong = null;
    this.broken = null;
    this.conflict = false;
    try {
      const body = bodyOf({ clientId: this.value('clientId').trim(), redirectUri: this.value('redirectUri'), clientSecret: this.value('clientSecret'), base: this.value('base').trim() });
      this.client = (await this.ctx.api.put<Client>(this.address, body, { ifMatch: `"${this.client.revision}"` })).data;
      this.typed = {};
      this.replacing = false;
      this.ctx.say(words.saved);
    } catch (error) {
      if (error instanceof ApiError && error.status === 412) {
        this.conflict = true;
        await this.read().catch((again: unknown) => (this.broken = again));
      } else if (error instanceof ApiError && Object.keys(faultsOf(error)).length > 0) {
        this.wrong = error;
        await this.updateComplete;
        this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      } else this.broken = error;
    }
    this.busy = false;
  };

  private async erase(): Promise<void> {
    this.dialog.close();
    this.broken = null;
    try {
      await this.ctx.api.delete(this.address, { ifMatch: `"${this.client.revision}"` });
      this.ctx.say(this.words.removed);
      this.typed = {};
    } catch (error) {
      if (error instanceof ApiError && error.status === 412) this.conflict = true;
      else this.broken = error;
    }
    await this.read().catch((error: unknown) => (this.broken = error));
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  override render(): TemplateResult {
    const { words, client, contour } = this;
    const { state, tone, mark } = this.standing;
    return html`<section class="panel" aria-label=${contour}>
      <div class="panel-head">
        <h2 tabindex="-1">${contour}</h2>
        <span class="badge ${tone}">${icon(mark)}${state}</span>
        <p class="muted small">${words.contourLead[client.contour]}</p>
      </div>
      <div class="panel-body">
        ${this.trail()} ${this.form()}
        <div class="part">
          <details class="more" ?open=${stepsOf(client).letter === 'now'} @toggle=${(event: Event) => (this.reading = (event.target as HTMLDetailsElement).open)}>
            <summary>${icon('chev', 's')}${words.letter(contour)}</summary>
            ${this.reading ? html`<u2035-sso-letter .ctx=${this.ctx} .client=${client} .projects=${this.projects}></u2035-sso-letter>` : nothing}
          </details>
        </div>
        <div class="part">
          <u2035-sso-trial .ctx=${this.ctx} .client=${client} @look=${() => void this.read().catch((error: unknown) => (this.broken = error))}></u2035-sso-trial>
        </div>
        ${client.revision > 0 ? html`<div class="btns"><button class="btn small danger-quiet" type="button" @click=${this.ask}>${words.remove}</button></div>` : nothing}
      </div>
      <dialog role="alertdialog" aria-labelledby="remove-title" aria-describedby="remove-means">
        <div class="dialog">
          <div class="dialog-head"><span class="sign">${icon('alert')}</span><div><h2 id="remove-title">${words.removeTitle(contour)}</h2><p id="remove-means">${words.removeMeans}</p></div></div>
          <div class="dialog-foot">
            <button class="btn" id="cancel" type="button" @click=${() => this.dialog.close()}>${this.ctx.kit.cancel}</button>
            <button class="btn danger" type="button" @click=${() => void this.erase()}>${words.remove}</button>
          </div>
        </div>
      </dialog>
    </section>`;
  }

  private readonly ask = (): void => {
    this.dialog.showModal();
    this.renderRoot.querySelector<HTMLElement>('#cancel')!.focus();
  };

  private get standing(): { state: string; tone: string; mark: IconName } {
    const { words, client } = this;
    if (!client.configured) return { state: words.notReady, tone: '', mark: 'circle' };
    if (!client.lastCheck) return { state: words.unchecked, tone: 'now', mark: 'half' };
    return client.lastCheck.passed ? { state: words.ready, tone: 'ok', mark: 'check' } : { state: words.broken, tone: 'bad', mark: 'excl' };
  }

  private trail(): TemplateResult {
    const { words } = this;
    const standing = stepsOf(this.client);
    return html`<ol class="trail" aria-label=${words.stepsLabel(this.contour)}>
      ${steps.map((step) => {
        const state = standing[step];
        const mark = dots[state];
        return html`<li data-state=${state === 'now' ? 'next' : state}>
          <span class="dot" aria-hidden="true">${mark ? icon(mark) : nothing}</span><span class="trail-name">${words.step[step]}<span class="sr">: ${words.states[state]}</span></span>
          <span class="trail-note">${words.stepNote[step][state]}</span>
        </li>`;
      })}
    </ol>`;
  }

  private form(): TemplateResult {
    const { words, client } = this;
    const kept = client.secret !== '' && !this.replacing;
    return html`<form class="part form" novalidate @submit=${this.save}>
      ${this.field('clientId')} ${this.field('redirectUri', this.callback())}
      ${kept
        ? html`<div class="field">
            <label for="secret-kept">${words.fields.clientSecret}</label>
            <div class="input-wrap"><input class="input mono saved" id="secret-kept" readonly .value=${words.secretKept(client.secret)} /><button class="peek" type="button" aria-label=${words.changeSecretOf(this.contour)} @click=${() => this.replaceSecret(true)}>${words.changeSecret}</button></div>
          </div>`
        : this.field('clientSecret', client.secret ? html`<button class="btn quiet small" type="button" @click=${() => this.replaceSecret(false)}>${words.keepSecret}</button>` : nothing)}
      <details class="more" ?open=${Boolean(this.wrong?.field('/base'))}><summary>${icon('chev', 's')}${words.more}</summary>${this.field('base')}</details>
      ${this.conflict ? html`<div class="note warn" role="alert">${icon('users')}<p>${words.conflict}</p></div>` : nothing}
      ${this.broken ? failure(this.ctx, this.broken) : nothing}
      <div class="btns">
        <button class="btn ${this.isChanged && (this.next || Object.keys(this.typed).length > 0) ? 'primary' : ''}" type="submit" aria-disabled=${this.isChanged ? nothing : 'true'} aria-busy=${this.busy ? 'true' : nothing} aria-describedby=${this.isChanged ? nothing : 'unchanged'}>
          ${this.busy ? html`<span class="spin" aria-hidden="true"></span>${words.saving}` : words.save}
        </button>
        ${this.isChanged ? nothing : html`<span class="grow small muted" id="unchanged">${words.unchanged}</span>`}
      </div>
    </form>`;
  }

  private replaceSecret(on: boolean): void {
    this.replacing = on;
    this.typed = { ...this.typed, clientSecret: undefined };
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(on ? '#clientSecret' : '.peek')?.focus());
  }

  private field(name: Fields, below: unknown = nothing): TemplateResult {
    const { words } = this;
    const fault = faultsOf(this.wrong)[name];
    return html`<div class="field">
      <label for=${name}>${words.fields[name]}</label>
      <input
        class="input mono"
        id=${name}
        type=${name === 'clientSecret' ? 'password' : 'text'}
        autocomplete=${name === 'clientSecret' ? 'new-password' : 'off'}
        autocapitalize="off"
        spellcheck="false"
        .value=${live(this.value(name))}
        aria-invalid=${fault ? 'true' : nothing}
        aria-describedby=${fault ? `${name}-says ${name}-err` : `${name}-says`}
        @input=${(event: Event) => (this.typed = { ...this.typed, [name]: (event.target as HTMLInputElement).value })}
      />
      <p class="hint" id=${`${name}-says`}>${words.hints[name]}</p>
      ${fault ? this.fault(name, fault) : nothing} ${below}
    </div>`;
  }

  private fault(name: Fields, fault: FieldProblem): TemplateResult {
    const { words } = this;
    return html`<div class="field-error" id=${`${name}-err`} role="alert">
      <dl class="cause"><dt>${words.cause}</dt><dd>${words.subject(words.fields[name].split(',')[0]!, fault.reason)}</dd>${fault.fix ? html`<dt>${words.fix}</dt><dd>${fault.fix}</dd>` : nothing}</dl>
    </div>`;
  }

  /** This server's callback, and where the saved address differs from it or is odd by itself. */
  private callback(): TemplateResult {
    const { words, client } = this;
    return html`<div class="callback">
        ${this.value('redirectUri') === client.callback ? html`<span>${words.isCallback}</span>` : html`<span>${words.callbackIs}:</span>`} <code id="callback" class=${this.value('redirectUri') === client.callback ? 'sr' : ''}>${client.callback}</code>
        <button class="btn quiet small icon" type="button" aria-label=${words.copyCallback} title=${words.copyCallback} @click=${() => void this.copyCallback()}>${icon('copy', 's')}</button>
        ${this.value('redirectUri') === client.callback ? nothing : html`<button class="btn small" type="button" @click=${() => (this.typed = { ...this.typed, redirectUri: client.callback })}>${words.useCallback}</button>`}
      </div>
      ${this.typed.redirectUri === undefined && client.findings.length > 0
        ? html`<ul class="stack-s" aria-label=${words.findings}>${client.findings.map((one) => this.finding(one))}</ul>`
        : nothing}`;
  }

  private finding(one: Finding): TemplateResult {
    return html`<li class=${one.wrong ? 'finding bad' : 'finding'}>${icon(one.wrong ? 'excl' : 'alert')}<div><p class="strong">${this.words.subject('redirect_uri:', one.reason)}.</p><p>${one.fix}</p></div></li>`;
  }

  private async copyCallback(): Promise<void> {
    const done = await copy(this.client.callback, this.renderRoot.querySelector<HTMLElement>('#callback'));
    this.ctx.say(done === 'copied' ? this.ctx.kit.copied : this.words.selected);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-sso-client': SsoClient;
  }
}
