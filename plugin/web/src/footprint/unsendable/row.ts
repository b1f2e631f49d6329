import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyle, Part } from '@kit/element';
import { kindName, thingName, thingTitle, wayPath } from '../lists/codes';
import { listStyle, to } from '../lists/list-part';
import { flowOf, whatOf, whoOf } from '../lists/row-names';
import { texts as listTexts } from '../lists/texts';
import type { LearnerGroup } from './reasons';
import { texts } from './texts';
import type { Unsendable } from './types';

const layout = css`
  :host { height: 100%; }
  .line { grid-template-columns: minmax(0, 1fr) minmax(0, 1.1fr) minmax(0, 1.6fr); }
  .line.pickable { grid-template-columns: 26px minmax(0, 1fr) minmax(0, 1.1fr) minmax(0, 1.6fr); }
  .line.learner { grid-template-columns: minmax(0, 1.3fr) minmax(0, 1fr) 10rem; }
  .line.learner > :last-child { text-align: right; }
  @container page (max-width: 660px) {
    .line.learner > :last-child { text-align: left; }
    .line, .line.learner { grid-template-columns: minmax(0, 1fr); align-content: center; }
    .line.pickable { grid-template-columns: 26px minmax(0, 1fr); align-content: center; }
    .line.pickable > :not(.tick) { grid-column: 2; }
    .line.pickable .tick { grid-row: 1 / span 3; }
  }
`;

@customElement('u2035-unsendable-row')
export class UnsendableRow extends Part {
  static override styles = [baseStyle, listStyle, layout];

  @property({ attribute: false }) one!: Unsendable;
  /** null: nothing is chosen in this list. */
  @property({ attribute: false }) chosen: boolean | null = null;
  /** It can't be decided on, and says so. */
  @property({ attribute: false }) fixed = false;

  override render(): TemplateResult {
    const { ctx, one } = this;
    const words = texts[ctx.language];
    const record = words.recordOf(thingTitle(ctx.language, one.record.kind), one.record.id);
    const way = wayPath(one.record);
    const pick = (event: Event) =>
      this.dispatchEvent(new CustomEvent('pick', { detail: { id: one.id, on: (event.target as HTMLInputElement).checked }, bubbles: true, composed: true }));
    return html`<div class=${this.chosen === null ? 'line' : 'line pickable'}>
      ${this.chosen === null
        ? nothing
        : html`<span class="tick"><input type="checkbox" .checked=${this.chosen} ?disabled=${this.fixed} title=${this.fixed ? words.onlyLrs : nothing} aria-label=${words.choose(record)} @change=${pick} /></span>`}
      <div><span class="clip strong">${whoOf(ctx, one, words.noLearner)}</span><small>${flowOf(ctx, one)} · ${words.origins[one.origin]}</small></div>
      <div>
        <span class="clip">${way ? to(ctx, way, record, `${listTexts[ctx.language].openWay}: ${thingName(ctx.language, one.record.kind)} ${one.record.id}`) : record}</span>
        <small>${[kindName(ctx.language, one.kind), whatOf(one)].filter(Boolean).join(' · ')}</small>
      </div>
      <div><span class="clip2 muted" title=${one.reason}>${one.reason}</span></div>
    </div>`;
  }
}

@customElement('u2035-waiting-learner')
export class WaitingLearner extends Part {
  static override styles = [baseStyle, listStyle, layout];

  @property({ attribute: false }) one!: LearnerGroup;

  override render(): TemplateResult {
    const { ctx, one } = this;
    const words = texts[ctx.language];
    return html`<div class="line learner">
      <div>
        <span class="clip">${to(ctx, `readiness/${one.flow}/${one.learner}`, whoOf(ctx, one, words.noLearner))}</span>
        <small>id ${one.learnerExternalId || one.learner}</small>
      </div>
      <div class="muted clip">${flowOf(ctx, one)}</div>
      <div class="num muted">${words.waitsRecords(ctx.locale, one.records)}</div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-unsendable-row': UnsendableRow;
    'u2035-waiting-learner': WaitingLearner;
  }
}
