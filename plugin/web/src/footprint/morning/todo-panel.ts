/** What waits for a person, with its number and the way to it. Each line is asked for by itself: one that fails says so. */

import { html, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiError, organizationPath } from '@kit/api';
import { Part, baseStyle, loading } from '@kit/element';
import { icon, type IconName } from '@kit/icons';
import morningCss from './morning.css?inline';
import { texts } from './texts';

/** Codes that say: the programme has no place, or the profile no form, for the record. */
const unmappedCodes = ['unknown-element', 'element-deleted', 'unknown-module', 'kind-not-in-profile', 'no-template', 'template-not-mapped', 'wrong-flow'];
/** Counted by another line, or settled by a person. */
const elsewhere = ['refused-by-lrs', 'refers-to-refused', 'reflection-held', 'discarded-by-person', 'refers-to-discarded', 'learner-left-out'];

export interface ExportFile {
  role?: string;
  channel?: string;
  upload?: boolean;
  uploaded?: { by: string; at: string } | null;
}

/** Tables of the newest export that are to be uploaded by hand and aren't said to be. */
export function tablesToUpload(files: readonly ExportFile[]): number {
  return files.filter((file) => file.upload === true && file.channel !== 'lrs' && (file.role ?? 'table') === 'table' && !file.uploaded).length;
}

export function splitUnsendable(byCode: Record<string, number>): { noUntiId: number; unmapped: number; rest: number } {
  const of = (codes: readonly string[]) => codes.reduce((all, code) => all + (byCode[code] ?? 0), 0);
  const total = Object.values(byCode).reduce((all, n) => all + n, 0);
  const noUntiId = byCode['no-unti-id'] ?? 0;
  const unmapped = of(unmappedCodes);
  return { noUntiId, unmapped, rest: total - noUntiId - unmapped - of(elsewhere) };
}

interface Line {
  name: string;
  icon: IconName;
  path: string;
  count: number | null;
  bad?: boolean;
  why?: string;
}

@customElement('u2035-todo-panel')
export class TodoPanel extends Part {
  static override styles = [baseStyle, unsafeCSS(morningCss)];

  /** A night has run: without one nobody has looked for what is missing. */
  @property({ type: Boolean }) checked = false;
  @state() private lines: Line[] | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.read();
  }

  async read(): Promise<void> {
    const t = texts[this.ctx.language];
    const base = `${organizationPath(this.ctx.organization)}/u2035`;
    const get = async <T>(path: string, query = {}): Promise<T | string> => {
      try {
        return (await this.ctx.api.get<T>(base + path, { query })).data;
      } catch (error) {
        return error instanceof ApiError && error.status === 403 ? t.todoForbidden : t.todoUnknown;
      }
    };
    const line = <T>(answer: T | string, name: string, mark: IconName, path: string, count: (answer: T) => number, bad = false): Line =>
      typeof answer === 'string' ? { name, icon: mark, path, count: null, why: answer } : { name, icon: mark, path, count: count(answer), bad };
    const [quarantine, reflections, unsendable, tables] = await Promise.all([
      get<{ total: number }>('/quarantine/groups'),
      get<{ total: number }>('/reflections/summary', { verdict: 'doubtful', judged: 'none' }),
      get<{ byCode: Record<string, number> }>('/unsendable/summary'),
      this.tables(base, t.todoUnknown),
    ]);
    const split = typeof unsendable === 'string' ? unsendable : splitUnsendable(unsendable.byCode);
    const all = [
      line(quarantine, 'quarantine', 'inbox', 'quarantine', (one) => one.total, true),
      line(reflections, 'reflections', 'text', 'reflections', (one) => one.total),
      line(split, 'noUntiId', 'idoff', 'unsendable/no-unti-id', (one) => one.noUntiId),
      line(split, 'unmapped', 'split', 'unsendable/no-mapping', (one) => one.unmapped),
      line(split, 'rest', 'excl', 'unsendable', (one) => one.rest),
      line(tables, 'tables', 'table', 'exports', (one) => one),
    ];
    // What can't be asked is told once.
    this.lines = all.filter((one, i) => one.count !== 0 && !(typeof split === 'string' && i > 2 && i < 5));
  }

  private async tables(base: string, failed: string): Promise<number | string> {
    try {
      const { data } = await this.ctx.api.get<{ items: { id: string; contour: string }[] }>(`${base}/exports`, { query: { limit: 20 } });
      const newest = data.items.find((one) => one.contour === 'production');
      if (!newest) return 0;
      return tablesToUpload((await this.ctx.api.get<{ files: ExportFile[] }>(`${base}/exports/${newest.id}`)).data.files);
    } catch {
      return failed;
    }
  }

  override render(): TemplateResult {
    const t = texts[this.ctx.language];
    const { lines } = this;
    return html`<section class="panel todo" aria-labelledby="todo">
      <div class="panel-head"><h2 id="todo">${t.todo}</h2></div>
      ${!lines
        ? loading(this.ctx)
        : lines.length === 0
          ? html`<p class="todo-none ${this.checked ? '' : 'muted'}">${icon(this.checked ? 'okc' : 'moon')}${this.checked ? t.todoNothing : t.todoEarly}</p>`
          : html`<ul>
              ${lines.map((one) => {
                const [name, about] = t.todoNames[one.name] ?? [one.name, ''];
                return html`<li>
                  <a href="#" @click=${(event: Event) => this.go(event, one.path)}>${icon(one.icon)}<b>${name}</b><span class="count ${one.bad && one.count ? 'bad' : ''}">${one.count === null ? t.unknown : this.ctx.locale.number(one.count)}</span><small>${one.why ?? about}</small></a>
                </li>`;
              })}
            </ul>`}
    </section>`;
  }

  private go(event: Event, path: string): void {
    event.preventDefault();
    this.ctx.go(path);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-todo-panel': TodoPanel;
  }
}
