import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ShellPart, refused } from '../view';
import { alarmTexts } from './texts';

interface Outcome {
  channel: 'mail' | 'webhook';
  address: string;
  outcome: string;
  problem: string;
  fix: string;
}

/** Sends a test message to those who are told, and says what became of each. */
@customElement('lms-alarm-test')
export class AlarmTest extends ShellPart {
  @property() resource = '';
  @state() private outcomes: Outcome[] | null = null;
  @state() private problem: unknown = null;
  @state() private busy = false;

  override render(): TemplateResult {
    const words = alarmTexts[this.ctx.language];
    return html`<div class="stack-s">
      <div class="btns">
        <button class="btn" type="button" aria-busy=${this.busy ? 'true' : nothing} aria-describedby="what" @click=${() => void this.test()}>
          ${this.busy ? html`<span class="spin" aria-hidden="true"></span>${words.testing}` : html`${icon('mail')}${words.test}`}
        </button>
        <span class="small faint grow" id="what">${words.testHint}</span>
      </div>
      ${this.problem ? refused(this.ctx, this.problem) : nothing}
      ${this.outcomes
        ? html`<ul class="stack-s">
            ${this.outcomes.map(
              (one) =>
                html`<li>
                  <span class="badge ${one.outcome === 'sent' ? 'ok' : one.outcome === 'failed' ? 'bad' : 'warn'}">${icon(one.outcome === 'sent' ? 'okc' : 'excl')}${words.outcomes[one.outcome] ?? one.outcome}</span>
                  ${one.channel === 'webhook' ? words.webhook : one.address}${one.problem ? html`<br /><span class="small muted">${one.problem}. ${one.fix}</span>` : nothing}
                </li>`,
            )}
          </ul>`
        : nothing}
    </div>`;
  }

  private async test(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = this.outcomes = null;
    try {
      this.outcomes = (await this.ctx.api.post<{ items: Outcome[] }>(this.resource, {})).data.items;
      this.ctx.say(alarmTexts[this.ctx.language].testDone);
    } catch (error) {
      this.problem = error;
    }
    this.busy = false;
  }
}
