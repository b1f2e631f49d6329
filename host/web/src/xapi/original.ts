import { copy, save } from '@kit/clipboard';
import { icon } from '@kit/icons';
import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { may, type ShellContext } from '../context';
import { ShellPart, refused } from '../view';
import { examplePath, spread, type StatementRow } from './intake';
import { xapiTexts } from './texts';
import css from './xapi.css?inline';

/** Who may not is told so once, by the page that this stands in. */
export function mayReadOriginals({ session }: ShellContext, organization: string): boolean {
  return session.serverAdmin || may(session, organization, 'methodist');
}

/** A statement as it came, read when a person opens it: it holds what a learner said, so methodists alone see it. */
@customElement('lms-xapi-original')
export class XapiOriginal extends ShellPart {
  static override styles = [...ShellPart.styles, unsafeCSS(css)];
  @property({ attribute: false }) organization = '';
  /** REST of the source. */
  @property({ attribute: false }) source = '';
  /** Which: by id, or the latest of a verb and type that no rule fits. */
  @property({ attribute: false }) statement: string | { verb: string; activityType: string } = '';
  @property({ attribute: false }) label = '';
  @state() private shown: { id: string; text: string } | null = null;
  @state() private problem: unknown = null;
  @state() private told = '';
  @state() private gone = false;
  private open = false;
  private asked = '';

  private get words() {
    return xapiTexts[this.ctx.language];
  }
  private get mayRead(): boolean {
    return mayReadOriginals(this.ctx, this.organization);
  }

  private get key(): string {
    const { source, statement } = this;
    return [source, ...(typeof statement === 'string' ? [statement] : [statement.verb, statement.activityType])].join(' ');
  }

  protected override willUpdate(changed: PropertyValues): void {
    // Of another statement it says nothing.
    if ((changed.has('statement') || changed.has('source')) && this.asked && this.asked !== this.key) {
      this.shown = this.problem = null;
      this.asked = this.told = '';
      if (this.open) void this.read();
    }
  }

  override render(): TemplateResult {
    const { words, shown } = this;
    if (!this.mayRead) return html``;
    return html`<details class="more" @toggle=${(event: Event) => this.toggled(event)}>
      <summary>${icon('chev', 's')}${this.label}</summary>
      ${this.problem ? refused(this.ctx, this.problem) : nothing}
      ${shown
        ? html`<pre class="raw" tabindex="0">${spread(shown.text)}</pre>
            <div class="btns">
              <button class="btn small" type="button" @click=${() => void this.copy(shown.text)}>${icon('copy', 's')}${words.copy}</button>
              <button class="btn small" type="button" @click=${() => save(new Blob([shown.text], { type: 'application/json' }), `${shown.id}.json`)}>${icon('down', 's')}${words.originalSave}</button>
            </div>
            ${this.told ? html`<p class="small ok-text">${this.told}</p>` : nothing}`
        : this.problem
          ? nothing
          : this.gone
            ? html`<p class="small muted">${words.exampleGone}</p>`
            : html`<p class="small muted">${this.ctx.kit.loading}</p>`}
    </details>`;
  }

  private toggled(event: Event): void {
    this.open = (event.target as HTMLDetailsElement).open;
    if (this.open) void this.read();
  }

  private async read(): Promise<void> {
    const { key, source, statement } = this;
    if (this.asked === key) return;
    this.asked = key;
    this.problem = null;
    this.gone = false;
    try {
      const { api } = this.ctx;
      const id = typeof statement === 'string' ? statement : (await api.get<{ items: StatementRow[] }>(examplePath(source, statement))).data.items[0]?.statementId;
      const text = id ? await (await api.download(`${source}/statements/${encodeURIComponent(id)}`)).blob.text() : '';
      if (this.asked !== key) return;
      if (id) this.shown = { id, text };
      else this.gone = true;
    } catch (error) {
      if (this.asked !== key) return;
      this.problem = error;
      // Opened again, it is asked for again.
      this.asked = '';
    }
  }

  private async copy(text: string): Promise<void> {
    this.told = (await copy(text)) === 'copied' ? this.ctx.kit.copied : this.ctx.kit.copyByHand;
    this.ctx.say(this.told);
  }
}
