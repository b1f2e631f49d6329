/** One reflection: what the checks found, the text it resembles beside it, and a person's decision. */

import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { ApiError } from '@kit/api';
import { wordsOf } from '@kit/element';
import { icon } from '@kit/icons';
import { codeTitle } from '../lists/codes';
import { ListPart, crumbs } from '../lists/list-part';
import { whoOf } from '../lists/row-names';
import { may, roleOf, type Role } from '../lists/role';
import { texts as listTexts } from '../lists/texts';
import './compare';
import { keysOn, switchKeys, verdictOf, type Verdict } from './keys';
import { Queue, keepQueue, keptQueue, waiting } from './queue';
import css from './reflections.css?inline';
import { placeOf, standingBadge } from './row';
import { texts } from './texts';
import type { ReflectionDetail } from './types';

const longest = 2000;

interface Held {
  items: { record: { kind: string; id: string } }[];
}

@customElement('u2035-reflection')
export class ReflectionView extends ListPart {
  static override styles = [...ListPart.styles, unsafeCSS(css)];

  @state() private one: ReflectionDetail | null = null;
  @state() private who = { name: '', place: '' };
  @state() private isHeld = false;
  @state() private comment = '';
  @state() private fault = '';
  @state() private saving: Verdict | null = null;
  @state() private notSaved: unknown = null;
  @state() private keys = keysOn();
  @state() private asker: Role | null = null;
  @query('textarea') private readonly field!: HTMLTextAreaElement | null;
  private etag = '';
  private queue: Queue | null = null;

  protected override get forbidden(): string {
    return texts[this.ctx.language].forbidden;
  }

  protected override async fetch(signal: AbortSignal): Promise<void> {
    this.comment = '';
    this.fault = '';
    this.notSaved = null;
    this.isHeld = false;
    const id = this.path;
    const answer = await this.ctx.api.get<ReflectionDetail>(`${this.base}/reflections/${encodeURIComponent(id)}`, { signal });
    const one = answer.data;
    const [role, held] = await Promise.all([
      roleOf(this.ctx),
      this.held(one, signal),
      this.lineUp(id, signal),
    ]);
    if (signal.aborted) return;
    this.etag = answer.etag;
    this.one = one;
    this.who = { name: whoOf(this.ctx, one, ''), place: placeOf(this.ctx, one) };
    this.asker = role;
    this.isHeld = held;
  }

  /** Not every project's profile holds what looks wrong, so the list of what can't go is asked. */
  private async held(one: ReflectionDetail, signal: AbortSignal): Promise<boolean> {
    try {
      const query = { learner: one.learner, kind: 'learner.reflection', limit: 1000 };
      const rows = (await this.ctx.api.get<Held>(`${this.base}/unsendable`, { query, signal })).data.items;
      return rows.some((row) => row.record.kind === 'reflection' && row.record.id === one.id);
    } catch {
      return false;
    }
  }

  private async lineUp(id: string, signal: AbortSignal): Promise<void> {
    let queue = keptQueue(this.ctx.organization) ?? new Queue(waiting);
    if (!queue.has(id)) {
      queue = new Queue(queue.filter);
      await queue.load(this.ctx.api, this.base, signal);
    }
    this.queue = keepQueue(this.ctx.organization, queue);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.key);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.key);
  }

  private readonly key = (event: KeyboardEvent): void => {
    if (!this.keys || !this.ready) return;
    const verdict = verdictOf(event, event.composedPath()[0]);
    if (!verdict) return;
    event.preventDefault();
    void this.decide(verdict);
  };

  /** Why there can be no decision; empty when there can. */
  private get barred(): string {
    const words = texts[this.ctx.language];
    if (!may(this.asker, 'methodist')) return listTexts[this.ctx.language].needs.methodist;
    if (this.one?.text === null) return words.textGone;
    return this.one?.changed ? words.changedWhy : '';
  }

  private async decide(verdict: Verdict): Promise<void> {
    const { one, ctx } = this;
    const words = texts[ctx.language];
    if (!one || this.saving) return;
    if (verdict === 'later') {
      this.move(this.queue?.after(one.id) ?? null, words.said.later);
      return;
    }
    if (this.barred) {
      ctx.say(this.barred, true);
      return;
    }
    const comment = this.comment.trim();
    this.fault = comment === '' ? words.commentMissing : comment.length > longest ? words.commentLong(ctx.locale, comment.length - longest) : '';
    if (this.fault) {
      await this.updateComplete;
      this.field?.focus();
      return;
    }
    this.saving = verdict;
    this.notSaved = null;
    try {
      await ctx.api.post(`${this.base}/reflections/${one.id}/judgement`, { decision: verdict, comment }, { ifMatch: this.etag });
      this.move(this.queue?.done(one.id) ?? null, words.said[verdict]);
    } catch (error) {
      this.notSaved = error;
      if (error instanceof ApiError && error.status === 412) await this.takeCurrent();
    }
    this.saving = null;
  }

  /** Somebody was faster, or the text is another by now: it is shown as it stands, what was written stays. */
  private async takeCurrent(): Promise<void> {
    try {
      const answer = await this.ctx.api.get<ReflectionDetail>(`${this.base}/reflections/${this.path}`);
      this.one = answer.data;
      this.etag = answer.etag;
    } catch (error) {
      this.failed = error;
    }
  }

  private move(next: string | null, said: string): void {
    const words = texts[this.ctx.language];
    const { queue, ctx } = this;
    ctx.say(next && queue ? `${said} ${words.saidNext(ctx.locale, queue.place(next), queue.size)}` : `${said} ${words.saidEnd}`);
    ctx.go(next ? `reflections/${next}` : 'reflections');
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const one = this.ready ? this.one : null;
    const title = !one ? words.reflection : one.checks[0] ? codeTitle(this.ctx.language, one.checks[0].code) : words.reflection;
    return html`${crumbs(this.ctx, listTexts[this.ctx.language].way, [{ path: 'reflections', title: words.title }, { title: words.onReview }])}
      <header class="page-head">
        <div class="head-main">
          <div class="title-line"><h1 tabindex="-1">${title}</h1>${one ? standingBadge(this.ctx, one) : nothing}</div>
        </div>
        ${one ? this.places(one) : nothing}
      </header>
      ${this.body(() => this.view(this.one!))}`;
  }

  private places(one: ReflectionDetail): TemplateResult | typeof nothing {
    const words = texts[this.ctx.language];
    const { queue } = this;
    const place = queue?.place(one.id) ?? 0;
    if (!queue || place === 0) return nothing;
    const step = (label: string, shape: 'left' | 'right', id: string | null) =>
      html`<button class="btn icon" type="button" aria-label=${label} ?disabled=${!id} @click=${() => id && this.ctx.go(`reflections/${id}`)}>${icon(shape)}</button>`;
    return html`<div class="queue" role="group" aria-label=${words.queue}>
      ${step(words.previous, 'left', queue.before(one.id))}
      <span class="num muted">${words.placeOf(this.ctx.locale, place, queue.size, queue.isPart)}</span>
      ${step(words.next, 'right', queue.after(one.id))}
    </div>`;
  }

  private view(one: ReflectionDetail): TemplateResult {
    const words = texts[this.ctx.language];
    return html`${one.changed
        ? html`<div class="note warn wide-note">${icon('alert')}<div><h2 class="small strong">${words.changedTitle}</h2><p>${words.changedWhy}</p></div></div>`
        : nothing}
      <section class="panel" aria-label=${words.compare}>
        <u2035-compare .ctx=${this.ctx} .one=${one} .name=${this.who.name} .place=${this.who.place}></u2035-compare>
        ${one.findings.length > 0
          ? html`<div class="findings">
              <h2>${words.findings}</h2>
              <ul class="stack-s">
                ${one.findings.map((finding) => html`<li>${icon('alert')}<div><p>${finding.reason ?? finding.code}</p>${finding.fix ? html`<p>${finding.fix}</p>` : nothing}</div></li>`)}
              </ul>
            </div>`
          : nothing}
        ${this.verdict(one)}
      </section>`;
  }

  private verdict(one: ReflectionDetail): TemplateResult {
    const words = texts[this.ctx.language];
    const { barred, ctx } = this;
    const off = barred ? 'true' : 'false';
    const failed = this.notSaved ? wordsOf(ctx.kit, this.notSaved) : null;
    const spinning = (verdict: Verdict, shape: 'check' | 'refresh') => (this.saving === verdict ? html`<span class="spin" aria-hidden="true"></span>` : icon(shape));
    const key = (n: number) => (this.keys ? html`<span class="kbd" aria-hidden="true">${n}</span>` : nothing);
    return html`<div class="verdict">
      ${one.judgement
        ? html`<div class="note ${one.judgement.decision === 'accept' ? 'ok' : 'warn'}">
            ${icon(one.judgement.decision === 'accept' ? 'okc' : 'refresh')}
            <div><p class="strong">${words.judged(words.judgedWord[one.judgement.decision], one.judgement.by, ctx.locale.moment(one.judgement.at))}</p>
              <p>${one.judgement.comment}</p><p class="small muted">${words.judgeAgain}</p></div>
          </div>`
        : nothing}
      ${failed ? html`<div class="note bad" role="alert">${icon('excl')}<div><h3>${words.failedToSave}. ${failed.title}</h3>${failed.detail ? html`<p>${failed.detail}</p>` : nothing}<p>${failed.fix}</p></div></div>` : nothing}
      <div class="field">
        <label for="comment">${words.comment} <span class="label-hint">${words.commentHint}</span></label>
        <textarea
          class="input"
          id="comment"
          rows="2"
          .value=${this.comment}
          ?readonly=${barred !== ''}
          aria-invalid=${this.fault ? 'true' : 'false'}
          aria-describedby=${this.fault ? 'fault' : nothing}
          @input=${(event: Event) => {
            this.comment = (event.target as HTMLTextAreaElement).value;
            this.fault = '';
          }}
        ></textarea>
        ${this.fault ? html`<p class="field-error bad-text" id="fault" role="alert">${this.fault}</p>` : nothing}
      </div>
      <div class="btns">
        <button class="btn primary" type="button" aria-disabled=${off} aria-busy=${this.saving === 'accept' ? 'true' : 'false'} aria-describedby="says" @click=${() => void this.decide('accept')}>
          ${spinning('accept', 'check')}${words.accept} ${key(1)}
        </button>
        <button class="btn danger-quiet" type="button" aria-disabled=${off} aria-busy=${this.saving === 'hold' ? 'true' : 'false'} aria-describedby="says" @click=${() => void this.decide('hold')}>
          ${spinning('hold', 'refresh')}${words.hold} ${key(2)}
        </button>
        <button class="btn quiet" type="button" @click=${() => void this.decide('later')}>${words.laterButton} ${key(3)}</button>
        <span class="grow small muted" id="says">${barred || (this.isHeld && !one.judgement ? words.notSent : words.acceptMeans)}</span>
      </div>
      <div class="keys">
        <label class="pick">
          <input
            type="checkbox"
            .checked=${this.keys}
            @change=${(event: Event) => {
              this.keys = (event.target as HTMLInputElement).checked;
              switchKeys(this.keys);
            }}
          />${words.keys}
        </label>
        <span class="faint">${words.keysHint}</span>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-reflection': ReflectionView;
  }
}
