/** Receipts of the nights, and whether their chain is intact. */

import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiError, organizationPath, type Page } from '@kit/api';
import { Part, baseStyle, failure, loading } from '@kit/element';
import { icon } from '@kit/icons';
import { namesOf, type FlowRecord } from '../lists/names';
import type { Receipt, Verification } from './model';
import statementsCss from './statements.css?inline';
import { texts } from './texts';

@customElement('u2035-receipts')
export class Receipts extends Part {
  static override styles = [baseStyle, unsafeCSS(statementsCss)];

  @property() run = '';
  @state() private items: Receipt[] | null = null;
  @state() private next: string | null = null;
  @state() private flows = new Map<string, FlowRecord>();
  @state() private error: unknown = null;
  @state() private chain: Verification | null = null;
  @state() private chainError: unknown = null;
  @state() private verifying = false;

  private get base(): string {
    return `${organizationPath(this.ctx.organization)}/u2035/receipts`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void namesOf(this.ctx)
      .flows()
      .then((flows) => (this.flows = flows));
    void this.verify();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('run')) return;
    this.items = null;
    void this.read(null);
  }

  private async read(cursor: string | null): Promise<void> {
    this.error = null;
    try {
      const { data } = await this.ctx.api.get<Page<Receipt>>(this.base, { query: { run: this.run, limit: 100, cursor } });
      this.items = cursor === null ? data.items : [...(this.items ?? []), ...data.items];
      this.next = data.next;
    } catch (error) {
      this.error = error;
    }
  }

  private readonly verify = async (): Promise<void> => {
    this.verifying = true;
    this.chainError = null;
    try {
      this.chain = (await this.ctx.api.get<Verification>(`${this.base}/verify`)).data;
    } catch (error) {
      this.chainError = error;
    }
    this.verifying = false;
  };

  override render(): TemplateResult {
    const t = texts[this.ctx.language];
    return html`<nav class="crumbs">
        <a href="#" @click=${(event: Event) => this.open(event, 'statements')}>${icon('left', 's')} ${t.back}</a>
      </nav>
      <header class="page-head">
        <div class="head-main">
          <h1>${t.receiptsTitle}</h1>
          <p class="lead">${t.receiptsLead}</p>
        </div>
      </header>
      ${this.verdict()}
      ${this.run
        ? html`<p class="state-words hint">${t.receiptsOfRun(this.run)}. <a href="#" @click=${(event: Event) => this.open(event, 'statements/receipts')}>${t.allReceipts}</a></p>`
        : nothing}
      ${this.error ? html`<h2 class="sr">${t.receiptsTitle}</h2>${failure(this.ctx, this.error, () => void this.read(null))}` : this.items ? this.table(this.items) : loading(this.ctx)}`;
  }

  private verdict(): TemplateResult {
    const t = texts[this.ctx.language];
    const { chain } = this;
    if (this.chainError instanceof ApiError && this.chainError.status === 403) return html`<p class="verify hint">${icon('lock')}${t.verifyWhy}</p>`;
    if (this.chainError) return html`<h2 class="sr">${t.verify}</h2>${failure(this.ctx, this.chainError, this.verify)}`;
    if (!chain) return html`<p class="verify" role="status"><span class="spin" aria-hidden="true"></span>${t.verifying}</p>`;
    if (chain.broken)
      return html`<div class="note bad" role="alert">
        ${icon('excl')}
        <div>
          <h2>${t.brokenTitle(chain.broken.number)}</h2>
          <p>${chain.broken.reason}</p>
          <p>${t.brokenFix}</p>
        </div>
      </div>`;
    return html`<div class="verify" role="status">
      <span class="badge ok">${icon('okc')}${t.intact(chain.receipts, this.ctx.locale)}</span>
      ${chain.receipts > 0 ? html`<span class="caption hash">${t.lastHash}: <code>${chain.hash}</code></span>` : nothing}
      <button class="btn small" type="button" aria-busy=${this.verifying ? 'true' : nothing} @click=${this.verify}>${t.verify}</button>
    </div>`;
  }

  private table(items: Receipt[]): TemplateResult {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    if (items.length === 0)
      return html`<section class="panel"><div class="empty">${icon('ready')}<h2>${t.noReceipts}</h2><p>${t.noReceiptsFix}</p></div></section>`;
    const figure = (label: string, n: number) => html`<td class="r num" data-label=${label}>${locale.number(n)}</td>`;
    return html`<section class="panel" aria-label=${t.receiptsTitle}>
      <div class="table-wrap">
        <table class="receipts">
          <thead>
            <tr>
              <th scope="col">${t.night}</th><th scope="col">${t.flowHead}</th><th scope="col" class="r">${t.sent}</th><th scope="col" class="r">${t.confirmed}</th>
              <th scope="col" class="r">${t.refused}</th><th scope="col" class="r">${t.waitingHead}</th><th scope="col">${t.reading}</th>
            </tr>
          </thead>
          <tbody>
            ${items.map(({ id, hash, receipt }) => {
              const flow = receipt.flow === null ? t.whole : this.flows.get(receipt.flow)?.title || t.flowId(receipt.flow);
              const { read } = receipt;
              return html`<tr>
                <td class="wide"><b>${locale.moment(receipt.at)}</b><small title=${hash}>${t.number} ${receipt.number}</small></td>
                <td class="wide" data-key=${id}>${flow}<small>${receipt.project}</small></td>
                ${figure(t.sent, receipt.sent)} ${figure(t.confirmed, receipt.confirmed)} ${figure(t.refused, receipt.refused)}
                ${figure(t.waitingHead, receipt.waiting + receipt.inDoubt)}
                <td class="wide">${t.readings[read.mode] ?? read.mode}<small>${read.asked > 0 ? t.readOf(locale.number(read.asked), locale.number(read.of)) : read.note}</small></td>
              </tr>`;
            })}
          </tbody>
        </table>
      </div>
      ${this.next
        ? html`<div class="table-foot"><span></span><button class="btn small" type="button" @click=${() => void this.read(this.next)}>${this.ctx.kit.more}</button></div>`
        : nothing}
    </section>`;
  }

  private open(event: Event, path: string): void {
    event.preventDefault();
    this.ctx.go(path);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-receipts': Receipts;
  }
}
