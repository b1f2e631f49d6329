/** «Пересчитать сейчас»: a run that judges the learners anew and sends nothing. Event `judged` when it has ended well. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { newKey, organizationPath } from '@kit/api';
import { baseStyle, wordsOf, Part } from '@kit/element';
import { icon } from '@kit/icons';
import { may, roleOf, type Role } from './role';
import { texts as listTexts } from './texts';
import { texts } from '../readiness/texts';

interface Run {
  id: string;
  state: string;
  message: string;
}
const isFinal = (run: Run) => !['queued', 'running'].includes(run.state);

@customElement('u2035-judge-again')
export class JudgeAgain extends Part {
  static override styles = [baseStyle, css`:host { display: inline-grid; gap: var(--u-1); container: none; } .btn { width: 100%; } p { max-width: 34ch; }`];

  @property() flow = '';
  @property({ type: Boolean }) primary = false;
  @state() private busy = false;
  @state() private why = '';
  @state() private asker: Role | null = null;
  private abort = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.abort = new AbortController();
    void roleOf(this.ctx).then((role) => (this.asker = role));
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.abort.abort();
  }

  private async press(): Promise<void> {
    if (this.busy || !may(this.asker, 'organization-admin')) return;
    const { ctx, abort } = this;
    const words = texts[ctx.language];
    this.busy = true;
    this.why = '';
    try {
      const runs = `${organizationPath(ctx.organization)}/u2035/runs`;
      const body = { only: 'readiness', ...(this.flow ? { flow: Number(this.flow) } : {}) };
      const started = await ctx.api.post<Run>(runs, body, { idempotencyKey: newKey(), signal: abort.signal });
      let last: Run = started.data;
      if (!isFinal(last))
        await ctx.api.follow<Run>(`${runs}/${last.id}`, { state: (run) => (last = run), isFinal, signal: abort.signal });
      if (abort.signal.aborted) return;
      if (last.state === 'done') {
        ctx.say(words.againDone);
        this.dispatchEvent(new CustomEvent('judged'));
      } else {
        this.why = last.message || words.againFix;
      }
    } catch (error) {
      if (abort.signal.aborted) return;
      const told = wordsOf(ctx.kit, error);
      this.why = told.detail || told.fix;
    }
    this.busy = false;
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const barred = !may(this.asker, 'organization-admin');
    return html`<button
        class=${this.primary ? 'btn primary' : 'btn'}
        type="button"
        aria-disabled=${barred ? 'true' : 'false'}
        aria-busy=${this.busy ? 'true' : 'false'}
        aria-describedby="note"
        @click=${this.press}
      >
        ${this.busy ? html`<span class="spin" aria-hidden="true"></span>${words.againBusy}` : html`${icon('refresh')}${words.again}`}
      </button>
      <p class=${barred || this.primary ? 'caption' : 'sr'} id="note">${barred ? listTexts[this.ctx.language].needs['organization-admin'] : words.againNote}</p>
      ${this.why ? html`<p class="small bad-text" role="alert">${words.againFailed}. ${this.why}</p>` : nothing}`;
  }
}
