import { ApiError } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import '../confirm';
import type { Confirm } from '../confirm';
import { select } from '../forms';
import { fieldWords } from '../refusals';
import { note, refused } from '../view';
import { badge } from '../badge';
import { asksForDeletions, routePath, type Connection, type Route, type SourceKind } from './brought';
import { ArrivalPart } from './part';
import { UploadQueue, type Sent } from './queue';
import { countsText, endBadge } from './run-detail';

const extensions: Record<string, string> = { csv: '.csv,.txt', xlsx: '.xlsx', json: '.json', xml: '.xml' };

/** Files from this page to a route. Tells `route-chosen` and, of every file that came to its end, `file-ended`. */
@customElement('lms-upload')
export class Upload extends ArrivalPart {
  @property({ attribute: false }) of!: Connection;
  @property({ attribute: false }) kind: SourceKind | null = null;
  @property({ attribute: false }) routes: readonly Route[] = [];
  @property({ attribute: false }) route!: Route;
  @state() private over = false;
  @state() private items: readonly Sent[] = [];
  @query('lms-confirm') private confirm!: Confirm;
  @query('input[type="file"]') private input!: HTMLInputElement;
  private readonly queue = new UploadQueue(
    () => this.ctx.api,
    () => (this.items = this.queue.items),
    (item) => this.ended(item),
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.queue.stop();
  }

  /** Of one file; null: not known, the server says it when it refuses. */
  private get mostBytes(): number | null {
    return this.kind?.brought?.maxBytes ?? null;
  }
  private formatTitle(format: string): string {
    return this.kind?.route.find(({ name }) => name === 'format')?.choiceTitles?.[format] ?? format.toUpperCase();
  }
  private get format(): string {
    return String(this.route.settings.format || 'csv');
  }
  /** Why nothing can be uploaded; empty: it can. */
  private get closed(): string {
    const { words } = this;
    if (!this.mayBring) return words.uploadForbidden;
    if (!this.of.enabled) return `${words.disabledTitle}. ${words.disabledFiles}`;
    return this.route.enabled ? '' : words.routeOff;
  }

  override render(): TemplateResult {
    const { words, ctx, closed, format } = this;
    const takes = words.takes(this.formatTitle(format));
    const most = this.mostBytes;
    return html`<section class="panel" aria-labelledby="upload">
        <div class="panel-head"><div><h2 id="upload">${words.uploadTitle}</h2><p>${words.uploadLead}</p></div></div>
        <div class="panel-body upload">
          ${this.routes.length > 1
            ? select(ctx, { id: 'route', label: words.route, value: this.route.name, options: this.routes.map((one) => [one.name, one.title || one.name] as const), onInput: (name) => this.dispatchEvent(new CustomEvent('route-chosen', { detail: name })) })
            : nothing}
          <div class="drop ${this.over ? 'over' : ''} ${closed ? 'closed' : ''}" @dragover=${this.dragged} @dragleave=${() => (this.over = false)} @drop=${this.dropped}>
            ${icon('inbox', 'l')}
            ${closed ? nothing : html`<p>${words.drop}</p>`}
            <input type="file" id="files" multiple tabindex="-1" aria-hidden="true" accept=${extensions[format] ?? nothing} @change=${this.picked} />
            <button class="btn primary" type="button" ?disabled=${closed !== ''} aria-describedby="upload-takes" @click=${() => this.input.click()}>${icon('plus')}${words.choose}</button>
            <p class="small muted" id="upload-takes">${closed || takes} ${!closed && most ? words.noLarger(ctx.locale.bytes(most)) : nothing} ${!closed && this.route.deletions === 'follow' ? words.follows : nothing}</p>
          </div>
        </div>
        ${this.items.length
          ? html`<ul class="rows" aria-label=${words.queueTitle}>${repeat(this.items, (item) => item.id, (item) => this.row(item))}</ul>
              ${this.queue.isWorking ? html`<p class="foot-acts small muted">${words.stay}</p>` : nothing}`
          : nothing}
      </section>
      <lms-confirm .ctx=${ctx}></lms-confirm>`;
  }

  private row(item: Sent): TemplateResult {
    const { words, ctx } = this;
    const { locale } = ctx;
    const isOver = item.step === 'ended' || item.step === 'refused';
    const deletions = item.run ? asksForDeletions(item.run) : undefined;
    const route = item.route.split('/').pop() ?? '';
    return html`<li>
      <p class="name">${item.file.name}</p>
      <p class="state">
        ${item.step === 'ended' && item.run
          ? endBadge(words, item.run)
          : item.step === 'refused'
            ? badge('bad', 'excl', words.steps.refused!)
            : badge('now', item.step === 'queued' || item.step === 'busy' ? 'clock' : 'spin', words.steps[item.step]!)}
      </p>
      <p class="about">
        ${locale.bytes(item.file.size)}${this.routes.length > 1 ? `, ${item.routeTitle}` : ''}${item.step === 'sending' ? `, ${words.sent(locale.percent(item.share))}` : ''}${item.run && item.step !== 'refused' ? `. ${countsText(words, locale, item.run.counts)}` : ''}
      </p>
      ${item.step === 'sending' ? html`<div class="below"><span class="bar live" role="progressbar" aria-label=${item.file.name} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.floor(item.share * 100)}><i .style=${`width:${Math.floor(item.share * 100)}%`}></i></span></div>` : nothing}
      ${item.error ? html`<div class="below">${this.refusal(item)}</div>` : nothing}
      ${item.step === 'ended' && item.run
        ? html`<div class="below"><lms-arrival-run .ctx=${ctx} .organization=${this.organization} .connection=${this.connection} .route=${decodeURIComponent(route)} .run=${item.run}></lms-arrival-run></div>`
        : nothing}
      ${isOver
        ? html`<div class="below btns">
            ${deletions ? html`<button class="btn small danger-quiet" type="button" @click=${() => void this.withDeletions(item, deletions.detail)}>${words.deletionsAct}</button>` : nothing}
            ${this.mayRepeat(item) ? html`<button class="btn small" type="button" aria-label="${words.repeat}: ${item.file.name}" @click=${() => this.queue.repeat(item.id)}>${icon('refresh', 's')}${words.repeat}</button>` : nothing}
            <button class="btn small quiet" type="button" aria-label="${words.removeFromList}: ${item.file.name}" @click=${() => this.takeOff(item)}>${words.removeFromList}</button>
          </div>`
        : nothing}
    </li>`;
  }

  /** What is read from the disk once more would be the same refusal. */
  private mayRepeat({ step, run, error }: Sent): boolean {
    if (error instanceof ApiError && error.code.startsWith('file.')) return false;
    return step === 'refused' || run?.state !== 'done';
  }

  private refusal({ error, file }: Sent): unknown {
    const { words, ctx } = this;
    const code = error instanceof ApiError ? error.code : '';
    if (code === 'file.empty') return note('excl', 'bad', words.emptyTitle, words.emptyText);
    if (code === 'file.too-large') return note('excl', 'bad', words.largeTitle, html`${words.largeHere(ctx.locale.bytes(file.size), ctx.locale.bytes(this.mostBytes ?? 0))} ${words.largeText}`);
    if (code === 'file.changed') return note('excl', 'bad', words.savedTitle, words.savedText);
    if (error instanceof ApiError && error.status === 413) return note('excl', 'bad', words.largeTitle, html`${error.problem.detail} ${words.largeText}`);
    // What is said of the body as a whole stands in the reasons alone.
    const said = error instanceof ApiError ? (error.problem.errors ?? []).map((one) => fieldWords(ctx.language, one)) : [];
    return html`${refused(ctx, error)}${said.map((one) => html`<p class="diagnosis">${one.reason}. ${one.fix}</p>`)}`;
  }

  private readonly dragged = (event: DragEvent): void => {
    if (this.closed) return;
    event.preventDefault();
    this.over = true;
  };
  private readonly dropped = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    if (!this.closed) this.bring([...(event.dataTransfer?.files ?? [])]);
  };
  private readonly picked = (): void => {
    this.bring([...(this.input.files ?? [])]);
    // The same file may be chosen again, once it is corrected.
    this.input.value = '';
  };

  private bring(files: File[]): void {
    if (files.length) this.queue.add(files, routePath(this.organization, this.connection, this.route.name), this.route.title || this.route.name, this.mostBytes);
  }

  private ended(item: Sent): void {
    const { words, ctx } = this;
    const how = item.step === 'refused' || !item.run ? words.steps.refused! : countsText(words, ctx.locale, item.run.counts);
    ctx.say(words.fileDone(item.file.name, how));
    this.dispatchEvent(new CustomEvent('file-ended'));
    this.tellArrived();
  }

  private async withDeletions(item: Sent, detail: string): Promise<void> {
    const { words } = this;
    if (await this.confirm.ask(words.deletionsAsk(item.file.name), detail, words.deletionsAct)) this.queue.repeat(item.id, true);
  }

  private takeOff(item: Sent): void {
    this.queue.remove(item.id);
    this.renderRoot.querySelector<HTMLElement>('.drop .btn')?.focus();
  }
}
