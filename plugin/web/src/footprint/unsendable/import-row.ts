import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { until } from 'lit/directives/until.js';
import { baseStyle, Part } from '@kit/element';
import { icon } from '@kit/icons';
import { listStyle } from '../lists/list-part';
import { learnerName } from '../lists/names';
import { toneOf } from './matching';
import { texts } from './texts';
import type { ImportRow } from './types';

@customElement('u2035-import-row')
export class ImportRowView extends Part {
  static override styles = [
    baseStyle,
    listStyle,
    css`
      :host { height: 100%; }
      .line { grid-template-columns: 5rem minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1.6fr); }
      .badge { font-size: var(--u-fs-xs); white-space: normal; line-height: 1.2; }
      .pick { min-height: 26px; gap: var(--u-2); }
      @container page (max-width: 660px) {
        .line { grid-template-columns: minmax(0, 1fr) auto; align-content: center; }
        .line > :nth-child(1) { display: none; }
        .line > :nth-child(4) { grid-column: 1 / -1; }
      }
    `,
  ];

  @property({ attribute: false }) one!: ImportRow;
  @property({ attribute: false }) chosen = false;
  @property({ attribute: false }) fixed = false;

  override render(): TemplateResult {
    const { ctx, one } = this;
    const words = texts[ctx.language];
    const tone = toneOf(one.state);
    // Two of the server's words are for programs: here a person has a box to tick.
    const fix = one.state === 'conflicting' ? '' : one.code === 'other-status' ? words.fixOtherStatus : one.fix;
    const pick = (event: Event) =>
      this.dispatchEvent(new CustomEvent('overwrite', { detail: { row: one.row, on: (event.target as HTMLInputElement).checked }, bubbles: true, composed: true }));
    return html`<div class="line">
      <div class="faint num">${words.rowNumber(one.row)}</div>
      <div><span class="clip strong">${Object.values(one.cells).join(' ')}</span><small>unti_id ${one.untiId || '—'}${one.status ? html` · ${one.status}` : nothing}</small></div>
      <div>
        ${one.learner ? html`<span class="clip">${until(learnerName(ctx, one.learner, one.learnerExternalId), one.learnerExternalId)}</span>` : html`<span class="muted">—</span>`}
        <span class="badge ${tone}">${icon(tone === 'ok' ? 'check' : tone === 'warn' ? 'alert' : 'clock')}${words.standing[one.state]}</span>
      </div>
      <div>
        ${one.state === 'conflicting'
          ? html`<label class="pick"><input type="checkbox" .checked=${this.chosen} ?disabled=${this.fixed} @change=${pick} />${words.overwrite(one.previous)}</label>`
          : nothing}
        ${one.reason ? html`<span class="clip2 muted" title=${`${one.reason} ${fix}`}>${one.reason} ${fix}</span>` : one.state === 'matched' ? html`<span class="muted">${words.allIsWell}</span>` : nothing}
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-import-row': ImportRowView;
  }
}
