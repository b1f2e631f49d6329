/** One table to upload, with its archive: the files, where they go, «Загружено», and splitting what wasn't taken. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyle, wordsOf, Part } from '@kit/element';
import { icon } from '@kit/icons';
import { listStyle } from '../lists/list-part';
import { may, type Role } from '../lists/role';
import { texts as listTexts } from '../lists/texts';
import './file-button';
import { texts } from './texts';
import type { Export, ExportFile } from './types';
import type { Upload } from './uploads';

@customElement('u2035-upload')
export class UploadView extends Part {
  static override styles = [
    baseStyle,
    listStyle,
    css`
      .upload { padding: var(--u-4) var(--u-5); border-top: 1px solid var(--u-line); display: grid; gap: var(--u-3); }
      .top { display: flex; flex-wrap: wrap; align-items: flex-start; justify-content: space-between; gap: var(--u-2) var(--u-4); }
      .top h4 { font-size: var(--u-fs-l); line-height: 1.35; }
      .done h4 { color: var(--u-ink-2); }
      .files { display: flex; flex-wrap: wrap; gap: var(--u-2); min-width: 0; }
      ol { list-style: decimal; padding-left: 1.6em; display: grid; gap: var(--u-1); max-width: 72ch; overflow-wrap: anywhere; }
      ol b { font-weight: var(--u-w-bold); }
      .more + .more { margin-top: 0; }
      .more > :not(summary) { margin-top: var(--u-2); }
      .says-tick { flex: 1 1 100%; }
      .says-tick:empty { display: none; }
      @container page (max-width: 660px) { .upload { padding-inline: var(--u-4); } }
    `,
  ];

  @property({ attribute: false }) upload!: Upload;
  @property() base = '';
  @property() exportId = '';
  @property() course = '';
  @property() projectTitle = '';
  @property({ type: Boolean }) open = false;
  @property({ attribute: false }) asker: Role | null = null;
  @state() private ticking = false;
  @state() private splitting = false;
  @state() private failed: { title: string; error: unknown } | null = null;
  @state() private opened: boolean | null = null;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('upload') && changed.get('upload') && (changed.get('upload') as Upload).key !== this.upload.key) this.failed = null;
  }

  private pathOf(file: ExportFile, act: string): string {
    return `${this.base}/exports/${encodeURIComponent(this.exportId)}/files/${encodeURIComponent(file.name)}/${act}`;
  }

  private async tick(event: Event): Promise<void> {
    const box = event.target as HTMLInputElement;
    const uploaded = box.checked;
    const { ctx, upload } = this;
    const words = texts[ctx.language];
    if (this.ticking) return;
    this.ticking = true;
    this.failed = null;
    try {
      for (const file of upload.archive ? [upload.table, upload.archive] : [upload.table]) {
        const now = (await ctx.api.post<ExportFile>(this.pathOf(file, 'uploaded'), { uploaded })).data;
        this.dispatchEvent(new CustomEvent('file', { detail: { ...file, uploaded: now.uploaded ?? null } }));
      }
      ctx.say(uploaded ? words.tickedSaid(upload.title) : words.untickedSaid(upload.title));
    } catch (error) {
      box.checked = upload.isDone;
      this.failed = { title: words.tickFailed, error };
    }
    this.ticking = false;
  }

  private async split(): Promise<void> {
    const { ctx, upload } = this;
    if (this.splitting || !may(this.asker, 'methodist')) return;
    this.splitting = true;
    this.failed = null;
    try {
      const now = (await ctx.api.post<Export>(this.pathOf(upload.table, 'split'))).data;
      this.dispatchEvent(new CustomEvent('split', { detail: { before: upload, now } }));
    } catch (error) {
      this.failed = { title: texts[ctx.language].splitFailed, error };
    }
    this.splitting = false;
  }

  /** Where a person is put after the part they split is gone. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('h4')?.focus();
  }

  override render(): TemplateResult {
    const { ctx, upload } = this;
    const words = texts[ctx.language];
    const { locale } = ctx;
    const why = this.failed ? wordsOf(ctx.kit, this.failed.error) : null;
    const stamp = upload.table.uploaded ?? null;
    const steps = this.opened ?? this.open;
    const turn = (event: Event) => {
      event.preventDefault();
      this.opened = !steps;
    };
    return html`<article class="upload ${upload.isDone ? 'done' : ''}" aria-labelledby="title">
      <div class="top">
        <h4 id="title" tabindex="-1">${upload.title}</h4>
        <label class="pick">
          <input type="checkbox" .checked=${upload.isDone} ?disabled=${!upload.canTick || this.ticking} aria-label=${words.uploadedLabel(upload.title)} aria-describedby="tick-says" @change=${this.tick} />${words.uploaded}
        </label>
        <p class="caption says-tick" id="tick-says">${!upload.canTick ? words.cantTick : stamp ? words.uploadedBy(stamp.by, locale.moment(stamp.at)) : nothing}</p>
      </div>
      <div class="files">
        <u2035-file .ctx=${ctx} .file=${upload.table} .kind=${words.downloadTable} .meta=${words.fileMeta(locale, upload.table.rows ?? 0, locale.bytes(upload.table.bytes))}></u2035-file>
        ${upload.archive
          ? html`<u2035-file .ctx=${ctx} .file=${upload.archive} .kind=${words.downloadArchive} .meta=${words.archiveMeta(locale, upload.archive.files ?? 0, locale.bytes(upload.archive.bytes))}></u2035-file>`
          : nothing}
      </div>
      ${why ? html`<div class="note bad" role="alert">${icon('excl')}<div><p class="strong">${this.failed!.title}. ${why.title}</p>${why.detail ? html`<p>${why.detail}</p>` : nothing}<p>${why.fix}</p></div></div>` : nothing}
      <details class="more" ?open=${steps}>
        <summary @click=${turn}>${icon('chev', 's')}${words.where}</summary>
        ${this.steps()}
      </details>
      <details class="more">
        <summary>${icon('chev', 's')}${words.refused}</summary>
        ${this.refused()}
      </details>
      ${upload.others.length > 0
        ? html`<details class="more">
            <summary>${icon('chev', 's')}${words.others}</summary>
            <div class="files">
              ${upload.others.map((file) => html`<u2035-file .ctx=${ctx} .file=${file} .kind=${file.role ? words.role[file.role] : ''} .meta=${locale.bytes(file.bytes)}></u2035-file>`)}
            </div>
          </details>`
        : nothing}
    </article>`;
  }

  private steps(): TemplateResult {
    const words = texts[this.ctx.language];
    const { upload } = this;
    const named = (text: string) => html`<b>${words.quoted(text)}</b>`;
    return html`<ol>
      <li>${words.section} ${this.course ? named(this.course) : html`<b>${words.courseUnknown}</b>`}.</li>
      <li>${words.press}</li>
      <li>${words.profile} ${named(this.projectTitle)}.</li>
      <li>${words.add} ${named(upload.title)}.</li>
      <li>${words.choose} <b>${upload.table.name}</b>${upload.archive ? html` ${words.andArchive} <b>${upload.archive.name}</b>` : nothing}.</li>
      <li>${words.save}</li>
    </ol>`;
  }

  private refused(): TemplateResult {
    const words = texts[this.ctx.language];
    const barred = may(this.asker, 'methodist') ? '' : listTexts[this.ctx.language].needs.methodist;
    return html`<div class="stack-s">
      <p class="says" id="split-says">${words.splitWhy} ${barred}</p>
      <div class="btns">
        <button class="btn small" type="button" aria-disabled=${barred ? 'true' : 'false'} aria-busy=${this.splitting ? 'true' : 'false'} aria-describedby="split-says" @click=${this.split}>
          ${this.splitting ? html`<span class="spin" aria-hidden="true"></span>${words.splitting}` : html`${icon('split')}${words.split}`}
        </button>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-upload': UploadView;
  }
}
