import { save } from '@kit/clipboard';
import { icon, type IconName } from '@kit/icons';
import type { Locale } from '@kit/locale';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { badge, type Tone } from '../badge';
import { address } from '../route';
import { readLog, type LogLine } from '../routes/run-log';
import { refused } from '../view';
import { endOf, routePath, type End, type Run } from './brought';
import { ArrivalPart } from './part';
import type { ArrivalTexts } from './texts';

const tones: Record<End, [tone: Tone, sign: IconName]> = {
  running: ['now', 'clock'], all: ['ok', 'okc'], some: ['warn', 'alert'], nothing: ['bad', 'excl'], empty: ['', 'minus'], failed: ['bad', 'excl'], cancelled: ['warn', 'x'],
};

export function endBadge(words: ArrivalTexts, run: Run): TemplateResult {
  const end = endOf(run);
  const [tone, sign] = tones[end];
  return badge(tone, sign, words.ends[end]);
}

/** "3 строки: создано 2, не принято 1"; what is none isn't named. */
export function countsText(words: ArrivalTexts, locale: Locale, counts: Record<string, number>): string {
  const named = Object.entries(words.counts).flatMap(([name, word]) => (counts[name] ? [`${word} ${locale.number(counts[name])}`] : []));
  const rows = locale.count(counts.rows ?? 0, words.rows);
  return named.length ? `${rows}: ${named.join(', ')}` : rows;
}

const shownRefused = 50;

/** Why a run ended as it did, what to do, and the rows that were refused when asked for. */
@customElement('lms-arrival-run')
export class ArrivalRun extends ArrivalPart {
  @property({ attribute: false }) route = '';
  @property({ attribute: false }) run!: Run;
  @state() private rows: LogLine[] | null = null;
  @state() private busy = false;

  override render(): TemplateResult {
    const { words, run } = this;
    const rejected = run.counts.rejected ?? 0;
    return html`<div class="detail">
      ${run.diagnoses.map(
        (one) => html`<div class="diagnosis">
          <p><b>${one.title}.</b> ${one.detail}</p>
          ${one.fix || one.advice ? html`<p>${words.whatToDo}: ${one.fix || one.advice}</p>` : nothing}
        </div>`,
      )}
      ${this.problem ? refused(this.ctx, this.problem) : nothing} ${this.rows ? this.table(this.rows) : nothing}
      <div class="ways">
        ${rejected > 0 && !this.rows
          ? html`<button class="btn small" type="button" aria-busy=${this.busy ? 'true' : nothing} @click=${() => void this.show()}>${words.showRefused}</button>`
          : nothing}
        ${run.diagnoses.length || rejected > 0 ? html`<button class="btn small" type="button" @click=${() => void this.download()}>${icon('down', 's')}${words.downloadRefused}</button>` : nothing}
        <a href=${address('org', this.organization, 'connections', this.connection, 'routes', this.route, 'runs', run.id)}>${words.toRun}</a>
      </div>
    </div>`;
  }

  private table(rows: LogLine[]): TemplateResult {
    const { words } = this;
    const { locale } = this.ctx;
    if (rows.length === 0) return html`<p class="small muted">${words.noRefused}</p>`;
    return html`<div class="refused" tabindex="0" role="region" aria-label=${words.refusedHead}>
        <table class="stackable">
          <thead><tr><th scope="col">${words.place}</th><th scope="col">${words.column}</th><th scope="col">${words.value}</th><th scope="col">${words.reason}</th><th scope="col">${words.fix}</th></tr></thead>
          <tbody>
            ${rows.slice(0, shownRefused).map(
              (row) => html`<tr>
                <td>${row.place}</td><td data-label=${words.column}><code>${row.column}</code></td><td data-label=${words.value}><code>${row.value}</code></td>
                <td data-label=${words.reason}>${row.reason}</td><td data-label=${words.fix}>${row.fix}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${rows.length > shownRefused ? html`<p class="small muted">${words.refusedFirst(locale.number(shownRefused), locale.number(rows.length))}</p>` : nothing}`;
  }

  private log(): Promise<{ blob: Blob; name: string }> {
    return this.ctx.api.download(`${routePath(this.organization, this.connection, this.route)}/runs/${encodeURIComponent(this.run.id)}/log`, { accept: 'text/csv' });
  }
  private async show(): Promise<void> {
    this.busy = true;
    await this.attempt(async () => {
      this.rows = readLog(await (await this.log()).blob.text()).filter((line) => line.level === 'error' && line.place !== '');
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('.refused')?.focus();
    });
    this.busy = false;
  }
  private async download(): Promise<void> {
    await this.attempt(async () => {
      const { blob, name } = await this.log();
      save(blob, name);
    });
  }
}
