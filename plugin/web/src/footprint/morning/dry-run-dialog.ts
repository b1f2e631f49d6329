/** Counts what would go now and what can't, and why; from there a person may start the run. */

import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { newKey, organizationPath } from '@kit/api';
import { Part, baseStyle, failure } from '@kit/element';
import { icon } from '@kit/icons';
import { codeName, kindName } from '../lists/codes';
import { isFinal, type Run } from './model';
import morningCss from './morning.css?inline';
import { texts } from './texts';

/** "planned.learner.grade" and the like → the rest of the name and the number, the largest first. */
export function countsUnder(counts: Record<string, number>, prefix: string): [string, number][] {
  return Object.entries(counts)
    .filter(([name, n]) => name.startsWith(prefix) && n > 0)
    .map(([name, n]): [string, number] => [name.slice(prefix.length), n])
    .sort((a, b) => b[1] - a[1]);
}

/** Events: `closed`; `start` when the person wants the real run; `list` to see what can't go. */
@customElement('u2035-dry-run-dialog')
export class DryRunDialog extends Part {
  static override styles = [baseStyle, unsafeCSS(morningCss)];

  /** Why the real run can't be started; empty: it can. */
  @property() hindrance = '';
  @state() private run: Run | null = null;
  @state() private error: unknown = null;
  @query('dialog') private dialog!: HTMLDialogElement;
  private readonly abort = new AbortController();

  protected override firstUpdated(): void {
    this.dialog.showModal();
    void this.count();
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.abort.abort();
  }

  private async count(): Promise<void> {
    this.error = null;
    const path = `${organizationPath(this.ctx.organization)}/u2035/runs`;
    try {
      const { data } = await this.ctx.api.post<Run>(path, { dryRun: true }, { idempotencyKey: newKey() });
      this.run = data;
      await this.ctx.api.follow<Run>(`${path}/${data.id}`, { state: (run) => (this.run = run), isFinal, signal: this.abort.signal });
      const t = texts[this.ctx.language];
      if (this.run && isFinal(this.run)) this.ctx.say(this.headline(this.run) || t.dry.failed);
    } catch (error) {
      if (!this.abort.signal.aborted) this.error = error;
    }
  }

  private headline(run: Run): string {
    const t = texts[this.ctx.language].dry;
    if (run.state !== 'done' && run.state !== 'incomplete') return '';
    const planned = run.counts.planned ?? 0;
    return planned > 0 ? t.go(planned, this.ctx.locale) : t.nothing;
  }

  override render(): TemplateResult {
    const t = texts[this.ctx.language];
    const { run } = this;
    const ended = run !== null && isFinal(run);
    const counted = ended && this.headline(run) !== '';
    return html`<dialog class="dialog" aria-labelledby="dry" @close=${() => this.dispatchEvent(new CustomEvent('closed'))}>
      <div class="dialog-head">
        <span class="sign calm" aria-hidden="true">${icon('chart')}</span>
        <div>
          <h2 id="dry">${t.dry.title}</h2>
          <p>${t.dry.lead}</p>
        </div>
      </div>
      <div class="dialog-body">
        ${this.error
          ? failure(this.ctx, this.error, () => void this.count())
          : !ended
            ? html`<p class="counting" role="status"><span class="spin" aria-hidden="true"></span>${t.dry.counting} ${run?.progress && run.progress.total > 0 ? t.of(this.ctx.locale.number(run.progress.done), this.ctx.locale.number(run.progress.total)) : nothing}</p><p class="hint">${t.dry.canLeave}</p>`
            : counted
              ? this.counts(run)
              : html`<div class="note bad" role="alert">${icon('excl')}<div><h3>${t.dry.failed}</h3><p>${run.message}</p></div></div>`}
      </div>
      <div class="dialog-foot">
        <button class="btn" type="button" @click=${() => this.dialog.close()}>${t.close}</button>
        ${counted && (run.counts.unsendable ?? 0) > 0
          ? html`<button class="btn" type="button" @click=${() => this.tell('list')}>${t.dry.list}</button>`
          : nothing}
        ${counted && (run.counts.planned ?? 0) > 0
          ? html`<button class="btn primary" type="button" aria-disabled=${this.hindrance ? 'true' : nothing} aria-describedby=${this.hindrance ? 'stop' : nothing} @click=${() => (this.hindrance ? nothing : this.tell('start'))}>${icon('play')}${t.dry.send}</button>`
          : nothing}
        ${this.hindrance && counted ? html`<p class="hint" id="stop">${this.hindrance}</p>` : nothing}
      </div>
    </dialog>`;
  }

  private counts(run: Run): TemplateResult {
    const t = texts[this.ctx.language];
    const { locale, language } = this.ctx;
    const table = (caption: string, head: string, rows: [string, number][]) =>
      rows.length === 0
        ? nothing
        : html`<table class="small-table">
            <caption>${caption}</caption>
            <thead><tr><th scope="col">${head}</th><th scope="col" class="r">${t.dry.records}</th></tr></thead>
            <tbody>${rows.map(([name, n]) => html`<tr><td>${name}</td><td class="r num">${locale.number(n)}</td></tr>`)}</tbody>
          </table>`;
    const fact = (name: string, n: number) => html`<dt>${name}</dt><dd class="num">${locale.number(n)}</dd>`;
    return html`<p class="headline">${this.headline(run)}</p>
      <dl class="facts">
        ${fact(t.dry.known, run.counts.known ?? 0)}${fact(t.dry.notFinal, run.counts.notFinal ?? 0)}${fact(t.dry.cannot, run.counts.unsendable ?? 0)}
      </dl>
      ${table(t.dry.byKind, t.dry.kind, countsUnder(run.counts, 'planned.').map(([kind, n]) => [kindName(language, kind), n]))}
      ${table(t.dry.byReason, t.dry.reason, countsUnder(run.counts, 'unsendable.').map(([code, n]) => [codeName(language, code), n]))}`;
  }

  private tell(name: string): void {
    this.dialog.close();
    this.dispatchEvent(new CustomEvent(name));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-dry-run-dialog': DryRunDialog;
  }
}
