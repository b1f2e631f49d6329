import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Page } from '@kit/api';
import { icon } from '@kit/icons';
import { ListPart, crumbs, to } from '../lists/list-part';
import { namesOf, type ProgrammeRecord, type ProjectCard } from '../lists/names';
import { roleOf, type Role } from '../lists/role';
import { texts as listTexts } from '../lists/texts';
import './file-button';
import './handover';
import { texts } from './texts';
import type { Export, ExportFile, ExportSummary, Handover, Manifest } from './types';
import './upload';
import type { UploadView } from './upload';
import { halvesOf, leftToUpload, manifestsOf, programmesOf, sentByLrs, testFiles, uploadsOf, xapiFiles, type Upload } from './uploads';

@customElement('u2035-export')
export class ExportView extends ListPart {
  static override styles = [
    ...ListPart.styles,
    css`
      .two-cols { display: grid; grid-template-columns: minmax(0, 1fr) minmax(220px, 280px); gap: var(--u-5); align-items: start; }
      .course { padding: var(--u-3) var(--u-5); border-top: 1px solid var(--u-line); background: var(--u-sunken); }
      .course h3 { font-size: var(--u-fs-m); overflow-wrap: anywhere; }
      .past li { padding: var(--u-3) var(--u-5); border-top: 1px solid var(--u-line); font-size: var(--u-fs-s); }
      .past li[aria-current] { background: var(--u-accent-soft); box-shadow: inset 3px 0 0 var(--u-accent); }
      .past small { display: block; color: var(--u-ink-3); }
      .past a { display: inline-block; padding-block: 3px; }
      .files { display: flex; flex-wrap: wrap; gap: var(--u-2); }
      details.panel { padding: var(--u-3) var(--u-5); }
      details.panel > summary { color: var(--u-ink); font-size: var(--u-fs-m); min-height: 32px; }
      details.panel > .files { padding-block: var(--u-3); }
      .ok-line { flex-wrap: nowrap; justify-content: flex-start; align-items: flex-start; gap: var(--u-3); }
      .ok-line .i { color: var(--u-ok); }
      @container page (max-width: 860px) { .two-cols { grid-template-columns: minmax(0, 1fr); } }
      @container page (max-width: 660px) { .course, details.panel, .past li { padding-inline: var(--u-4); } }
    `,
  ];

  @state() private list: ExportSummary[] = [];
  @state() private next: string | null = null;
  @state() private one: Export | null = null;
  @state() private handovers: Handover[] = [];
  @state() private courses = new Map<string, ProgrammeRecord>();
  @state() private cards: ProjectCard[] = [];
  @state() private asker: Role | null = null;

  protected override async fetch(signal: AbortSignal): Promise<void> {
    const { api } = this.ctx;
    this.one = null;
    const names = namesOf(this.ctx);
    const [list, cards, role] = await Promise.all([
      api.get<Page<ExportSummary>>(`${this.base}/exports`, { query: { limit: 20 }, signal }),
      names.projects(),
      roleOf(this.ctx),
    ]);
    this.list = list.data.items;
    this.next = list.data.next;
    this.cards = cards;
    this.asker = role;
    const id = this.path || this.list[0]?.id;
    if (!id) return;
    const address = `${this.base}/exports/${encodeURIComponent(id)}`;
    const [one, handed] = await Promise.all([api.get<Export>(address, { signal }), api.get<{ projects: Handover[] }>(`${address}/handed-over`, { signal })]);
    const courses = await this.coursesOf(one.data, signal);
    if (signal.aborted) return;
    this.courses = courses;
    this.handovers = handed.data.projects;
    this.one = one.data;
  }

  /** The course of each file: only the export's own list of files tells the programme. */
  private async coursesOf(one: Export, signal: AbortSignal): Promise<Map<string, ProgrammeRecord>> {
    const names = namesOf(this.ctx);
    const courses = new Map<string, ProgrammeRecord>();
    for (const file of manifestsOf(one.files)) {
      if (file.path !== 'manifest.json') continue;
      const manifest = await this.ctx.api.get<Manifest>(file.url, { signal }).then((answer) => answer.data, () => null);
      for (const [path, id] of programmesOf(file.project, manifest)) {
        const programme = await names.programme(id);
        if (programme) courses.set(path, programme);
      }
    }
    return courses;
  }

  private async older(): Promise<void> {
    try {
      const page = (await this.ctx.api.get<Page<ExportSummary>>(`${this.base}/exports`, { query: { limit: 50, cursor: this.next } })).data;
      this.list = [...this.list, ...page.items];
      this.next = page.next;
    } catch (error) {
      this.failed = error;
    }
  }

  private projectOf(id: string): string {
    return this.cards.find((one) => one.project === id)?.title ?? id;
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const one = this.ready ? this.one : null;
    const title = this.path && one ? words.exportOf(locale.moment(one.createdAt)) : words.title;
    return html`${this.path ? crumbs(this.ctx, listTexts[this.ctx.language].way, [{ path: 'exports', title: words.title }, { title }]) : nothing}
      <header class="page-head">
        <div class="head-main">
          <h1 tabindex="-1">${title}</h1>
          ${one
            ? html`<p class="lead">${this.path ? nothing : html`${words.exportOf(locale.moment(one.createdAt))}. `}${words.lead(locale, leftToUpload(one), uploadsOf(one.files).length)}</p>`
            : nothing}
        </div>
        <div class="btns"><button class="btn" type="button" @click=${() => this.ctx.go('exports/artifacts')}>${icon('inbox')}${words.artifacts}</button></div>
      </header>
      ${this.body(() => (this.one ? this.view(this.one) : html`<section class="panel empty">${icon('table')}<h2>${words.emptyTitle}</h2><p>${words.emptyFix}</p></section>`))}`;
  }

  private view(one: Export): TemplateResult {
    const words = texts[this.ctx.language];
    const isLatest = this.list[0]?.id === one.id;
    return html`${isLatest || leftToUpload(one) === 0
        ? nothing
        : html`<div class="note warn wide-note">${icon('alert')}<div><p>${words.notLatest} ${to(this.ctx, 'exports', words.toLatest)}</p></div></div>`}
      <div class="two-cols">
        <div class="stack">${this.uploads(one)} ${this.xapi(one)} ${this.rest(one)}</div>
        ${this.exports(one)}
      </div>`;
  }

  private uploads(one: Export): TemplateResult | typeof nothing {
    const words = texts[this.ctx.language];
    const all = uploadsOf(one.files);
    if (all.length === 0)
      return this.handovers.length > 0
        ? nothing
        : html`<section class="panel"><div class="panel-head ok-line">${icon('okc')}<div class="head-main"><h2>${words.uploadsNone}</h2><p class="says">${words.uploadsNoneFix}</p></div></div></section>`;
    const byCourse = new Map<string, Upload[]>();
    for (const upload of all) {
      const key = `${upload.project}/${this.courseOf(upload)?.id ?? ''}`;
      byCourse.set(key, [...(byCourse.get(key) ?? []), upload]);
    }
    const first = all.find((upload) => !upload.isDone);
    return html`<section class="panel">
      <div class="panel-head"><h2>${words.uploads}</h2></div>
      ${[...byCourse.values()].map((uploads) => {
        const course = this.courseOf(uploads[0]!);
        return html`<div class="course">
            <h3>${course ? words.course(course.title, course.u2035Id ? String(course.u2035Id) : '') : words.courseUnknown}</h3>
            <p class="small muted">${this.projectOf(uploads[0]!.project)}</p>
          </div>
          ${repeat(uploads, (upload) => upload.key, (upload) => this.upload(one, upload, course, upload === first))}`;
      })}
    </section>`;
  }

  private upload(one: Export, upload: Upload, course: ProgrammeRecord | undefined, open: boolean): TemplateResult {
    return html`<u2035-upload
      data-key=${upload.key}
      .ctx=${this.ctx}
      .upload=${upload}
      .base=${this.base}
      .exportId=${one.id}
      .course=${course?.title ?? ''}
      .projectTitle=${this.projectOf(upload.project)}
      .asker=${this.asker}
      ?open=${open}
      @file=${this.take}
      @split=${this.took}
    ></u2035-upload>`;
  }

  private courseOf(upload: Upload): ProgrammeRecord | undefined {
    return this.courses.get(`${upload.project}/${upload.table.path}`);
  }

  private readonly take = (event: Event): void => {
    const file = (event as CustomEvent<ExportFile>).detail;
    if (this.one) this.one = { ...this.one, files: this.one.files.map((one) => (one.name === file.name ? file : one)) };
  };

  private readonly took = async (event: Event): Promise<void> => {
    const { before, now } = (event as CustomEvent<{ before: Upload; now: Export }>).detail;
    const course = this.courseOf(before);
    const halves = halvesOf(before, uploadsOf(now.files));
    const courses = new Map(this.courses);
    for (const half of halves) if (course) courses.set(`${half.project}/${half.table.path}`, course);
    this.courses = courses;
    this.one = now;
    this.ctx.say(texts[this.ctx.language].splitSaid(this.ctx.locale, halves.length));
    await this.updateComplete;
    const part = this.renderRoot.querySelector<UploadView>(`u2035-upload[data-key="${CSS.escape(halves[0]?.key ?? '')}"]`);
    await part?.updateComplete;
    part?.focus();
  };

  private xapi(one: Export): TemplateResult[] {
    return this.handovers.map(
      (handover) =>
        html`<u2035-handover
          .ctx=${this.ctx}
          .one=${handover}
          .files=${xapiFiles(one.files, handover.project)}
          .base=${this.base}
          .exportId=${one.id}
          .projectTitle=${this.projectOf(handover.project)}
          .asker=${this.asker}
          @decided=${(event: Event) => (this.handovers = (event as CustomEvent<Handover[]>).detail)}
        ></u2035-handover>`,
    );
  }

  private rest(one: Export): TemplateResult {
    const words = texts[this.ctx.language];
    const shown = new Set(uploadsOf(one.files).flatMap((upload) => [upload.table, upload.archive, ...upload.others]));
    const told = new Set(this.handovers.flatMap((handover) => xapiFiles(one.files, handover.project)));
    const sent = sentByLrs(one.files);
    const test = testFiles(one.files);
    const others = one.files.filter((file) => !shown.has(file) && !told.has(file) && !sent.includes(file) && !test.includes(file));
    const part = (title: string, files: readonly ExportFile[], hint = '') =>
      files.length === 0
        ? nothing
        : html`<details class="more panel">
            <summary>${icon('chev', 's')}${title}</summary>
            ${hint ? html`<p class="says">${hint}</p>` : nothing}
            <div class="files">${files.map((file) => html`<u2035-file .ctx=${this.ctx} .file=${file} .kind=${file.title} .meta=${this.metaOf(file)}></u2035-file>`)}</div>
          </details>`;
    return html`${part(words.sent, sent, words.sentHint(this.ctx.locale, sent.length))} ${part(words.test, test)} ${part(words.allFiles, others)}`;
  }

  private metaOf(file: ExportFile): string {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const size = locale.bytes(file.bytes);
    if (file.rows !== undefined) return file.element === 'xapi' ? words.xapiMeta(locale, file.rows, size) : words.fileMeta(locale, file.rows, size);
    return file.files !== undefined ? words.archiveMeta(locale, file.files, size) : size;
  }

  private exports(shown: Export): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    return html`<section class="panel past">
      <div class="panel-head"><h2>${words.older}</h2></div>
      <ul>
        ${this.list.map(
          (one, i) => html`<li aria-current=${one.id === shown.id ? 'true' : nothing}>
            ${to(this.ctx, i === 0 ? 'exports' : `exports/${one.id}`, locale.moment(one.createdAt))}${i === 0 ? html` <span class="faint">${words.latest}</span>` : nothing}
            <small>${words.olderMeta(locale, one.fileCount, one.rows)}${one.contour === 'test' ? html`, ${words.testContour}` : nothing}</small>
          </li>`,
        )}
      </ul>
      ${this.next ? html`<div class="table-foot"><button class="btn small" type="button" @click=${this.older}>${words.olderMore}</button></div>` : nothing}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-export': ExportView;
  }
}
