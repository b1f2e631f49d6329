/** One who signed in: both sides, and a person's word. Event: decided. */

import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { until } from 'lit/directives/until.js';
import { ApiError, type Answer } from '@kit/api';
import { failure } from '@kit/element';
import { icon } from '@kit/icons';
import { personOf } from '@kit/session';
import { ListPart, crumbs } from '../footprint/lists/list-part';
import { joinMarks } from './joins';
import ssoCss from './sso.css?inline';
import { texts } from './texts';
import type { Join } from './types';

type Act = 'accept' | 'dismiss' | 'unlink';

@customElement('u2035-sso-join')
export class SsoJoin extends ListPart {
  static override styles = [...ListPart.styles, unsafeCSS(ssoCss)];

  @state() private join: Join | null = null;
  @state() private asking: Act = 'accept';
  @state() private busy = false;
  @state() private wrong: unknown = null;
  @state() private changed = false;
  @state() private done: Act | null = null;
  @query('dialog') private readonly dialog!: HTMLDialogElement;
  private etag = '';

  protected override get forbidden(): string {
    return texts[this.ctx.language].forbidden;
  }
  private get address(): string {
    return `${this.base}/sso/joins/${encodeURIComponent(this.path)}`;
  }

  protected override async fetch(signal: AbortSignal): Promise<void> {
    this.take(await this.ctx.api.get<Join>(this.address, { signal }));
  }
  private take(answer: Answer<Join>): void {
    this.join = answer.data;
    this.etag = answer.etag;
  }

  private async decide(act: Act): Promise<void> {
    this.dialog.close();
    if (this.busy) return;
    this.busy = true;
    this.wrong = this.done = null;
    this.changed = false;
    const { api } = this.ctx;
    const words = texts[this.ctx.language];
    try {
      this.take(act === 'unlink' ? await api.post<Join>(`${this.address}/undo`, {}, { ifMatch: this.etag }) : await api.post<Join>(`${this.address}/decide`, { decision: act }, { ifMatch: this.etag }));
      this.done = act;
      this.ctx.say(words.done[act]);
      this.dispatchEvent(new CustomEvent('decided'));
    } catch (error) {
      // What was seen is no longer so: it is shown as it is now, and asked again.
      if (error instanceof ApiError && (error.status === 412 || error.code === 'sso.learner-changed' || error.code === 'sso.not-waiting')) {
        this.changed = true;
        await api.get<Join>(this.address).then(
          (answer) => this.take(answer),
          (again: unknown) => (this.wrong = again),
        );
      } else this.wrong = error;
    }
    this.busy = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.told')?.focus();
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const { join } = this;
    return html`${crumbs(this.ctx, words.crumbs, [{ path: 'joins', title: words.tab.joins }, { title: join ? join.name || join.learnerExternalId || words.noName : this.path }])} ${this.body(() => this.view(join!))}`;
  }

  private view(one: Join): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const { tone, mark } = joinMarks[one.state];
    return html`${this.done ? html`<div class="note ok told" tabindex="-1">${icon('okc')}<p>${words.done[this.done]}</p></div>` : nothing}
      ${this.changed ? html`<div class="note warn told" tabindex="-1" role="alert">${icon('users')}<p>${words.joinChanged}</p></div>` : nothing}
      ${this.wrong ? html`<div class="told" tabindex="-1">${failure(this.ctx, this.wrong)}</div>` : nothing}
      <section class="panel" aria-labelledby="who">
        <div class="panel-head">
          <h2 id="who">${one.name || one.learnerExternalId || words.noName}</h2>
          <span class="badge ${tone}">${icon(mark)}${words.joinOne[one.state]}</span>
          <p class="muted small">${words.signedIn(locale.moment(one.createdAt))}. ${words.contours[one.contour]}.
            ${one.decidedAt ? until(personOf(this.ctx.api, one.decidedBy).then((who) => words.decided(words.joinOne[one.state], who, locale.moment(one.decidedAt!))), nothing) : nothing}</p>
        </div>
        <div class="panel-body">
          ${one.reason ? html`<div class="note warn">${icon('alert')}<div><p class="note-head" id="why">${one.reason}</p><p>${one.fix}</p></div></div>` : nothing}
          <div class="two-sides">${this.ours(one)}${this.theirs(one)}</div>
          ${this.acts(one)}
        </div>
      </section>
      ${this.ask(one)}`;
  }

  private ours(one: Join): TemplateResult {
    const words = texts[this.ctx.language];
    return html`<section aria-labelledby="ours">
      <div><h3 id="ours">${words.ours}</h3><p class="caption">${words.beforeJoin}</p></div>
      <dl class="facts">
        <dt>${words.name}</dt><dd>${one.name || words.none}</dd>
        <dt>${words.ownId}</dt><dd><code>${one.learnerExternalId || words.none}</code></dd>
        <dt>${words.untiId}</dt><dd>${this.value(one.previous, one.previous !== '' && one.previous !== one.untiId)}</dd>
        <dt>${words.leader}</dt><dd>${this.value(one.previousLeaderId, one.previousLeaderId !== '' && one.leaderId !== '' && one.previousLeaderId !== one.leaderId)}</dd>
      </dl>
    </section>`;
  }

  private theirs(one: Join): TemplateResult {
    const words = texts[this.ctx.language];
    return html`<section aria-labelledby="theirs">
      <h3 id="theirs">${words.theirs}</h3>
      <dl class="facts">
        <dt>${words.untiId}</dt><dd>${this.value(one.untiId, one.previous !== '' && one.previous !== one.untiId)}</dd>
        <dt>${words.leader}</dt><dd>${this.value(one.leaderId, one.previousLeaderId !== '' && one.leaderId !== '' && one.previousLeaderId !== one.leaderId)}${one.contour === 'test' && one.leaderId ? html` <span class="faint">${words.testLeader}</span>` : nothing}</dd>
      </dl>
      <p class="caption">${words.theirsNote}</p>
    </section>`;
  }

  private value(text: string, differs: boolean): TemplateResult {
    return html`<b class=${differs ? 'differs' : ''}>${text || texts[this.ctx.language].none}</b>`;
  }

  private acts(one: Join): unknown {
    const words = texts[this.ctx.language];
    // Whose record is gone can't be given anything: the note above says so.
    const off = (act: Act) => act === 'accept' && one.code === 'learner-gone';
    const button = (act: Act, look: string) => html`<button class="btn ${look}" type="button" data-act=${act} aria-disabled=${off(act) ? 'true' : nothing} aria-describedby=${off(act) ? 'why' : nothing} aria-busy=${this.busy && this.asking === act ? 'true' : nothing} @click=${() => (off(act) ? this.ctx.say(one.reason, true) : void this.open(act))}>${words[act]}</button>`;
    if (one.state === 'waiting') return html`<div class="btns">${button('accept', 'primary')}${button('dismiss', 'danger-quiet')}</div>`;
    return one.state === 'joined' ? html`<div class="btns">${button('unlink', 'danger-quiet')}</div>` : nothing;
  }

  private async open(act: Act): Promise<void> {
    this.asking = act;
    await this.updateComplete;
    this.dialog.showModal();
    this.renderRoot.querySelector<HTMLElement>('#cancel')!.focus();
  }

  private ask(one: Join): TemplateResult {
    const words = texts[this.ctx.language];
    const { asking } = this;
    const isNew = asking === 'accept';
    const title = { accept: words.acceptTitle, dismiss: words.dismissTitle, unlink: words.unlinkTitle }[asking];
    const leader = isNew && one.contour === 'production' && one.leaderId !== '' && one.leaderId !== one.previousLeaderId;
    const means = { accept: words.acceptMeans(one.previous, one.untiId), dismiss: words.dismissMeans, unlink: words.unlinkMeans(one.previous) }[asking];
    return html`<dialog role="alertdialog" aria-labelledby="ask" aria-describedby="means">
      <div class="dialog">
        <div class="dialog-head"><span class="sign ${isNew ? 'now' : ''}" aria-hidden="true">${icon(isNew ? 'check' : 'alert')}</span>
          <div><h2 id="ask">${title}</h2><div id="means"><p>${means}</p>${leader ? html`<p>${words.acceptLeader(one.previousLeaderId, one.leaderId)}</p>` : nothing}</div></div></div>
        <div class="dialog-foot">
          <button class="btn" id="cancel" type="button" @click=${() => this.dialog.close()}>${this.ctx.kit.cancel}</button>
          <button class="btn ${isNew ? 'primary' : 'danger'}" id="order" type="button" @click=${() => void this.decide(asking)}>${words[asking]}</button>
        </div>
      </div>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-sso-join': SsoJoin;
  }
}
