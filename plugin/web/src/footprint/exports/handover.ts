/** A project's xAPI files and the word on whether they were handed over. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { baseStyle, wordsOf, Part } from '@kit/element';
import { icon } from '@kit/icons';
import { listStyle } from '../lists/list-part';
import { may, type Role } from '../lists/role';
import { texts as listTexts } from '../lists/texts';
import './file-button';
import { texts } from './texts';
import type { ExportFile, Handover } from './types';
import { handoverOf } from './uploads';

@customElement('u2035-handover')
export class HandoverView extends Part {
  static override styles = [baseStyle, listStyle, css`.files { display: grid; gap: var(--u-2); justify-items: start; list-style: decimal; padding-left: 1.6em; } .files li { display: list-item; min-width: 0; max-width: 100%; }`];

  @property({ attribute: false }) one!: Handover;
  @property({ attribute: false }) files: readonly ExportFile[] = [];
  @property() base = '';
  @property() exportId = '';
  @property() projectTitle = '';
  @property({ attribute: false }) asker: Role | null = null;
  @state() private asked = true;
  @state() private busy = false;
  @state() private failed: unknown = null;
  @query('dialog') private readonly dialog!: HTMLDialogElement;
  @query('#cancel') private readonly cancel!: HTMLButtonElement;

  private async ask(handedOver: boolean): Promise<void> {
    if (!may(this.asker, 'organization-admin')) return;
    this.asked = handedOver;
    this.failed = null;
    await this.updateComplete;
    this.dialog.showModal();
    this.cancel.focus();
  }

  private async decide(): Promise<void> {
    const { ctx } = this;
    const words = texts[ctx.language];
    this.dialog.close();
    this.busy = true;
    try {
      const body = { project: this.one.project, handedOver: this.asked };
      const { projects } = (await ctx.api.post<{ projects: Handover[] }>(`${this.base}/exports/${encodeURIComponent(this.exportId)}/handed-over`, body)).data;
      this.dispatchEvent(new CustomEvent('decided', { detail: projects }));
      ctx.say(this.asked ? words.handedSaid : words.notHandedSaid);
      // The buttons are gone: what was decided stands in their place.
      await new Promise(requestAnimationFrame);
      this.renderRoot.querySelector<HTMLElement>('#says')?.focus();
    } catch (error) {
      this.failed = error;
    }
    this.busy = false;
  }

  override render(): TemplateResult {
    const { ctx, one } = this;
    const words = texts[ctx.language];
    const { locale } = ctx;
    const standing = handoverOf(one);
    const count = standing === 'undecided' ? one.undecided : standing === 'handed-over' ? one.handedOver : one.accepted;
    const barred = may(this.asker, 'organization-admin') ? '' : listTexts[ctx.language].needs['organization-admin'];
    const why = this.failed ? wordsOf(ctx.kit, this.failed) : null;
    return html`<section class="panel">
      <div class="panel-head"><h2>${words.xapiOf(this.projectTitle)}</h2></div>
      <div class="panel-body stack-s">
        <p class="says">${words.xapiOrder}</p>
        <ol class="files">
          ${this.files.map((file) => html`<li><u2035-file .ctx=${ctx} .file=${file} .kind=${file.title} .meta=${words.xapiMeta(locale, file.rows ?? 0, locale.bytes(file.bytes))}></u2035-file></li>`)}
        </ol>
        <div class="note ${standing === 'undecided' ? 'warn' : standing === 'released' ? '' : 'ok'}">
          ${icon(standing === 'undecided' ? 'alert' : standing === 'released' ? 'minus' : 'okc')}
          <div>
            <p id="says" tabindex="-1">${words.handover[standing](locale, count)} ${standing === 'undecided' ? barred : nothing}</p>
            ${standing === 'undecided'
              ? html`<div class="btns">
                  <button class="btn primary" type="button" aria-disabled=${barred ? 'true' : 'false'} aria-busy=${this.busy ? 'true' : 'false'} aria-describedby="says" @click=${() => void this.ask(true)}>${words.handedOver}</button>
                  <button class="btn" type="button" aria-disabled=${barred ? 'true' : 'false'} aria-describedby="says" @click=${() => void this.ask(false)}>${words.notHandedOver}</button>
                </div>`
              : nothing}
          </div>
        </div>
        ${why ? html`<div class="note bad" role="alert">${icon('excl')}<div><p class="strong">${why.title}</p><p>${why.detail || why.fix}</p></div></div>` : nothing}
      </div>
      <dialog role="alertdialog" aria-labelledby="ask" aria-describedby="means">
        <div class="dialog">
          <div class="dialog-head">
            <span class="sign ${this.asked ? 'now' : 'warn'}">${icon(this.asked ? 'okc' : 'alert')}</span>
            <div><h2 id="ask">${this.asked ? words.handedTitle : words.notHandedTitle}</h2><p id="means">${this.asked ? words.handedMeans(locale, one.undecided) : words.notHandedMeans}</p></div>
          </div>
          <div class="dialog-foot">
            <button class="btn" id="cancel" type="button" @click=${() => this.dialog.close()}>${ctx.kit.cancel}</button>
            <button class="btn ${this.asked ? 'primary' : 'danger'}" type="button" @click=${this.decide}>${this.asked ? words.confirmHanded : words.confirmNot}</button>
          </div>
        </div>
      </dialog>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-handover': HandoverView;
  }
}
