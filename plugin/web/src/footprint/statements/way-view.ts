/** Draws a record's way. A statement's JSON is asked for when its disclosure is opened. */

import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { organizationPath } from '@kit/api';
import { Part, wordsOf, type PageContext } from '@kit/element';
import { icon } from '@kit/icons';
import type { StatementDetail } from './model';
import { texts } from './texts';
import type { WayNode } from './way';

@customElement('u2035-way')
export class WayView extends Part {
  @property({ attribute: false }) nodes: WayNode[] = [];
  /** Marks what is behind the last refusal as open, where a person looks for it. */
  @property({ type: Boolean }) answerOpen = false;
  @state() private json: Record<string, string> = {};

  override render(): TemplateResult {
    const lastFailed = this.nodes.map((one) => one.state).lastIndexOf('fail');
    return html`<ol class="trail">
      ${this.nodes.map((one, i) => this.node(one, this.answerOpen && i === lastFailed))}
    </ol>`;
  }

  private node(one: WayNode, open: boolean): TemplateResult {
    const t = texts[this.ctx.language];
    const spoken = { done: t.done, fail: t.failed, run: t.running, wait: t.waiting, skip: t.skipped }[one.state];
    const dot = { done: icon('check'), fail: icon('x'), run: html`<span class="spin"></span>`, wait: nothing, skip: icon('minus') }[one.state];
    return html`<li data-state=${one.state}>
      <span class="dot" aria-hidden="true">${dot}</span>
      <span class="trail-name">${one.name}<span class="sr">: ${spoken}</span></span>
      <span class="trail-time">${one.time ? whenOf(this.ctx, one.time) : nothing}</span>
      <div class="trail-note">
        ${(one.code && one.notes.length === 0 ? [''] : one.notes).map(
          (note, i) => html`<p>${one.code && i === 0 ? html`<span class="chip ${one.code < 400 ? '' : 'bad'}"><b>${one.code}</b></span> ` : nothing}${note}</p>`,
        )}
      </div>
      ${one.more ? html`<div class="trail-extra">${this.more(one.more, open)}</div>` : nothing}
    </li>`;
  }

  private more(more: NonNullable<WayNode['more']>, open: boolean): TemplateResult {
    const text = 'text' in more ? more.text : (this.json[more.statement] ?? this.ctx.kit.loading);
    return html`<details class="more" ?open=${open} @toggle=${(event: Event) => this.opened(event, more)}>
      <summary>${icon('chev', 's')}${more.label}</summary>
      <pre class="raw" tabindex="0">${text}</pre>
    </details>`;
  }

  private async opened(event: Event, more: NonNullable<WayNode['more']>): Promise<void> {
    if (!('statement' in more) || !(event.target as HTMLDetailsElement).open || this.json[more.statement]) return;
    let text: string;
    try {
      const { data } = await this.ctx.api.get<StatementDetail>(`${organizationPath(this.ctx.organization)}/u2035/statements/${more.statement}`);
      text = JSON.stringify(data.statement, null, 2);
    } catch (error) {
      const words = wordsOf(this.ctx.kit, error);
      text = `${words.title}. ${words.detail || words.fix}`;
    }
    this.json = { ...this.json, [more.statement]: text };
  }
}

/** The time alone when it is of today, else with its day. */
function whenOf(ctx: PageContext, time: string): string {
  const { locale } = ctx;
  return isToday(ctx, time) ? locale.exactTime(time) : locale.moment(time);
}

/** For a list's narrow column: the day above the time. */
export function whenIn(ctx: PageContext, time: string): TemplateResult {
  const { locale } = ctx;
  return isToday(ctx, time) ? html`${locale.time(time)}` : html`${locale.day(time)}<small>${locale.time(time)}</small>`;
}

function isToday({ locale }: PageContext, time: string): boolean {
  return locale.dateKey(time) === locale.dateKey(new Date());
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-way': WayView;
  }
}
