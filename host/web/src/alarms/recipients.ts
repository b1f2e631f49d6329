import { ApiError } from '@kit/api';
import { failure, loading } from '@kit/element';
import { icon } from '@kit/icons';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { check, field, focusWrong, problemOf } from '../forms';
import { fieldWords } from '../refusals';
import { ShellPart, refused } from '../view';
import './alarm-test';
import { alarmTexts } from './texts';

interface Recipients {
  mails: string[];
  webhook: { url: string; secretSet?: boolean; secretLastFour?: string } | null;
  version: number;
}

/** Who is told of an organization's alarms. The webhook's secret is only ever written. */
@customElement('lms-recipients')
export class RecipientsForm extends ShellPart {
  @property() organization = '';
  @state() private saved: Recipients | null = null;
  @state() private mails = '';
  @state() private url = '';
  @state() private secret = '';
  @state() private withoutSecret = false;
  @state() private broken: unknown = null;
  @state() private problem: unknown = null;
  @state() private conflict = false;
  @state() private busy = false;
  @state() private done = false;
  private etag = '';
  private loadedFor = '';

  private get resource(): string {
    return `/api/v1/organizations/${this.organization}/alarms/recipients`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.loadedFor !== this.organization) {
      this.loadedFor = this.organization;
      void this.load();
    }
  }

  private async load(): Promise<void> {
    this.broken = null;
    try {
      const { data, etag } = await this.ctx.api.get<Recipients>(this.resource);
      this.take(data, etag);
    } catch (error) {
      this.broken = error;
    }
  }

  private take(data: Recipients, etag: string): void {
    this.saved = data;
    this.etag = etag;
    this.mails = data.mails.join('\n');
    this.url = data.webhook?.url ?? '';
    this.secret = '';
    this.withoutSecret = false;
  }

  override render(): TemplateResult {
    const words = alarmTexts[this.ctx.language];
    return html`<section class="panel recipients" aria-labelledby="told">
      <div class="panel-head"><div><h2 id="told">${words.recipients}</h2><p class="small muted">${words.recipientsLead}</p></div></div>
      <div class="panel-body">${this.broken ? failure(this.ctx, this.broken, () => void this.load()) : this.saved ? this.form(this.saved) : loading(this.ctx)}</div>
    </section>`;
  }

  private form(saved: Recipients): TemplateResult {
    const words = alarmTexts[this.ctx.language];
    const hasFields = this.problem instanceof ApiError && Boolean(this.problem.problem.errors?.length);
    const wrong = problemOf(this.problem, '/mails');
    const said = wrong && fieldWords(this.ctx.language, wrong);
    const kept = saved.webhook?.secretSet;
    return html`<form class="form" @submit=${this.submit} novalidate>
      ${this.conflict
        ? html`<div class="note warn" role="alert">${icon('alert')}<div><h3>${words.conflictTitle}</h3><p>${words.conflict}</p><p>${words.nowThere([...saved.mails, saved.webhook?.url ?? ''].filter(Boolean).join(', ') || words.nobody)}</p></div></div>`
        : nothing}
      <div class="field">
        <label for="mails">${words.mails}</label>
        <textarea class="input" id="mails" rows="3" spellcheck="false" autocapitalize="none" .value=${this.mails} aria-invalid=${wrong ? 'true' : nothing} aria-describedby=${wrong ? 'mails-hint mails-wrong' : 'mails-hint'} @input=${(event: InputEvent) => (this.mails = (event.target as HTMLTextAreaElement).value)}></textarea>
        <p class="hint" id="mails-hint">${words.mailsHint}</p>
        ${said ? html`<p class="wrong" id="mails-wrong">${icon('excl', 's')}<span>${said.reason}. ${said.fix}</span></p>` : nothing}
      </div>
      ${field(this.ctx, { id: 'url', label: words.webhookUrl, type: 'url', mono: true, value: this.url, hint: words.webhookHint, problem: problemOf(this.problem, '/webhook/url'), onInput: (url) => (this.url = url) })}
      ${this.url
        ? html`${field(this.ctx, {
            id: 'secret',
            label: words.secret,
            type: 'password',
            autocomplete: 'new-password',
            value: this.secret,
            hint: kept ? words.secretKept(saved.webhook?.secretLastFour ?? '') : words.secretHint,
            problem: problemOf(this.problem, '/webhook/secret'),
            onInput: (secret) => (this.secret = secret),
          })}
          ${kept && !this.secret ? check(this.ctx, { id: 'without', label: words.removeSecret, checked: this.withoutSecret, onChange: (on) => (this.withoutSecret = on) }) : nothing}`
        : nothing}
      ${this.problem && !hasFields ? refused(this.ctx, this.problem) : nothing}
      <div class="form-foot">
        <button class="btn primary" type="submit" aria-busy=${this.busy ? 'true' : nothing}>${this.shell.save}</button>
        ${this.done ? html`<span class="status ok-text">${words.savedText}</span>` : nothing}
      </div>
      <hr class="rule" />
      <lms-alarm-test .ctx=${this.ctx} .resource=${`/api/v1/organizations/${this.organization}/alarms/test`}></lms-alarm-test>
    </form>`;
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    this.conflict = this.done = false;
    const url = this.url.trim();
    const secret = this.secret ? { secret: this.secret } : this.withoutSecret ? { secret: '' } : {};
    const body = { mails: linesOf(this.mails), webhook: url ? { url, ...secret } : null };
    try {
      const { data, etag } = await this.ctx.api.put<Recipients>(this.resource, body, { ifMatch: this.etag });
      this.take(data, etag);
      this.done = true;
      this.ctx.say(alarmTexts[this.ctx.language].savedText);
    } catch (error) {
      this.problem = error;
      if (error instanceof ApiError && error.status === 412) await this.see();
    }
    this.busy = false;
    await this.updateComplete;
    focusWrong(this.renderRoot);
  }

  /** What is there now, beside what is typed. */
  private async see(): Promise<void> {
    try {
      const { data, etag } = await this.ctx.api.get<Recipients>(this.resource);
      this.saved = data;
      this.etag = etag;
      this.problem = null;
      this.conflict = true;
    } catch (error) {
      this.problem = error;
    }
  }
}

/** Addresses, one a line; people also write commas. */
export function linesOf(text: string): string[] {
  return text
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter(Boolean);
}
